"""paatokset.hel.fi: pages of cases with their handlings, and the listings of deciders, meetings and agendas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from pykala.read.beside import MOST_PROSE, prose_beside, rows, told_day, words_of
from pykala.read.draft import Draft, Statement
from pykala.read.facts import DAY, day, meeting_day
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.markup import Element, names_of
from pykala.read.webpage import Anchor, WebPage, canonical, parts_of

_CASE: Final = re.compile(r"/(?:fi/asia|sv/arende|en/case)/[a-z]{2,5}-\d{4}-\d{6}\Z")
_DECIDER: Final = re.compile(
    r"/(?:fi/paattajat|sv/beslutsfattare|en/decisionmakers)/(?P<decider>[^/]+)(?P<rest>/.*)?\Z"
)
_PLACE: Final = re.compile(r"(?:(?:Asia|Ärende|Case) ?)?\d{1,3}\. ?/ ?(?P<section>\d{1,4}) ?§\Z")
_NUMBER: Final = re.compile(r"[A-ZÅÄÖ]{2,5} \d{4}-\d{6}")
# 6/07.02.2022: the meeting's number in its year, and its day.
_MEETING: Final = re.compile(r"(?<![\d./])(?P<number>\d{1,3})/(?P<day>\d{1,2}\.\d{1,2}\.\d{4})(?!\d)")
_LABEL: Final = re.compile(r"(?:Päätöksentekijä|Beslutsfattare|Decisionmaker) ?: ?")
# How the classes of a case's page begin, of the newer and of the older theme.
_OURS: Final = ("issue__", "issue-content", "case__", "decision__")
_BODIES: Final = ("issue__dm", "issue-content__policymaker-label", "issue__policymaker", "decision__organization")
_PARAMETERS: Final = {"fi": "paatos", "sv": "beslut", "en": "decision"}
_GUID: Final = re.compile(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?\Z")
_FIRST: Final = 15  # drafts among which the head of a page stands


def belongs(page: HtmlPage) -> bool:
    """Whether it is the page of a case."""
    return any(_is_issue(draft.marks) for draft in page.drafts[:_FIRST])


def facts(page: HtmlPage) -> Iterator[Statement]:
    """Case number, section, body, and the meeting of the handling that is shown."""
    seen: set[str] = set()
    for index, draft in enumerate(page.drafts[:_FIRST]):
        if not _is_issue(draft.marks):
            continue
        for statement in _head(draft, index):
            if statement.name not in seen:
                seen.add(statement.name)
                yield statement
    yield from _meeting(page.root)


def _is_issue(marks: tuple[str, ...]) -> bool:
    return any(mark.startswith(_OURS) for mark in marks)


def _head(draft: Draft, index: int) -> Iterator[Statement]:
    place = _PLACE.match(draft.text)
    number = _NUMBER.search(draft.text)
    if place:
        yield Statement("section", f"§ {place['section']}", index, *place.span("section"))
    elif number and len(draft.text) < 60:
        yield Statement("case_number", number[0], index, number.start(), number.end())
    elif draft.marks[0].startswith("decision__date"):
        yield from _told_meeting(draft, index)
    elif any(mark.startswith(_BODIES) for mark in draft.marks):
        label = _LABEL.match(draft.text)
        start = label.end() if label else 0
        if start < len(draft.text):
            yield Statement("body", draft.text[start:], index, start, len(draft.text))


def _told_meeting(draft: Draft, index: int) -> Iterator[Statement]:
    """*Sammanträde 4.12.2023*"""
    found = DAY.search(draft.text)
    if found:
        yield from meeting_day(found[0], index, found.start())


def _meeting(root: Element) -> Iterator[Statement]:
    """The meeting that the chosen handling names: the one marked as chosen, else the only one."""
    told = [(node, found) for node, _ in _handlings(root) if (found := _MEETING.search(words_of(node)))]
    chosen = [found for node, found in told if node.get("selected") is not None or node.get("aria-current")]
    meetings = {found[0]: found for found in chosen or (found for _, found in told)}
    if len(meetings) == 1:
        (found,) = meetings.values()
        value = day(found["day"])
        if value is not None:
            yield Statement("meeting_date", value)
            yield Statement("meeting_number", found["number"])


def _handlings(root: Element) -> Iterator[tuple[Element, str]]:
    """The handlings that a case's page offers, each with its id where it has one."""
    for select in root.iter("select"):
        for option in select.iter("option"):
            value = option.get("value") or ""
            yield option, value if _GUID.match(value) else ""
    for node in root.iter("a"):
        name, _, value = parts_of(node.get("href") or "").query.partition("=") if _is_local(node) else ("", "", "")
        if name in _PARAMETERS.values() and _GUID.match(value):
            yield node, value


def _is_local(node: Element) -> bool:
    """Whether a link only adds a handling to the page's own address."""
    return (node.get("href") or "").startswith("?")


# ---------------------------------------------------------------- listings


def lists(page: WebPage) -> bool:
    """Whether it lists deciders, meetings or cases."""
    if page.kind != "html" or is_case(page):
        return False
    found = rows(_of_site(page))
    return bool(found) and prose_beside(page.root, found) < MOST_PROSE


def is_case(page: WebPage) -> bool:
    """Whether it is the page of one case: a bulletin that also leads to the case's other handlings."""
    return page.kind == "html" and any(
        _is_issue(names_of(node)) for node in page.root.iter("div", "header", "h1", "h2")
    )


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """The cases, meetings and deciders of a listing, or the handlings of a case."""
    return tuple(_of_case(page, address) if is_case(page) else _of_listing(page))


def _of_case(page: WebPage, address: str) -> Iterator[Link]:
    case = (canonical(page.root, page.base) or address).partition("?")[0]
    language = parts_of(case).path.lstrip("/")[:2]
    for node, guid in _handlings(page.root):
        if guid and _CASE.search(parts_of(case).path):
            said = words_of(node)
            found = _MEETING.search(said)
            parameter = f"{_PARAMETERS.get(language, 'paatos')}={quote(guid.strip('{}'))}"
            body = said[: found.start()].rstrip(" ,") if found else None
            yield Link(f"{case}?{parameter}", "bulletin", said, told_day(found["day"]) if found else None, body or None)


def _of_listing(page: WebPage) -> Iterator[Link]:
    heading = next((words_of(node) for node in page.root.iter("h1")), "")
    meeting = told_day(heading)
    for row in rows(_of_site(page)):
        path = parts_of(row.address).path
        decider = _DECIDER.search(path)
        if decider is None:
            yield Link(row.address, "bulletin", row.title, row.day or meeting)
        elif decider["rest"]:
            yield Link(row.address, "listing", row.title, row.day)
        else:
            yield Link(row.address, "listing", row.title, None, row.title or None)


def _of_site(page: WebPage) -> Iterator[Anchor]:
    """The links within the site: other sites link its cases, too."""
    host = parts_of(page.base).hostname
    return (one for one in page.anchors if _leads_to(one) and parts_of(one.address).hostname == host)


def _leads_to(anchor: Anchor) -> bool:
    path = parts_of(anchor.address).path
    if _CASE.search(path):
        return True
    found = _DECIDER.search(path)
    documents = ("/asiakirjat", "/dokument", "/documents", "/paatokset", "/beslut", "/decisions")
    return found is not None and (not found["rest"] or found["rest"].startswith(documents))
