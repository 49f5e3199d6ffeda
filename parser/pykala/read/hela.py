"""hel.fi's static pages: indexes of bodies and years, minutes and their items, with the meeting in the folders' names."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from urllib.parse import unquote, urlsplit

from pykala.read.links import Link
from pykala.read.webpage import Anchor, WebPage, anchors

# Keha_2017-11-29_Kvsto_21_Pt: the preparer, the day, the body, the number of the meeting, the kind of paper.
_MEETING: Final = re.compile(
    r"(?P<before>.*)/[^/_]{2,20}_(?P<day>\d{4}-\d{2}-\d{2})_[^/]{1,40}_(?P<paper>Pt|Pk|El|Bm|Pr|Fl)/(?P<inside>[^?]*)\Z"
)
_BODY: Final = re.compile(
    r"/(?P<body>[^/]{3,90})/(?:Suomi|Ruotsi)/(?:Paatostiedote|Paatos|Paatoshistoria|Esitys)(?:/|\Z)"
)
_YEARS: Final = re.compile(r"(?:/(?:Suomi|Ruotsi)/(?:Paatostiedote|Paatos|Esitys))(?:/\d{4})?/?(?:index\.html?)?\Z")
_BULLETIN: Final = re.compile(r"Päätöstiedote nro \d|Beslutsmeddelande nr \d|§ \d{1,4}(?!\d)")
_SHORT: Final = frozenset(("pdf", "html", ""))


def lists(page: WebPage) -> bool:
    """Whether it is an index of bodies, years, meetings or a meeting's items."""
    if page.kind != "html" or not any(_link(anchor) for anchor in anchors(page)):
        return False
    return not _BULLETIN.search(" ".join("".join(str(piece) for piece in page.root.itertext()).split()))


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """Bulletins, items of minutes, and further indexes; of an item that is there as a page and as a PDF, the page."""
    found = [link for anchor in anchors(page) if (link := _link(anchor)) and link.address != address]
    pages = {_stem(link.address) for link in found if not link.address.lower().endswith(".pdf")}
    return tuple(
        link for link in found if not link.address.lower().endswith(".pdf") or _stem(link.address) not in pages
    )


def _stem(address: str) -> str:
    return address.rpartition(".")[0]


def _link(anchor: Anchor) -> Link | None:
    path = unquote(urlsplit(anchor.address).path)
    title = "" if anchor.text.lower() in _SHORT else anchor.text
    body = _BODY.search(path)
    named = body["body"].replace("_", " ") if body else None
    meeting = _MEETING.match(path)
    if meeting:
        whole = meeting["paper"] == "Pt" or meeting["inside"].lower() not in ("", "index.html", "index.htm")
        return Link(anchor.address, "bulletin" if whole else "listing", title, _day(meeting["day"]), named)
    if _YEARS.search(path):
        return Link(anchor.address, "listing", title, None, named)
    return None


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
