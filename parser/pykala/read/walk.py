"""Element tree → drafts: one pass, block by block, without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from msgspec.structs import replace

from pykala.errors import TooLarge
from pykala.model import BlockKind, Origin
from pykala.read import furniture, grids, inline, text
from pykala.read.draft import Draft
from pykala.read.inline import BREAK, Run, Setting
from pykala.read.markup import Element, names_of, text_of
from pykala.settings import Limits

_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "title", "tr", "ul",
))  # fmt: skip
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_HEADS: Final = frozenset(("dt", "button", "summary"))
_BOLD_TAGS: Final = frozenset(("b", "strong"))
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_LIGHT: Final = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)")
_RULE: Final = re.compile(r"[\s\-–—_=*|.·]*\Z")


class _State(NamedTuple):
    """What an element passes on to what it holds."""

    setting: Setting
    bold: bool = False
    names: tuple[str, ...] = ()
    link: bool = False


@dataclass(slots=True)
class _Frame:
    node: Element
    children: Iterator[Element]
    before: _State
    path: str
    counts: dict[str, int] = field(default_factory=dict)

    def path_of(self, child: Element) -> str:
        count = self.counts[child.tag] = self.counts.get(child.tag, 0) + 1
        return f"{self.path}/{child.tag}[{count}]"


@dataclass(slots=True)
class _Flow:
    """Inline text gathered until a block begins or ends."""

    everything: bool = False
    runs: list[Run] = field(default_factory=list)
    state: _State = field(default_factory=lambda: _State(Setting()))
    item: bool = False  # the next draft opens a list item
    plan: grids.Plan = field(default_factory=grids.Plan)

    def add(self, words: str | None) -> None:
        if words and (self.runs or not words.isspace()):
            self.runs.append(Run(words, self.state.bold, self.state.names, self.state.link))

    def flush(self) -> Iterator[Draft]:
        runs, self.runs = self.runs, []
        if not runs:
            return
        setting = self.state.setting
        if self.item and setting.kind is BlockKind.PARAGRAPH:
            setting = setting._replace(kind=BlockKind.LIST_ITEM)
        for draft in inline.drafts_of(runs, setting):
            if not _RULE.match(draft.text) and (self.everything or not furniture.is_steering_line(draft.text)):
                self.item = False
                yield draft

    def breaks(self) -> Iterator[Draft]:
        """One ``<br>`` breaks the line, two end the paragraph."""
        if self.runs and self.runs[-1].text.endswith(BREAK):
            yield from self.flush()
        elif self.runs:
            self.add(BREAK)


def drafts(root: Element, limits: Limits, *, everything: bool = False) -> Iterator[Draft]:
    """The drafts of a tree in reading order.

    Args:
        root: where to start.
        limits: how deep to go.
        everything: read what looks like navigation, too.

    Raises:
        TooLarge: the elements nest deeper than the limits allow.
    """
    flow = _Flow(everything)
    stack = [_Frame(root, iter((root,)), flow.state, _path_above(root))]
    while stack:
        frame = stack[-1]
        node = next(frame.children, None)
        if node is None:
            stack.pop()
            if stack and frame.node.tag in _BLOCKS:
                yield from flow.flush()
            flow.state = frame.before
            if stack and frame.node is not root:
                flow.add(frame.node.tail)
        elif len(stack) > limits.depth:
            raise TooLarge(f"its elements nest deeper than {limits.depth:,} levels (depth)")
        else:
            yield from _enter(node, frame, stack, flow)
    yield from flow.flush()


def _enter(node: Element, frame: _Frame, stack: list[_Frame], flow: _Flow) -> Iterator[Draft]:
    path = frame.path_of(node)
    names = names_of(node)
    if not _is_wanted(node, names, flow):
        if node.tag in _BLOCKS:
            yield from flow.flush()
        flow.add(node.tail)
        return
    before = flow.state
    if node.tag == "br":
        yield from flow.breaks()
        flow.add(node.tail)
        return
    if node.tag in _BLOCKS:
        yield from flow.flush()
        flow.state = _block_state(node, names, path, before)
        flow.item = node.tag == "li" or (flow.item and node.tag not in ("table", "tr"))
    else:
        flow.state = _inline_state(node, names, before)
    if node.tag == "table":
        flow.plan.lay(node)
    found = flow.plan.tables.get(node)
    if found is not None:
        yield from _caption(node, flow, path)
        table = grids.draft_of(found, flow.state.setting.marks, path)
        if flow.everything or not furniture.is_steering_line(table.text):
            yield table
    elif node.tag == "pre":
        yield from _preformatted(node, flow.state.setting.marks, path)
    elif node not in flow.plan.done:
        if node in flow.plan.labels:
            flow.state = flow.state._replace(setting=flow.state.setting._replace(kind=BlockKind.HEADING))
        flow.add(node.text)
        stack.append(_Frame(node, node.iterchildren(), before, path))
        return
    flow.state = before
    flow.add(node.tail)


def _caption(table: Element, flow: _Flow, path: str) -> Iterator[Draft]:
    """What a table of data is called, which may be the only place that names its unit."""
    caption = table.find("caption")
    if caption is not None:
        setting = Setting(BlockKind.PARAGRAPH, 0, flow.state.setting.marks, f"{path}/caption[1]")
        yield from inline.drafts_of([Run(text_of(caption))], setting)


def _is_wanted(node: Element, names: tuple[str, ...], flow: _Flow) -> bool:
    if node.tag in furniture.skipped_tags() and not (flow.everything and node.tag == "nav"):
        return False
    if flow.everything:
        return True
    if node.tag == "button" and not _toggles(node):
        return False
    if names and furniture.is_skipped(names) and not furniture.holds_document(node):
        return False
    return not (node.tag == "a" and furniture.is_steering_link(text_of(node)))


def _toggles(button: Element) -> bool:
    """Whether the button is the heading of a part that folds: inside a heading, around one, or said to unfold."""
    parent = button.getparent()
    if button.get("aria-expanded") is not None or (parent is not None and parent.tag in _HEADINGS):
        return True
    return any(child.tag in _HEADINGS for child in button.iterchildren())


def _block_state(node: Element, names: tuple[str, ...], path: str, outer: _State) -> _State:
    setting = outer.setting
    kind, level = setting.kind, setting.level
    if kind is BlockKind.PAGE_FURNITURE:
        pass
    elif node.tag in _HEADINGS:
        kind, level = BlockKind.HEADING, _HEADINGS[node.tag]
    elif node.tag in _HEADS and kind is BlockKind.PARAGRAPH:
        kind, level = BlockKind.HEADING, 0
    elif furniture.is_furniture(node.tag, names) and not furniture.holds_document(node):
        kind, level = BlockKind.PAGE_FURNITURE, 0
    bold = _is_bold(node, outer) or node.tag == "th"
    return _State(Setting(kind, level, names + setting.marks, path), bold, (), outer.link)


def _inline_state(node: Element, names: tuple[str, ...], outer: _State) -> _State:
    bold = node.tag in _BOLD_TAGS or _is_bold(node, outer)
    return _State(outer.setting, bold, names or outer.names, outer.link or node.tag == "a")


def _is_bold(node: Element, outer: _State) -> bool:
    style = node.get("style") if node.attrib else None
    if not style or "font-weight" not in style:
        return outer.bold
    return bool(_BOLD.search(style)) or (outer.bold and not _LIGHT.search(style))


def _preformatted(node: Element, marks: tuple[str, ...], path: str) -> Iterator[Draft]:
    for draft in text.plain_drafts("".join(str(piece) for piece in node.itertext())):
        yield replace(draft, marks=marks, origin=Origin(path=path))


def _path_above(root: Element) -> str:
    parent = root.getparent()
    return "" if parent is None else str(root.getroottree().getpath(parent))
