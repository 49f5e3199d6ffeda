"""Inline runs of one paragraph → drafts: labels, bold headings and line breaks set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pykala.model import BlockKind, Origin
from pykala.read import shape, typeset
from pykala.read.draft import Draft

BREAK: Final = "\v"  # stands for <br> until the lines are set

_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_SEPARATORS: Final = re.compile(r"[\s|/»›>·•,\-–]*\Z")
_GAP_INSIDE: Final = re.compile(r"\s*([^\s:]+(?: [^\s:]+){0,3}:?)\s{2,}(?=\S)")


class Run(NamedTuple):
    """A stretch of text in one style.

    Attributes:
        names: classes of the inline element that holds it.
        link: it is the text of a link.
    """

    text: str
    bold: bool = False
    names: tuple[str, ...] = ()
    link: bool = False


class Setting(NamedTuple):
    """Where a paragraph stands: what its drafts inherit."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marks: tuple[str, ...] = ()
    path: str = ""


def drafts_of(runs: Sequence[Run], setting: Setting) -> Iterator[Draft]:
    """The drafts that one block of markup makes: mostly one, more where labels stand in it."""
    if len(runs) == 1 and _is_plain(runs[0]):
        text = typeset.line(typeset.characters(spaced(runs[0].text)))
        if text:
            yield _listed(text, setting) if setting.kind is BlockKind.PARAGRAPH else _draft(text, setting)
        return
    if all(run.text.isspace() for run in runs) or _only_steers(runs):
        return
    lines = _lines(runs)
    if setting.kind is not BlockKind.PARAGRAPH:
        text = typeset.lines("\n".join(_text(line) for line in lines))
        if text:
            yield _draft(text, setting)
        return
    yield from _paragraphs(lines, setting)


def _is_plain(run: Run) -> bool:
    return not (run.bold or run.names or BREAK in run.text or "\u00a0\u00a0" in run.text)


def spaced(text: str) -> str:
    """Text with the white space of the markup taken for what it is: one space."""
    if text.isprintable() and "  " not in text:
        return text
    return _SPACES.sub(" ", text)


def _only_steers(runs: Sequence[Run]) -> bool:
    """A row of links with nothing but separators between them leads elsewhere."""
    links = sum(1 for run in runs if run.link and not run.text.isspace())
    others = "".join(run.text for run in runs if not run.link)
    return links >= 2 and bool(others.strip()) and _SEPARATORS.match(others) is not None


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        pieces = run.text.split(BREAK) if BREAK in run.text else [run.text]
        for index, piece in enumerate(pieces):
            if index:
                lines.append([])
            if piece:
                lines[-1].append(Run(spaced(piece), run.bold, run.names, run.link))
    return [line for line in lines if any(run.text.strip() for run in line)]


def _text(line: Sequence[Run]) -> str:
    """The text of a line; a gap that only the style sheet draws becomes a space."""
    text = ""
    styled = False
    for run in line:
        glued = (text[-1:].isalnum() and not text[-1:].isupper()) or text[-1:] == ":"
        if styled and glued and run.text[:1].isupper():
            text += " "
        text += run.text
        styled = bool(run.names)
    return text


def _paragraphs(lines: list[list[Run]], setting: Setting) -> Iterator[Draft]:
    kept: list[str] = []
    texts = [typeset.line(typeset.characters(_text(line))) for line in lines]
    bold = [_is_bold(line) for line in lines]
    if all(bold) and not _label(lines[0]) and shape.may_head(whole := typeset.wrapped(texts)):
        yield _draft(whole, setting, heads=True)
        return
    for index, line in enumerate(lines):
        last = index + 1 == len(lines)
        if bold[index] and not last and not bold[index + 1] and shape.may_head(texts[index]):
            yield from _kept(kept, setting)
            yield _draft(texts[index], setting, heads=True)
            continue
        label = _label(line)
        if label:
            yield from _kept(kept, setting)
            names, head, rest = label
            yield _draft(head, setting, heads=True, names=names)
            texts[index] = typeset.line(typeset.characters(_text(rest)))
            if last and _is_bold(rest) and shape.may_head(texts[index]):
                yield _draft(texts[index], setting, heads=True)
                continue
        kept.append(texts[index])
    yield from _kept(kept, setting)


def _kept(kept: list[str], setting: Setting) -> Iterator[Draft]:
    """The gathered lines as one paragraph, list lines each for itself."""
    lines = [line for line in typeset.lines("\n".join(kept)).split("\n") if line]
    kept.clear()
    numbers = sum(map(shape.is_numbered, lines)) > 1
    held: list[str] = []
    for line in lines:
        if held and (shape.is_item(line) or (numbers and shape.is_numbered(line))):
            yield _listed("\n".join(held), setting, numbers=numbers)
            held = []
        held.append(line)
    if held:
        yield _listed("\n".join(held), setting, numbers=numbers)


def _listed(text: str, setting: Setting, *, numbers: bool = False) -> Draft:
    """A draft that is a list item if it opens with a bullet, or as one of several with a number."""
    listed = shape.is_item(text) or (numbers and shape.is_numbered(text))
    return _draft(text, setting._replace(kind=BlockKind.LIST_ITEM) if listed else setting)


def _is_bold(line: Sequence[Run]) -> bool:
    return all(run.bold or not run.text.strip() for run in line)


def _label(line: Sequence[Run]) -> tuple[tuple[str, ...], str, list[Run]] | None:
    """A label at the start of a line (its classes, its text, what follows it), None where there is none."""
    at = next(index for index, run in enumerate(line) if run.text.strip())
    first = line[at]
    if first.link:
        return None
    # A wide gap ends a label even where the words behind it are set alike.
    whole = "".join(run.text for run in line[at:])
    wide = _GAP_INSIDE.match(whole)
    if wide and shape.is_label(wide[1]) and not whole[wide.end()].islower():
        return first.names, wide[1], list(_after(line[at:], wide.end()))
    if not (first.bold or first.names):
        return None
    end = at + 1
    while end < len(line) and (line[end].bold, line[end].names) == (first.bold, first.names):
        end += 1
    head = typeset.line("".join(run.text for run in line[at:end]))
    rest = "".join(run.text for run in line[end:])
    if not rest.strip() or not _may_label(head) or not _is_parted(line[end - 1], first, head, rest):
        return None
    return first.names, head, list(_after(line[end:], len(rest) - len(rest.lstrip(": \u00a0"))))


def _may_label(head: str) -> bool:
    return shape.is_label(head) and len(head) >= 4 and not (head.isupper() and " " not in head)


def _is_parted(last: Run, first: Run, head: str, rest: str) -> bool:
    """Whether a label ends here: by a colon, or glued to a capital as only a style sheet would part it."""
    glued = not last.text[-1].isspace() and rest[0].isupper()
    return glued or (first.bold and ":" in (head[-1], rest[0]))


def _after(line: Sequence[Run], skipped: int) -> Iterator[Run]:
    for run in line:
        if skipped >= len(run.text):
            skipped -= len(run.text)
        else:
            yield run._replace(text=run.text[skipped:])
            skipped = 0


def _draft(text: str, setting: Setting, *, heads: bool = False, names: tuple[str, ...] = ()) -> Draft:
    kind = BlockKind.HEADING if heads else setting.kind
    level = setting.level if kind is setting.kind else 0
    return Draft(text, kind, level, names + setting.marks, Origin(path=setting.path or None))
