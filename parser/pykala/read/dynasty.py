"""Dynasty: a label that names the body, the kind of paper, the day and the section or the place on the agenda."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pykala.read.draft import Draft, Statement
from pykala.read.facts import meeting_day
from pykala.read.html import HtmlPage

_LABEL: Final = re.compile(
    r"(?P<body>[^\n]{3,120})\n(?P<paper>Pöytäkirja|Esityslista|Protokoll|Föredragningslista)[ \u00a0]"
    r"(?P<day>\d{1,2}\.\d{1,2}\.\d{4})"
    r"(?:[ /]?(?:Pykälä|Paragraf)[ \u00a0](?P<section>\d{1,4})|[ /]?(?:Asianro|Ärendenr)[ \u00a0]\d{1,4})?",
)
_AGENDAS: Final = ("Esityslista", "Föredragningslista")
_HEAD: Final = 12  # drafts among which the label stands


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


def _label(drafts: list[Draft]) -> tuple[int, re.Match[str]] | None:
    for index, draft in enumerate(drafts[:_HEAD]):
        label = _LABEL.match(draft.text)
        if label:
            return index, label
    return None
