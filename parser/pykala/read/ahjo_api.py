"""Ahjo's open interface: lists of decisions, meetings and cases, and what a single meeting or case leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal
from urllib.parse import quote

from pykala.read.beside import iso_day
from pykala.read.links import Link
from pykala.read.webpage import WebPage, absolute

_Leads = Literal["listing", "bulletin"]
# The lists of the interface: what one entry is called by, and where it leads.
_LISTS: Final[Mapping[str, tuple[str, _Leads]]] = {
    "decisions": ("NativeId", "bulletin"),
    "meetings": ("MeetingID", "listing"),
    "cases": ("CaseID", "listing"),
}
_ROOT: Final = re.compile(r"(?P<root>https?://[^?#]*?/)(?:decisions|meetings|cases)(?:[/?#]|\Z)")
_MARKUP: Final = re.compile(r"<(?:p|div|html|body)\b", re.IGNORECASE)
_TEXTS: Final = ("Content", "Motion", "HTML", "DecisionHistoryHTML")


def lists(page: WebPage) -> bool:
    """Whether it is a list whose entries hold no text, or a meeting or case that leads to its papers."""
    return page.kind == "json" and not _holds_text(page.data) and any(True for _ in _links(page))


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """The entries of a list and its next page, the items of a meeting, or the decisions and papers of a case."""
    return tuple(link for link in _links(page) if link.address != address)


def _links(page: WebPage) -> Iterator[Link]:
    for one in page.data if isinstance(page.data, list) else (page.data,):
        if not isinstance(one, dict):
            continue
        for name, (key, leads_to) in _LISTS.items():
            for entry in _objects(one.get(name)):
                inner = (*_agenda(entry, page), *_case(entry, page))  # a list of one, with all that it holds
                yield from inner or _entry(entry, name, key, leads_to, page)
        yield from _agenda(one, page)
        yield from _case(one, page)
        yield from _next(one, page)


def _entry(entry: Mapping[str, Any], name: str, key: str, leads_to: _Leads, page: WebPage) -> Iterator[Link]:
    """One row of a list, by the address that it gives itself, else by its id in the interface."""
    address = _self(entry, page) or _built(name, entry.get(key), page)
    if address:
        when = entry.get("DateDecision") or entry.get("MeetingDate") or entry.get("DateMeeting") or entry.get("Created")
        body = _text(entry, "DecisionMaker") or _name(entry.get("Organization"))
        title = _text(entry, "Title") or " ".join(filter(None, (body, _text(entry, key))))
        yield Link(address, leads_to, title, _day(when), body or None)


def _agenda(meeting: Mapping[str, Any], page: WebPage) -> Iterator[Link]:
    """The items of a meeting's agenda: each by its own address, else by its PDF."""
    when = _day(meeting.get("MeetingDate") or meeting.get("DateMeeting"))
    body = _text(meeting, "DecisionMaker") or _name(meeting.get("Organization")) or None
    for item in _objects(meeting.get("Agenda")):
        address = _self(item, page) or _paper(item.get("PDF"), page)
        if address:
            yield Link(address, "bulletin", _text(item, "AgendaItem") or _text(item, "Title"), when, body)


def _case(case: Mapping[str, Any], page: WebPage) -> Iterator[Link]:
    """The decisions and the public papers of a case."""
    if "CaseID" not in case or "Content" in case:
        return
    for handling in (*_objects(case.get("Handlings")), *_objects(case.get("Decisions"))):
        address = _self(handling, page) or _built("decisions", handling.get("NativeId"), page)
        if address:
            body = _text(handling, "DecisionMaker") or _name(handling.get("Organization"))
            yield Link(address, "bulletin", _text(handling, "Title"), _day(handling.get("DateDecision")), body or None)
    for record in _objects(case.get("Records")):
        address = _paper(record, page)
        kind = _text(record, "Type").lower()
        if address and ("päätös" in kind or "pöytäkirja" in kind or "beslut" in kind or "protokoll" in kind):
            yield Link(address, "bulletin", _text(record, "Title"), _day(record.get("Issued")))


def _next(one: Mapping[str, Any], page: WebPage) -> Iterator[Link]:
    for link in _objects(one.get("links")):
        address = absolute(str(link.get("href") or ""), page.base) if link.get("rel") == "next" else None
        if address:
            yield Link(address, "listing")


def _holds_text(data: object) -> bool:
    """Whether it holds the text of a decision anywhere, so that the whole is one to be read."""
    stack = [data]
    while stack:
        held = stack.pop()
        if isinstance(held, dict):
            if any(_MARKUP.search(_text(held, key)) for key in _TEXTS):
                return True
            stack.extend(held.values())
        elif isinstance(held, list):
            stack.extend(held)
    return False


def _self(entry: Mapping[str, Any], page: WebPage) -> str | None:
    for link in _objects(entry.get("links")):
        if link.get("rel") == "self" and isinstance(link.get("href"), str):
            return absolute(link["href"], page.base)
    return None


def _built(name: str, said: object, page: WebPage) -> str | None:
    """The address of an entry by its id, in the interface that the page's own address is of."""
    root = _ROOT.match(page.base)
    if not isinstance(said, str) or not said:
        return None
    return absolute(f"{name}/{quote(said, safe='')}", root["root"] if root else page.base)


def _paper(pdf: object, page: WebPage) -> str | None:
    if not isinstance(pdf, dict) or _text(pdf, "PublicityClass").lower().startswith("salassa"):
        return None
    return absolute(_text(pdf, "FileURI"), page.base) if _text(pdf, "FileURI") else _self(pdf, page)


def _objects(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(one: Mapping[str, Any], key: str) -> str:
    value = one.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(organization: object) -> str:
    return _text(organization, "Name") if isinstance(organization, dict) else ""


def _day(value: object) -> date | None:
    return iso_day(value) if isinstance(value, str) else None
