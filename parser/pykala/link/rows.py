"""Rows of lists and tables: the sentence that introduces them, and the head of the column that a sum stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from pykala.model import BlockKind, Cell, Document, Table
from pykala.sentences import is_sum_row


@dataclass(frozen=True, slots=True)
class Row:
    """Where a sum stands, if not in running text.

    Attributes:
        start, end: the row.
        lead: the sentence that introduces the list or table, where there is one.
        column: span of the head of the sum's column.
        first: span of the row's first cell that holds words.
    """

    start: int
    end: int
    lead: tuple[int, int] | None
    column: tuple[int, int] | None = None
    first: tuple[int, int] | None = None


def sentence_at(document: Document, position: int) -> tuple[int, int]:
    """The sentence or table row that holds a position."""
    starts = [s for s, _ in document.sentences]
    index = bisect_right(starts, position) - 1
    return document.sentences[index] if index >= 0 else (position, position)


def row_at(document: Document, position: int) -> Row | None:
    """The list or table row that holds a position, None in running text."""
    for table in document.bulletin.tables:
        if table.start <= position < table.end:
            return _table_row(document, table, position)
    start, end = sentence_at(document, position)
    block = _block(document, position)
    if block is None:
        return None
    words = document.text[start:end]
    listed = block.kind is BlockKind.LIST_ITEM or bool(_BULLET.match(words)) or is_sum_row(words)
    return Row(start, end, _lead(document, start)) if listed else None


_BULLET = re.compile(r"^(?:[-–—•*·▪]|\d{1,2}[.)]|[a-z]\))\s*\S")


def _block(document: Document, position: int):  # type: ignore[no-untyped-def]
    starts = [b.start for b in document.bulletin.blocks]
    index = bisect_right(starts, position) - 1
    return document.bulletin.blocks[index] if index >= 0 else None


def _lead(document: Document, start: int) -> tuple[int, int] | None:
    """The last sentence above that is no row itself, not further up than forty rows."""
    starts = [s for s, _ in document.sentences]
    index = bisect_right(starts, start) - 2
    for at in range(index, max(-1, index - 40), -1):
        s, e = document.sentences[at]
        words = document.text[s:e]
        block = _block(document, s)
        if block is not None and block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE):
            continue
        if _BULLET.match(words) or is_sum_row(words):
            continue
        return s, e
    return None


def _table_row(document: Document, table: Table, position: int) -> Row:
    for number, row in enumerate(table.rows):
        cell = next((c for c in row if c.start <= position < c.end), None)
        if cell is None:
            continue
        spans = [(c.start, c.end) for c in row if c.end > c.start]
        first = next(((c.start, c.end) for c in row if _has_words(document.text[c.start : c.end])), None)
        return Row(
            spans[0][0], spans[-1][1], _lead(document, table.start), _column_head(document, table, number, cell), first
        )
    return Row(position, position + 1, _lead(document, table.start))


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{3,}", text))


def _column_head(document: Document, table: Table, number: int, cell: Cell) -> tuple[int, int] | None:
    """The topmost cell of the column, if it is above and is no sum."""
    for row in table.rows[:number]:
        for other in row:
            if other.column == cell.column and other.end > other.start:
                words = document.text[other.start : other.end]
                if other.header or _has_words(words) or re.fullmatch(r"(?:19|20)\d\d|€|e", words.strip()):
                    return other.start, other.end
                return None
    return None
