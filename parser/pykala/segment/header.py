"""What a bulletin says of itself: whose it is, which body met, when, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pykala.model import Bulletin, DocumentKind, Header
from pykala.rules.stems import Sought
from pykala.segment.days import BODY_HEAD, BODY_STEMS, TOP, Head, fact, meeting_date, published
from pykala.segment.handlings import HeaderRow
from pykala.segment.labels import label_of
from pykala.segment.publisher import municipality
from pykala.sentences import Line

_MODIFIER = r"(?:[\wåäöÅÄÖ-]*(?:n|-|,)|ja|och|sekä|för|of|ny|tekninen|svenska|finska)"
_BODY = (
    rf"(?P<body>(?:[\wåäöÅÄÖ-]+[ \u00a0](?=[\wåäöÅÄÖ -]*(?:{BODY_HEAD})\b))?(?:{_MODIFIER}[ \u00a0]){{0,6}}?[\wåäöÅÄÖ-]*(?:{BODY_HEAD})"
    rf"(?:[ \u00a0](?:för|of)[ \u00a0][\wåäö ,-]{{3,60}})?)\b"
)
_BODY_LINE = Sought(
    _BODY + r"(?:\s*(?:,|\||–|-|/|\t|\d|:|Pöytäkirja|Esityslista|Protokoll|Päätöstiedote|kokous|sammanträde).*)?$",
    BODY_STEMS,
)
# A running header: *VANTAAN KAUPUNKI PÖYTÄKIRJA 6/2022 12 Kaupunkikulttuurin lautakunta 14.06.2022*
_BODY_DATED = re.compile(
    rf"(?P<body>[A-ZÅÄÖ][\wåäö]*(?:[,-]?[ \u00a0](?:ja[ \u00a0])?[\wåäö-]+){{0,4}}?(?<=[\wåäö])(?:{BODY_HEAD})|[A-ZÅÄÖ][\wåäö-]*(?:{BODY_HEAD}))[ \u00a0]+\d{{1,2}}\.\d{{1,2}}\.\d{{4}}"
)
# *Päätöksentekijä: Helsingin kaupunginhallitus*
_DECIDER = re.compile(
    rf"(?:Päätöksentekijä|Toimielin|Beslutsfattare|Organ)[ \u00a0]*:[ \u00a0]*([A-ZÅÄÖ][^\n]{{0,80}}?(?:{BODY_HEAD}))$"
)
_NUMBER = Sought(
    r"(?:päätöstiedote|pöytäkirja|esityslista|kokous)[ \u00a0]*(?:nro[ \u00a0]*)?(\d{1,3}(?:/\d{4})?)(?![\d.])",
    ("päätöstiedote", "pöytäkirja", "esityslista", "kokous"),
)
_PLACE = Sought(r"(?:kokouspaikka|paikka|mötesplats|plats)[ \u00a0]*:[ \u00a0]*(\S[^\n]{2,80})", ("paikka", "plats"))


def body(head: Head) -> tuple[str | None, tuple[int, int] | None]:
    """The body that met, from the page's head, with its place where it stands in the text."""
    text = head.bulletin.text
    for stated in head.bulletin.facts:
        if stated.name == "body":
            span = (stated.start, stated.end) if stated.start is not None and stated.end is not None else None
            return stated.value, span
    if head.row is not None:
        return text[slice(*head.row.body)], head.row.body
    for line in head.lines[:TOP]:
        words = text[line.start : line.end]
        decider = _DECIDER.match(words)
        if decider is not None:
            start = line.start + decider.start(1)
            return decider[1], (start, start + len(decider[1]))
        label = label_of(words)
        if label is not None and label.part not in ("presenter", "contact", "attachments", "pointer"):
            break
        if len(words) > 120 or (words.rstrip().endswith((".", ":")) and "kokous" not in words.casefold()):
            continue
        match = _body_at(words)
        if match and match["body"][0].isupper():
            start = line.start + match.start("body")
            return match["body"], (start, start + len(match["body"]))
    return None, None


def _body_at(words: str) -> re.Match[str] | None:
    """The body that a line of the head names."""
    if not _BODY_LINE.may_be_in(words):
        return None
    return _BODY_LINE.pattern.match(words) or _BODY_DATED.search(words)


def _first(pattern: Sought, head: str) -> str | None:
    for line in head.split("\n") if pattern.may_be_in(head) else ():
        match = pattern.search(line)
        if match:
            return match[1].strip()
    return None


def header(
    bulletin: Bulletin, lines: Sequence[Line], kind: DocumentKind, rows: Sequence[tuple[int, HeaderRow]]
) -> Header:
    """All that the bulletin says of itself.

    Args:
        kind: in news the meeting's day may stand in any sentence; an office holder meets nobody.
        rows: the handlings that the page's head names.
    """
    prose = kind in (DocumentKind.RELEASE, DocumentKind.PREVIEW)
    news = prose or kind is DocumentKind.BULLETIN
    head = Head.of(bulletin, lines, rows)
    name, span = (None, None) if prose and fact(bulletin, "body") is None else body(head)
    return Header(
        title=head.title,
        municipality=municipality(bulletin, lines),
        body=name,
        body_span=span,
        meeting_date=meeting_date(head, prose=prose) if kind is not DocumentKind.OFFICER else None,
        meeting_number=fact(bulletin, "meeting_number") or _first(_NUMBER, head.words),
        meeting_place=fact(bulletin, "meeting_place") or _first(_PLACE, head.words),
        published=published(bulletin, lines, prose=news),
        officer=fact(bulletin, "officer"),
    )
