"""TWeb: a search form for each kind of paper, lists of meetings, a meeting's items as files of a numbered kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from pykala.read import descent
from pykala.read.heading import Heading, body_in, day_in, heading_of, opening
from pykala.read.links import Link
from pykala.read.webpage import WebPage, absolute, parts_of

# pk_tek_tweb.htm asks for a body and days, pk_kokl_tweb.htm answers with meetings, pk_asil_tweb.htm lists one meeting's items;
# epj_… are the same for agendas, vpar… for office holders' decisions. Some servers put a program before: /ktwebbin/dbisa.dll/…
_FORMS: Final = (
    (re.compile(r"/(?:pk|epj)_tek(?:_tweb)?\.htm\Z", re.IGNORECASE), descent.START),
    (re.compile(r"/(?:(?:pk|epj)_kokl|vparlist|vparhaku|vp_list)(?:_tweb)?\.htm\Z", re.IGNORECASE), descent.BODY),
    (re.compile(r"/(?:pk|epj)_rssfeed\.htm\Z", re.IGNORECASE), descent.BODY),
    (re.compile(r"/(?:pk|epj)_asil(?:_tweb)?\.htm\Z", re.IGNORECASE), descent.MEETING),
    (re.compile(r"/(?:fileshow|ktproxy2\.dll)\Z", re.IGNORECASE), descent.ITEM),
)
_DOCUMENT: Final = re.compile(r"(?:\A|&)\+?docid=[\w-]{1,40}(?=&|\Z)", re.IGNORECASE)
_MEETING: Final = re.compile(r"(?:\A|&)\+?bid=\d{1,12}(?=&|\Z)", re.IGNORECASE)
_ATTACHED: Final = re.compile(r"\s*(?:liite|liitteet|oheismateriaali|bilaga|bilagor)\b", re.IGNORECASE)
_ATTACHMENTS: Final = re.compile(r"attn(?:_tweb)?\.htm\Z", re.IGNORECASE)
_FORM: Final = re.compile(r"(?P<kind>pk|epj)_kokl(?:_tweb)?\.htm\Z", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"\s*(?:(?:päätös(?:ehdotus|esitys)?|ehdotus|esitys|selostus|dno|beslut(?:sförslag)?|förslag)\s*(?::|\Z)|päätösehdotus\b)",
    re.IGNORECASE,
)
_LONGEST_LABEL: Final = 200
_HEADED: Final = 12  # tables and cells in which a meeting's page names itself


def lists(page: WebPage) -> bool:
    """Whether it is a search form, a list of meetings or of a meeting's items, or a feed of meetings."""
    if page.kind == "json":
        return False
    return (descent.leads_down(page, _step) or any(_feeds(page))) and not _is_item(page)


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """Meetings and their items; of a form that lists nothing itself, the feed of the meetings that it asks for."""
    if page.kind == "feed":
        return descent.fed(page, _step)
    if _ATTACHMENTS.search(parts_of(address).path):
        return ()
    found = descent.links(page, address, _step, _heading(page))
    kept = tuple(link for link in found if not _ATTACHED.match(link.title))
    return kept or tuple(_feeds(page))


def _feeds(page: WebPage) -> Iterator[Link]:
    """The feeds beside the answers that a page's search forms send for."""
    for form in page.root.iter("form"):
        action = absolute(form.get("action") or "", page.base)
        asked = _FORM.search(parts_of(action).path) if action else None
        if action and asked:
            yield Link(urljoin(action, f"{asked['kind'].lower()}_rssfeed.htm?toimielin="), "listing")


def _heading(page: WebPage) -> Heading:
    """The meeting that a page is headed by, in a heading or in the cells of the table above its list."""
    heading = heading_of(page)
    if heading.body and heading.day:
        return heading
    for count, table in enumerate(page.root.iter("table", "p")):
        if count >= _HEADED:
            break
        words = opening(table, 200)
        body, day = body_in(words), day_in(words)
        if body and day:
            return Heading(body, day)
    return heading


def _step(address: str) -> int | None:
    parts = parts_of(address)
    step = next((step for form, step in _FORMS if form.search(parts.path)), None)
    if step == descent.ITEM and not _DOCUMENT.search(parts.query):
        return None
    if step == descent.MEETING and not _MEETING.search(parts.query):
        return None
    return step


def _is_item(page: WebPage) -> bool:
    """Whether it is a matter's page or holds the matters of a meeting, with what was proposed or decided."""
    for node in page.root.iter("td", "th", "p", "b", "h2", "h3", "br"):
        words = node.tail if node.tag == "br" else opening(node, _LONGEST_LABEL)
        if words and _LABEL.match(words):
            return True
    return False
