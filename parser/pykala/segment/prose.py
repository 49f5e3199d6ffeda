"""The parts of news text: title, lead, body, subheadings, pointers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pykala.model import BlockKind, Part, PartKind
from pykala.rules.stems import Sought
from pykala.segment.labels import label_of
from pykala.sentences import Line

_POINTER = Sought(
    r"(?:löytyvät|löytyy|luettavissa|nähtävillä|nähtävissä|julkaistaan|julkaistu|tutustu|lue lisää|katso).{0,80}"
    r"(?:päätöstiedot|pöytäkirj|esityslist|asiakirj|verkkosivu|sivu)|"
    r"(?:kan läsas|finns).{0,60}(?:beslutsmeddelande|protokoll|föredragningslist)|^(?:lue lisää|läs mer|read more)\b",
    (
        *("löyty", "luettavissa", "nähtävi", "julkaist", "tutustu", "lue lisää", "katso"),
        *("kan läsas", "finns", "läs mer", "read more"),
    ),
)
# A receiver with its sum, which a reader may take for a heading.
_ROW = re.compile(r"(?:ry|sr|Oy|rf|r\.f\.|osk|säätiö|seura|yhdistys)\b[^.]{0,60}\d[ \u00a0]?(?:euroa|€|e)\b")
_SHARE = frozenset(("jaa", "jaa sivu", "dela", "share"))
_LONGEST_SHARE = max(map(len, _SHARE))
# Labels after which a news page has no more news.
_ENDS = frozenset(("pointer", "contact", "attachments", "appeal"))
#: A shorter paragraph without a full stop above the lead is furniture of the page.
_SHORT = 60
_RUNS = (PartKind.BODY, PartKind.POINTER, PartKind.BOILERPLATE)


@dataclass(slots=True)
class _Seen:
    """How far down the page the reader is."""

    lead: bool
    title: bool = False
    end: bool = False


def prose_parts(text: str, lines: Sequence[Line], *, lead: bool = True) -> tuple[Part, ...]:
    """Title, lead, body and pointers of news text.

    Args:
        lead: the first paragraph sums up the rest.
    """
    out: list[Part] = []
    seen = _Seen(lead=not lead)
    for line in lines:
        kind = _kind(line, text[line.start : line.end], seen)
        if out and out[-1].kind is kind and kind in _RUNS:
            out[-1] = Part(kind, out[-1].start, line.end)
        else:
            out.append(Part(kind, line.start, line.end))
    return tuple(out)


def _kind(line: Line, words: str, seen: _Seen) -> PartKind:
    shares = len(words) <= _LONGEST_SHARE and words.casefold() in _SHARE
    label = label_of(words)
    if label is not None and label.alone and label.part in _ENDS and seen.lead and not shares:
        seen.end = True
    if shares or seen.end or line.kind is BlockKind.PAGE_FURNITURE:
        return PartKind.BOILERPLATE
    if line.kind is BlockKind.HEADING and not _ROW.search(words):
        if seen.title or seen.lead:
            return PartKind.SUBHEADING
        seen.title = True
        return PartKind.TITLE
    if _is_furniture(line, words, seen):
        return PartKind.HEADER
    if line.kind is not BlockKind.HEADING and _POINTER.search(words):
        return PartKind.POINTER
    if not seen.lead and line.kind is not BlockKind.HEADING:
        seen.lead = True
        return PartKind.LEAD
    return PartKind.BODY


def _is_furniture(line: Line, words: str, seen: _Seen) -> bool:
    short = len(words) < _SHORT and not words.endswith((".", "!", ":"))
    return not seen.lead and line.kind is BlockKind.PARAGRAPH and short
