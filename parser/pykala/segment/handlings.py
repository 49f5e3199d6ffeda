"""Header rows that name each handling of a matter, oldest first: *Kaupunginvaltuusto § 41 16.06.2014*.

In a text dump their cells may be glued together: *Kaupunginhallitus14128.03.202215*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pykala.model import Value
from pykala.segment.labels import iso_day
from pykala.sentences import Line

_CELLS = re.compile(
    r"([A-ZÅÄÖ][A-Za-zÅÄÖåäö ,-]{4,80}?)\t+(?:§[ \u00a0]*)?(\d{1,4})(?:[ \u00a0]*§)?\t+(\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)(?:\t.*)?"
)
# Body, section, day with leading zeros, number of the matter on the agenda.
_ROW = re.compile(r"([A-ZÅÄÖ][A-Za-zÅÄÖåäö ,-]{4,80}?)(\d{1,4})(\d{2}\.\d{2}\.(?:19|20)\d\d)\d{0,3}")
# The day that every such row holds, looked for first, because most pages hold no row.
# Only full stops are stopped at: what stands before the year is looked at behind it.
_BEFORE_YEAR = (r"\d\d\d\.\d\d", r"\t\d\.\d", r"\t\d\.\d\d", r"\t\d\d\.\d", r"\t\d\d\.\d\d")
_DAY = re.compile(rf"\.(?:19|20)\d\d(?:{'|'.join(f'(?<={day}.....)' for day in _BEFORE_YEAR)})")
#: In how many lines from its top a matter says what its own handling, section and case number are.
HEAD = 40


class HeaderRow(Value):
    """What such a row says, with the places of the body and the section."""

    body: tuple[int, int]
    section: tuple[int, int]
    date: str | None


def has_year(text: str, line: Line) -> bool:
    """Whether a line may hold a day: looked at first, because most lines do not."""
    return text.find("20", line.start, line.end) >= 0 or text.find("19", line.start, line.end) >= 0


def header_row(text: str, line: Line) -> HeaderRow | None:
    """The row that a line is.

    >>> from pykala.model import BlockKind
    >>> row = "Kaupunginhallitus14128.03.202215"
    >>> header_row(row, Line(0, len(row), 0, BlockKind.PARAGRAPH, 0, (), True))
    HeaderRow(body=(0, 17), section=(17, 20), date='2022-03-28')
    """
    if not line.end - line.start or not text[line.start].isupper() or not has_year(text, line):
        return None
    match = _ROW.fullmatch(text, line.start, line.end) or _CELLS.fullmatch(text, line.start, line.end)
    return HeaderRow(match.span(1), match.span(2), iso_day(match[3])) if match else None


def header_rows(text: str, lines: Sequence[Line]) -> tuple[tuple[int, HeaderRow], ...]:
    """The rows of a page's head, oldest first, each with the index of its line."""
    head = lines[:HEAD]
    if not head or _DAY.search(text, head[0].start, head[-1].end) is None:
        return ()
    return tuple((index, row) for index, line in enumerate(head) if (row := header_row(text, line)) is not None)
