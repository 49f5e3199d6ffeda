"""hel.fi's static pages: indexes of bodies and years, minutes and their items, with the meeting in the folders' names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from pykala.read.beside import MOST_PROSE, iso_day, prose_beside, rows
from pykala.read.draft import Draft, Statement
from pykala.read.facts import SECTION, meeting_day, section_number
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.webpage import Anchor, WebPage, parts_of

# Keha_2017-11-29_Kvsto_21_Pt: the preparer, the day, the body, the number of the meeting, the kind of paper.
_MEETING: Final = re.compile(
    r"(?P<before>.*)/[^/_]{2,20}_(?P<day>\d{4}-\d{2}-\d{2})_[^/]{1,40}_(?P<paper>Pt|Pk|El|Bm|Pr|Fl)/(?P<inside>[^?]*)\Z"
)
_ITEM: Final = re.compile(r"/[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/[^/]+\.(?:html?|pdf)\Z", re.IGNORECASE)
_BODY: Final = re.compile(
    r"/(?P<body>[^/]{3,90})/(?:Suomi|Ruotsi)/(?:Paatostiedote|Paatos|Paatoshistoria|Esitys)(?:/|\Z)"
)
_YEARS: Final = re.compile(r"(?:/(?:Suomi|Ruotsi)/(?:Paatostiedote|Paatos|Esitys))(?:/\d{4})?/?(?:index\.html?)?\Z")
_BULLETIN: Final = re.compile(r"Päätöstiedote nro \d|Beslutsmeddelande nr \d|§ \d{1,4}(?!\d)")
_SHORT: Final = frozenset(("pdf", "html", ""))
_OWNER: Final = ("Helsingin kaupunki", "Helsingfors stad")
_PAPERS: Final = {
    "Pöytäkirja": "minutes",
    "Protokoll": "minutes",
    "Esityslista": "agenda",
    "Föredragningslista": "agenda",
}
_NUMBER: Final = re.compile(r"(?:(?:Päätöstiedote nro|Beslutsmeddelande nr) )?(?P<number>\d{1,3}(?:/\d{4})?)\Z")
_TIME: Final = re.compile(
    r"(?:(?:Kokousaika|Sammanträdestid|Mötestid): ?)?(?P<day>\d{1,2}\.\d{1,2}\.\d{4})(?: (?:klo|kl\.?) .{1,30})?\Z"
)
_PLACE: Final = re.compile(r"(?:Kokouspaikka|Sammanträdesplats|Mötesplats): ?(?P<place>\S.{1,120})\Z")
_CASE: Final = re.compile(r"HEL \d{4}-\d{6}")
_FIRST: Final = 14  # drafts among which the head of a page stands


def belongs(page: HtmlPage) -> bool:
    """Whether it is a bulletin or an item of minutes: the city stands first, and a paper and its number are named."""
    head = _head(page.drafts)
    papers = (*_PAPERS, "Päätöstiedote nro", "Beslutsmeddelande nr")
    return bool(head) and head[0][2] in _OWNER and any(text.startswith(papers) for _, _, text in head[:8])


def facts(page: HtmlPage) -> Iterator[Statement]:
    """Town, body, meeting, section and case number of the head, whose cells and lines stand in one order."""
    head = _head(page.drafts)
    seen: set[str] = set()
    for place, (index, start, text) in enumerate(head):
        for said in _stated(text, index, start, last=head[place - 1][2] if place else ""):
            if said.name not in seen:
                seen.add(said.name)
                yield said
        if "case_number" in seen or page.drafts[index].text.startswith(("Päätös", "Beslut\n")):
            return


def _head(drafts: list[Draft]) -> list[tuple[int, int, str]]:
    """The cells and lines of the head: index of the draft, offset in it, text."""
    found = []
    for index, draft in enumerate(drafts[:_FIRST]):
        cells = [cell for row in draft.cells for cell in row] or None
        spans = [(cell.start, cell.end) for cell in cells] if cells else [(0, len(draft.text))]
        found += [(index, start, draft.text[start:end]) for start, end in spans if end > start]
    return found


def _stated(text: str, index: int, start: int, *, last: str) -> Iterator[Statement]:
    """What one cell or line says; the first line under the city is the body, save for the paper and its numbers."""
    if text in _OWNER:
        yield Statement("municipality", text, index, start, start + len(text))
    elif text in _PAPERS:
        yield Statement("status", _PAPERS[text], index, start, start + len(text))
    elif found := _TIME.match(text):
        yield from meeting_day(found["day"], index, start + found.start("day"))
    elif found := _PLACE.match(text):
        yield Statement("meeting_place", found["place"], index, start + found.start("place"), start + len(text))
    elif found := _NUMBER.match(text):
        if last in _PAPERS or text.startswith(("Päätöstiedote", "Beslutsmeddelande")):
            yield Statement("meeting_number", found["number"], index, start + found.start("number"), start + len(text))
    elif SECTION.fullmatch(text):
        yield Statement("section", f"§ {section_number(text)}", index, start, start + len(text))
    elif found := _CASE.match(text):
        yield Statement("case_number", found[0], index, start, start + len(found[0]))
    elif text[:1].isupper() and "/" not in text and not text.startswith(("Päätös", "Beslut")):
        yield Statement("body", text, index, start, start + len(text))


# ---------------------------------------------------------------- listings


def lists(page: WebPage) -> bool:
    """Whether it is an index of bodies, years, meetings or a meeting's items."""
    found = rows(anchor for anchor in page.anchors if _link(anchor)) if page.kind == "html" else ()
    if not found or prose_beside(page.root, found) >= MOST_PROSE:
        return False
    return not _BULLETIN.search(" ".join("".join(str(piece) for piece in page.root.itertext()).split()))


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """Bulletins, items of minutes, and further indexes; of an item that is there as a page and as a PDF, the page."""
    found = [link for anchor in page.anchors if (link := _link(anchor)) and link.address != address]
    pages = {_stem(link.address) for link in found if not link.address.lower().endswith(".pdf")}
    return tuple(
        link for link in found if not link.address.lower().endswith(".pdf") or _stem(link.address) not in pages
    )


def _stem(address: str) -> str:
    return address.rpartition(".")[0]


def _link(anchor: Anchor) -> Link | None:
    path = unquote(parts_of(anchor.address).path)
    title = "" if anchor.text.lower() in _SHORT else anchor.text
    body = _BODY.search(path)
    named = body["body"].replace("_", " ") if body else None
    meeting = _MEETING.match(path)
    if meeting:
        whole = meeting["paper"] == "Pt" or meeting["inside"].lower() not in ("", "index.html", "index.htm")
        return Link(anchor.address, "bulletin" if whole else "listing", title, iso_day(meeting["day"]), named)
    if _ITEM.search(path):
        return Link(anchor.address, "bulletin", title, None, named)
    if _YEARS.search(path):
        return Link(anchor.address, "listing", title, None, named)
    return None
