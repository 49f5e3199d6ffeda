"""CloudNC: a meeting's or an office holder's heading, *§ 12 Title* below it, the registry's number, then labelled sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from msgspec.structs import replace

from pykala.model import BlockKind
from pykala.read import descent
from pykala.read.draft import Draft, Statement
from pykala.read.facts import meeting_day
from pykala.read.heading import heading_of, opening
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.webpage import Anchor, WebPage, parts_of

_HEAD: Final = 14  # drafts among which the meeting and the matter stand
_MEETING: Final = re.compile(
    r"(?P<body>[^\W\d_][^\d\n|]{2,110}), (?:kokous|sammanträde|meeting) (?P<day>\d{1,2}\.\d{1,2}\.\d{4})\Z",
    re.IGNORECASE,
)
_MATTER: Final = re.compile(r"(?:[^\W\d_][\w -]{2,60}: )?§ (?P<section>\d{1,4}) (?P<title>\S.*)", re.DOTALL)
_MINUTES: Final = re.compile(r"(?:Pöytäkirja on tarkast|Protokollet är (?:o?justerat|granskat))")
_CASE: Final = re.compile(r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,12}[Dd]no-\d{4}-\d{1,6}\Z")
_SIGNED: Final = re.compile(r"(?:Päätöspäivämäärä|Päätöksen tekijä|Beslutsdatum|Beslutsfattare)\b")
_OFFICER: Final = re.compile(
    r"(?P<officer>[^\W\d_][^\d\n,]{2,80}?)(?:, (?:viranhaltijapäätös|tjänsteinnehavarbeslut))?\Z", re.IGNORECASE
)
# The office without the holder's name, whose words begin with capitals: *Kulttuuri- ja tapahtumapäällikkö Aino Salo*.
_SIGNER: Final = re.compile(
    r"^(?:Päätöksen tekijä|Beslutsfattare)\t(?P<officer>[^\W\d_][\w-]{2,40}(?: [a-zåäö][\w-]{1,40}){0,4})", re.MULTILINE
)
_NO_OFFICER: Final = frozenset(("viranhaltijapäätös", "tjänsteinnehavarbeslut", "päätös", "beslut"))

_SESSION: Final = re.compile(r"/\(S\([^()/]{1,60}\)\)(?=/|\Z)")
_LOCALE: Final = re.compile(r"/[a-z]{2}-[A-Z]{2}(?P<rest>/.*)?\Z")
_TREES: Final = frozenset(
    ("toimielimet", "organ", "viranhaltijat", "tjansteman", "tjänsteinnehavare", "tjansteinnehavare")
)
_MEETINGS: Final = re.compile(r"(?:kokous|sammantrade|sammanträde|mote|möte|meeting)_\d", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"\(\d{1,9}\)\Z")
_CONTENT: Final = re.compile(r"/content/\d{1,9}/\d{1,9}\Z")
_WHOLE: Final = re.compile(r"/download/[^/]{1,40}/\{?[0-9A-Fa-f-]{36}\}?/\d{1,9}\Z")
_MINUTES_OF: Final = re.compile(r"\b(?:pöytäkirja|protokoll)", re.IGNORECASE)
_SECTIONS: Final = frozenset((
    "päätös", "päätösehdotus", "ehdotus", "perustelut", "kuvaus", "valmistelija", "päätöksen peruste", "beslut",
    "beslutsförslag", "förslag", "beredning", "beskrivning", "motivering",
))  # fmt: skip


def belongs(page: HtmlPage) -> bool:
    """Whether the page is headed by a meeting or a signed decision, with a matter of its own number."""
    head = page.drafts[:_HEAD]
    if not any(_MEETING.match(draft.text) or _SIGNED.match(draft.text) for draft in head):
        return False
    return any(
        draft.kind is BlockKind.HEADING and (_MATTER.match(draft.text) or "contentstart" in draft.marks)
        for draft in head
    )


def facts(page: HtmlPage) -> Iterator[Statement]:
    """Body and day, section and title, case number, whether the minutes are checked; or the office holder."""
    meeting = False
    for index, draft in enumerate(page.drafts[:_HEAD]):
        found = _MEETING.match(draft.text)
        if found and not meeting:
            meeting = True
            yield Statement("body", found["body"], index, *found.span("body"))
            yield from meeting_day(found["day"], index, found.start("day"))
        elif _MINUTES.match(draft.text):
            yield Statement("status", "minutes", index, 0, len(draft.text))
        elif _CASE.match(draft.text):
            yield Statement("case_number", draft.text, index, 0, len(draft.text))
    yield from _matter(page.drafts)
    if not meeting:
        yield from _officer(page.drafts[:_HEAD])


def _matter(drafts: list[Draft]) -> Iterator[Statement]:
    """The number and the title, where the page holds a single matter."""
    matters = [
        (index, found)
        for index, draft in enumerate(drafts)
        if draft.kind is BlockKind.HEADING and (found := _MATTER.match(draft.text))
    ]
    if len(matters) == 1:
        index, found = matters[0]
        yield Statement("title", found["title"].replace("\n", " "), index, *found.span("title"))
        yield Statement("section", f"§ {found['section']}", index, *found.span("section"))
        return
    for index, draft in enumerate(drafts[:_HEAD]):
        if not matters and draft.level == 2 and draft.text.casefold() not in _SECTIONS:
            yield Statement("title", draft.text.replace("\n", " "), index, 0, len(draft.text))
            return


def _officer(head: list[Draft]) -> Iterator[Statement]:
    """The office that the main heading of a signed decision names, else the one beside *Päätöksen tekijä*."""
    for index, draft in enumerate(head):
        found = _OFFICER.match(draft.text) if draft.level == 1 else _SIGNER.search(draft.text) if draft.cells else None
        if found and found["officer"].casefold() not in _NO_OFFICER:
            yield Statement("officer", found["officer"], index, *found.span("officer"))
            return


# ---------------------------------------------------------------- listings


def lists(page: WebPage) -> bool:
    """Whether it is a list of bodies, of a body's meetings, of a meeting's matters or of an office holder's decisions."""
    if page.kind == "json" or not (descent.leads_down(page, _step) or any(_wholes(page))):
        return False
    return not _is_item(page)


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """Bodies, meetings and matters; the PDF of whole minutes only where the matters are not listed."""
    if page.kind == "feed":
        return descent.fed(page, _step)
    heading = heading_of(page)
    led = descent.links(page, address, _step, heading)
    found = descent.merged(replace(link, address=_sessionless(link.address)) for link in led)
    if any(link.leads_to == "bulletin" for link in found) or _step(address) not in (None, descent.MEETING):
        return found
    wholes = (Link(whole.address, "bulletin", whole.text, heading.day, heading.body) for whole in _wholes(page))
    return descent.merged((*found, *wholes))


