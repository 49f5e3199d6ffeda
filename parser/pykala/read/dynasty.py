"""Dynasty: a label that names the body, the kind of paper, the day and the section or the place on the agenda."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pykala import rules
from pykala.model import BlockKind
from pykala.read import descent
from pykala.read.draft import Draft, Statement
from pykala.read.facts import meeting_day
from pykala.read.heading import heading_of, opening
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.markup import names_of
from pykala.read.webpage import WebPage, parts_of

_LABEL: Final = re.compile(
    r"(?P<body>[^\n]{3,120}?)[\n ](?P<paper>Pöytäkirja|Esityslista|Protokoll|Föredragningslista)[ \u00a0]"
    r"(?P<day>\d{1,2}\.\d{1,2}\.\d{4})"
    r"(?:[ /]?(?:Pykälä|Paragraf)[ \u00a0](?P<section>\d{1,4})|[ /]?(?:Asianro|Ärendenr)[ \u00a0]\d{1,4})?",
)
_AGENDAS: Final = ("Esityslista", "Föredragningslista")
_HEAD: Final = 12  # drafts among which the label stands
#: What the scripts call their pages: …/cgi/DREQUEST.PHP?page=meetingitem&id=20241234-5.
_PAGES: Final = {
    "meeting_frames": descent.START, "official_frames": descent.START,
    "meeting_handlers": descent.BODIES, "official_handlers": descent.BODIES,
    "meetings": descent.BODY, "officials": descent.BODY, "official_decisions": descent.BODY,
    "meeting": descent.MEETING, "meetingitem": descent.ITEM, "official_decision": descent.ITEM,
}  # fmt: skip
_ONE_ITEM: Final = re.compile(r"\b(?:Pykälä|Paragraf|Asianro|Ärendenr)[ \u00a0]\d{1,4}")
_ITEM_NAMES: Final = frozenset(("bodykokousasia", "meetingitem", "official_decision"))
_PAGE: Final = re.compile(r"[?&]page=([\w/]{1,40})(?=&|\Z)")


def belongs(page: HtmlPage) -> bool:
    """Whether the page bears Dynasty's label."""
    return _label(page.drafts) is not None


def facts(page: HtmlPage) -> Iterator[Statement]:
    """Body, day, section and whether it is an agenda."""
    found = _label(page.drafts)
    if found is None:
        return
    index, label = found
    yield Statement("body", label["body"], index, *label.span("body"))
    yield from meeting_day(label["day"], index, label.start("day"))
    yield Statement("status", "agenda" if label["paper"] in _AGENDAS else "minutes", index, *label.span("paper"))
    if label["section"]:
        yield Statement("section", f"§ {label['section']}", index, *label.span("section"))
    if page.drafts[index].level == 1:
        yield from _title(page.drafts, index + 1)


def _title(drafts: list[Draft], first: int) -> Iterator[Statement]:
    """The bold line below a label that is itself the main heading."""
    for index, draft in enumerate(drafts[first : first + _HEAD], first):
        if draft.kind is BlockKind.HEADING and draft.text.rstrip(":").casefold() not in _section_labels():
            yield Statement("title", draft.text.replace("\n", " "), index, 0, len(draft.text))
            return


@cache
def _section_labels() -> frozenset[str]:
    return frozenset(label for entry in rules.load("headings")["heading"] for label in entry["labels"])


def _label(drafts: list[Draft]) -> tuple[int, re.Match[str]] | None:
    for index, draft in enumerate(drafts[:_HEAD]):
        label = _LABEL.match(draft.text)
        if label and ("\n" in label[0] or draft.level):
            return index, label
    return None


# ---------------------------------------------------------------- listings


def lists(page: WebPage) -> bool:
    """Whether it is a list of bodies, of a body's meetings or of a meeting's items, or the feed of any."""
    return page.kind != "json" and descent.leads_down(page, _step) and not _is_item(page)


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """Meetings and their items, as pages: the PDF of a whole meeting holds the same once more."""
    if page.kind == "feed":
        return descent.fed(page, _step)
    return descent.links(page, address, _step, heading_of(page))


def _step(address: str) -> int | None:
    parts = parts_of(address)
    asked = _PAGE.search(f"?{parts.query}") if parts.path.upper().endswith("/DREQUEST.PHP") else None
    return _PAGES.get(asked[1]) if asked else None


def _is_item(page: WebPage) -> bool:
    """Whether it is one matter's page: its label bears a section or a place on the agenda."""
    for tag in ("label", "h1", "h2"):
        if any(_ONE_ITEM.search(opening(node, 200)) for node in page.root.iter(tag)):
            return True
    return any(not _ITEM_NAMES.isdisjoint(names_of(node)) for node in page.root.iter("body", "div"))
