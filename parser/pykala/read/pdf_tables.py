"""Rows of a PDF page that stand in columns of figures → tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pykala.model import Origin
from pykala.read.draft import Draft
from pykala.read.pdf_rows import Row
from pykala.read.pdf_segments import Segment
from pykala.read.tables import grid

_FIGURE: Final = re.compile(
    r"[-–−+]?\s?\d{1,3}(?:[ \u00a0\u2009\u202f.,]?\d{1,3})*(?:\s?(?:€|%|e|euroa|M€|milj\. ?€|k€))?\Z|[-–−]\Z"
)
_DATE: Final = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4})?\Z")


def is_figure(text: str) -> bool:
    """Whether a cell holds nothing but a number.

    >>> is_figure("12 500,00 €"), is_figure("-"), is_figure("20.2.2017")
    (True, True, False)
    """
    return len(text) < 30 and _FIGURE.match(text) is not None and not _DATE.match(text)


def table_at(rows: Sequence[Row], start: int, leading: float) -> tuple[list[Row], int]:
    """The rows of the table that begins at ``start`` and the index after it; no rows where there is none."""
    at = start
    while at < len(rows) and _follows(rows, start, at, leading) and _is_tabular(rows, start, at):
        at += 1
    while at > start and len(rows[at - 1].segments) < 2:
        at -= 1
    taken = list(rows[start:at])
    figures = sum(any(is_figure(s.text) and s.text[-1] not in "-–−" for s in row.segments[1:]) for row in taken)
    if len(taken) < 2 or figures < max(2, len(taken) * 0.5):
        return [], start
    return (taken, at) if len(_columns(taken)) >= 2 else ([], start)


def _follows(rows: Sequence[Row], start: int, at: int, leading: float) -> bool:
    if at == start:
        return True
    return rows[at].page == rows[at - 1].page and rows[at - 1].top - rows[at].top < leading * 2.6


def _is_tabular(rows: Sequence[Row], start: int, at: int) -> bool:
    row = rows[at]
    if len(row.segments) >= 2:
        return at == start or any(is_figure(s.text) for s in row.segments[1:]) or len(row.segments) >= 3
    before = rows[at - 1] if at > start else None
    wraps = before is not None and len(row.text) < 60 and any(_overlap(row.segments[0], s) for s in before.segments)
    return wraps and at + 1 < len(rows) and len(rows[at + 1].segments) >= 2


def _overlap(a: Segment, b: Segment) -> bool:
    return a.left < b.right and b.left < a.right


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Stretches of the page's width that the cells of one column share."""
    columns: list[tuple[float, float]] = []
    spans = sorted((s.left, s.right) for row in rows if len(row.segments) > 1 for s in row.segments)
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def draft_of(rows: Sequence[Row]) -> Draft:
    """The table that the rows make, its cells sorted into columns; wrapped lines go to the row above."""
    columns = _columns(rows)
    texts: list[list[str]] = []
    for row in rows:
        cells = [""] * len(columns)
        for segment in row.segments:
            at = _column_of(segment, columns)
            cells[at] = f"{cells[at]} {segment.text}".strip()
        if len(row.segments) == 1 and texts and not is_figure(row.text):
            at = _column_of(row.segments[0], columns)
            texts[-1][at] = f"{texts[-1][at]}\n{cells[at]}".strip()
        else:
            texts.append(cells)
    return grid(texts, origin=Origin(page=rows[0].page, box=box(rows)))


def _column_of(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    shared = [min(segment.right, right) - max(segment.left, left) for left, right in columns]
    return max(range(len(columns)), key=lambda at: shared[at])


def box(rows: Sequence[Row]) -> tuple[float, float, float, float]:
    """The box around rows of one page: left, bottom, right, top."""
    return (
        round(min(row.left for row in rows), 1),
        round(min(row.bottom for row in rows), 1),
        round(max(row.right for row in rows), 1),
        round(max(row.top for row in rows), 1),
    )
