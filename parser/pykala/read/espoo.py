"""The static pages that Espoo's Dynasty wrote: TELIMET.HTM leads to bodies, these to meetings, these to items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pykala.read import dynasty
from pykala.read.beside import MOST_PROSE, day_of, prose_beside, rows, told_day, words_of
from pykala.read.draft import Statement
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.webpage import Anchor, WebPage, parts_of

_BODIES: Final = re.compile(r"(?:\A|/)TELIMET\.HTM\Z", re.IGNORECASE)
_BODY: Final = re.compile(r"(?:\A|/)TELIN-\d{1,9}\.HTM\Z", re.IGNORECASE)
_MEETING: Final = re.compile(r"(?:\A|/)\d{6,12}\.HTM\Z", re.IGNORECASE)
_ITEM: Final = re.compile(r"(?P<item>(?:\A|/)\d{6,12}-\d{1,3})\.(?P<form>HTM|PDF)\Z", re.IGNORECASE)
_LABEL: Final = re.compile(r"(?:Pöytäkirja|Esityslista|Protokoll|Föredragningslista)\s\d{1,2}\.\d{1,2}\.\d{4}")
_ON_ITEM: Final = re.compile(_LABEL.pattern + r"\s?/?\s?(?:Pykälä|Asianro|Paragraf|Ärendenr)")
_CASE: Final = re.compile(r"\d{1,6}/(?:\d\d(?:\.\d\d){1,3}/)?(?:19|20)\d\d\Z")
_NUMBERED: Final = re.compile(r"\d{1,4}\.?\s+")
_FIRST: Final = 10  # drafts among which the head of an item stands


def belongs(page: HtmlPage) -> bool:
    """Whether it is an item with Dynasty's label among static pages."""
    return dynasty.belongs(page) and any(_MEETING.search(_path(node.get("href"))) for node in page.root.iter("a"))


def facts(page: HtmlPage) -> Iterator[Statement]:
    """What the label says, and the case number on a line of its own."""
    yield from dynasty.facts(page)
    for index, draft in enumerate(page.drafts[:_FIRST]):
        if _CASE.match(draft.text):
            yield Statement("case_number", draft.text, index, 0, len(draft.text))
            return


def _path(href: str | None) -> str:
    try:
        return parts_of(href or "").path
    except ValueError:
        return ""


def lists(page: WebPage) -> bool:
    """Whether it lists bodies, meetings or the items of a meeting; an item leads to its neighbours, and lists nothing."""
    found = rows(anchor for anchor in page.anchors if _leads_to(anchor)) if page.kind == "html" else ()
    if not found or prose_beside(page.root, found) >= MOST_PROSE:
        return False
    return not any(_ON_ITEM.search(words_of(node)) for node in page.root.iter("label", "h1", "h2", "h3"))


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """The next step down: bodies, their meetings, or the items of a meeting as pages, as PDF where there is no page."""
    label = next(
        (words_of(node) for node in page.root.iter("label", "h1", "h2", "h3") if _LABEL.search(words_of(node))), ""
    )
    body = _LABEL.split(label)[0].strip(" ,") or None
    meeting = told_day(label)
    wanted = [anchor for anchor in page.anchors if _leads_to(anchor) and anchor.address != address]
    pages = {
        found["item"].lower()
        for one in wanted
        if (found := _ITEM.search(one.address)) and found["form"].lower() == "htm"
    }
    kept = [one for one in wanted if not _is_copy(one.address, pages)]
    if any(_ITEM.search(one.address) for one in kept):
        kept = [one for one in kept if _ITEM.search(one.address)]  # above them stand the ways back
    return tuple(
        Link(row.address, "bulletin", _NUMBERED.sub("", row.title, count=1), meeting or row.day, body)
        if _ITEM.search(row.address)
        else Link(row.address, "listing", row.title, day_of(row.node) if _MEETING.search(row.address) else None)
        for row in rows(kept)
    )


def _leads_to(anchor: Anchor) -> bool:
    path = _path(anchor.address)
    return any(kind.search(path) for kind in (_BODIES, _BODY, _MEETING, _ITEM))


def _is_copy(address: str, pages: set[str]) -> bool:
    """Whether a PDF holds the same item as a page that is linked, too."""
    found = _ITEM.search(address)
    return found is not None and found["form"].lower() == "pdf" and found["item"].lower() in pages