def _wholes(page: WebPage) -> Iterator[Anchor]:
    """The PDFs of whole minutes."""
    for anchor in page.anchors:
        if _WHOLE.search(unquote(parts_of(anchor.address).path)) and _MINUTES_OF.search(anchor.text):
            yield anchor


def _step(address: str) -> int | None:
    """Where an address stands: /fi-FI/Toimielimet/Kunnanhallitus/Kokous_1732025/Maakauppa(1234).

    >>> _step("https://kunta.example.fi/fi-FI/Toimielimet/Kunnanhallitus") == descent.BODY
    True
    """
    found = _LOCALE.match(unquote(parts_of(_sessionless(address)).path))
    if found is None:
        return None
    rest = (found["rest"] or "").rstrip("/")
    if _CONTENT.match(rest):
        return descent.ITEM
    tree, *below = rest.strip("/").split("/")
    if not tree:
        return descent.START
    if tree.casefold() not in _TREES:
        return None
    if below and _NUMBERED.search(below[-1]):
        return descent.ITEM
    held = [count for count, name in enumerate(below) if _MEETINGS.match(name)]
    if held:
        return descent.MEETING if held[0] == len(below) - 1 else descent.ITEM
    return (descent.BODIES, descent.BODY)[len(below)] if len(below) < 2 else descent.YEAR


def _sessionless(address: str) -> str:
    """The address without the folder that names a session: /(S(x1v5uw45))/fi-FI."""
    return _SESSION.sub("", address, count=1)


def _is_item(page: WebPage) -> bool:
    """Whether it is one matter's page: it has the sections of a matter."""
    return any(
        opening(node, 60).strip().rstrip(":").casefold() in _SECTIONS
        for node in page.root.iter("h2", "h3", "h4", "h5", "dt")
    )
