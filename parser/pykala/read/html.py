"""HTML → drafts: one walk over the element tree, block by block, without recursion."""

from __future__ import annotations

from collections.abc import Iterator

from pykala.model import Value
from pykala.read import furniture, walk
from pykala.read.draft import Draft, Statement
from pykala.read.markup import Element, tree
from pykala.settings import Limits

_NEXT_TO_NOTHING = 60  # characters


class HtmlPage(Value):
    """An HTML page taken apart: what a platform's own reader looks for its facts in."""

    root: Element
    drafts: list[Draft]
    title: str = ""


def open_html(markup: str, limits: Limits) -> HtmlPage:
    """The drafts of a page, by its markup alone.

    Raises:
        TooLarge: its elements nest deeper than the limits allow.
        BrokenDocument: it holds no element at all.
    """
    root = tree(markup, limits)
    return HtmlPage(root, html_drafts(root, limits), _title(root))


def html_drafts(root: Element, limits: Limits) -> list[Draft]:
    """The drafts of an element tree; where leaving the furniture out leaves next to nothing, it is read too."""
    document = furniture.document_of(root)
    drafts = list(walk.drafts(document, limits))
    if document is not root and sum(len(draft.text) for draft in drafts) < _NEXT_TO_NOTHING:
        drafts = list(walk.drafts(root, limits))
    return drafts or list(walk.drafts(root, limits, everything=True))


def title_of(page: HtmlPage) -> Iterator[Statement]:
    """The main heading of the page; without one, the ``<title>`` that is more than a site's name."""
    heads = [(draft.level, index) for index, draft in enumerate(page.drafts) if draft.level == 1]
    if heads:
        index = heads[0][1]
        text = page.drafts[index].text
        yield Statement("title", text.replace("\n", " "), index, 0, len(text))
        return
    title = page.title
    for separator in (" | ", " – ", " - ", " :: "):
        head, found, tail = title.rpartition(separator)
        if found and len(head) >= len(tail):
            title = head
            break
    if len(title.split()) >= 4:
        yield Statement("title", title)


def _title(root: Element) -> str:
    found = root.find(".//title")
    return " ".join((found.text or "").split()) if found is not None else ""
