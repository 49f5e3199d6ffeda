"""Where things stand in a document: sentences, blocks, rows of lists and tables; looked up by position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from pykala.model import Block, BlockKind, Cell, Document, DocumentKind, Item, Mention, Part, PartKind, Table, Value
from pykala.rules.stems import lowered
from pykala.sentences import is_sum_row

Span = tuple[int, int]

HEADS = (PartKind.TITLE, PartKind.SUBHEADING)
#: Kinds that tell their acts in prose, often more than once.
PROSE = (DocumentKind.RELEASE, DocumentKind.PREVIEW, DocumentKind.BULLETIN)
_BULLET = re.compile(r"^(?:[-–—•*·▪]|\d{1,2}[.)]|[a-z]\))\s*\S")
#: How many rows up the sentence that introduces them is looked for.
_LEAD_REACH = 60


class Row(Value):
    """Where a sum stands, if not in running text.

    Attributes:
        lead: the sentence that introduces the list or table, where there is one.
        column: span of the head of the sum's column.
        first: span of the row's first cell that holds words.
        heads: spans of the heads of all columns of the table.
    """

    start: int
    end: int
    lead: Span | None
    column: Span | None = None
    first: Span | None = None
    heads: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Layout:
    """A document with its look-up tables."""

    document: Document

    @cached_property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @cached_property
    def lower(self) -> str:
        """The text in lower case, every offset unchanged."""
        return lowered(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s for s, _ in self.document.sentences]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [b.start for b in self.document.bulletin.blocks]

    @cached_property
    def _table_starts(self) -> list[int]:
        return [t.start for t in self.document.bulletin.tables]

    @cached_property
    def _item_starts(self) -> list[int]:
        return [i.start for i in self.document.items]

    @cached_property
    def _grids(self) -> dict[int, _Grid]:
        """What the rows of a table share, by the table's place among the tables; filled as it is asked for."""
        return {}

    @cached_property
    def _leads(self) -> dict[int, int]:
        """For sentences, the place of the last one up to them that is no row; filled as it is asked for."""
        return {}

    def sentence_index(self, position: int) -> int:
        """Place of the sentence that holds a position, or of the last before it; -1 before all."""
        return bisect_right(self._sentence_starts, position) - 1

    def sentence(self, position: int) -> Span:
        """The sentence or table row that holds a position, or the last before it."""
        index = self.sentence_index(position)
        return self.document.sentences[index] if index >= 0 else (position, position)

    def block(self, position: int) -> Block | None:
        """The block that holds a position, or the last before it."""
        index = bisect_right(self._block_starts, position) - 1
        return self.document.bulletin.blocks[index] if index >= 0 else None

    def item(self, position: int) -> Item:
        """The matter that holds a position, else the last."""
        index = bisect_right(self._item_starts, position) - 1
        return self.document.items[max(index, 0)]

    def part(self, position: int) -> Part:
        """The part that holds a position; between parts, a body of no length."""
        parts = self.item(position).parts if self.document.items else ()
        for part in parts:
            if part.start <= position < part.end:
                return part
        return Part(PartKind.BODY, position, position)

    def section_start(self, position: int) -> int | None:
        """Where the heading above a position stands, within its matter; None where it has no headings."""
        parts = self.item(position).parts if self.document.items else ()
        for part in reversed(parts):
            if part.start <= position and part.kind in HEADS:
                return part.start
        return None

    def row(self, position: int) -> Row | None:
        """The list or table row that holds a position, None in running text."""
        index = bisect_right(self._table_starts, position) - 1
        if index >= 0 and position < self.document.bulletin.tables[index].end:
            return self._table_row(index, position)
        block = self.block(position)
        if block is None:
            return None
        start, end = self.sentence(position)
        if block.kind is BlockKind.LIST_ITEM or self._looks_like_row(start, end):
            return Row(start, end, self._lead(start))
        return None

    def _looks_like_row(self, start: int, end: int) -> bool:
        words = self.text[start:end]
        return _BULLET.match(words) is not None or is_sum_row(words)

    def _lead(self, start: int) -> Span | None:
        """The last sentence above that is no row itself."""
        index = self.sentence_index(start) - 1
        at = self._plain_up_to(index)
        return self.document.sentences[at] if at > max(-1, index - _LEAD_REACH) else None

    def _plain_up_to(self, index: int) -> int:
        """Place of the last sentence up to one that is no row; -1 where there is none."""
        leads, at = self._leads, index
        while at >= 0 and at not in leads and self._is_row(at):
            at -= 1
        found = leads.get(at, at)
        for passed in range(at, index + 1):
            leads[passed] = found
        return found

    def _is_row(self, index: int) -> bool:
        start, end = self.document.sentences[index]
        block = self.block(start)
        if block is not None and block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE):
            return True
        return self._looks_like_row(start, end)

    def _table_row(self, index: int, position: int) -> Row:
        grid = self._grids.get(index)
        if grid is None:
            table = self.document.bulletin.tables[index]
            grid = self._grids[index] = _Grid(table, self._lead(table.start), self.text)
        return grid.row(position)


class _Grid:
    """A table with what its rows and columns say, worked out once for all its sums."""

    def __init__(self, table: Table, lead: Span | None, text: str) -> None:
        self._text = text
        self._lead = lead
        self._rows = [row for row in table.rows if row]
        self._starts = [row[0].start for row in self._rows]
        self._tops = self._topmost()
        self._told: dict[int, tuple[int, int, Span | None, tuple[Span, ...]]] = {}

    def row(self, position: int) -> Row:
        """The row whose cell holds a position, else one without words."""
        number = bisect_right(self._starts, position) - 1
        cells = self._rows[number] if number >= 0 else ()
        cell = next((c for c in cells if c.start <= position < c.end), None)
        if cell is None:
            return Row(position, position + 1, self._lead)
        told = self._told.get(number)
        if told is None:
            told = self._told[number] = self._read(number)
        start, end, first, heads = told
        return Row(start, end, self._lead, self._head(number, cell), first, heads)

    def _read(self, number: int) -> tuple[int, int, Span | None, tuple[Span, ...]]:
        """Where a row begins and ends, its first cell with words, and the heads of its columns."""
        cells = self._rows[number]
        filled = [(c.start, c.end) for c in cells if c.end > c.start]
        first = next((s for s in filled if _has_words(self._text[s[0] : s[1]])), None)
        heads = tuple(h for c in cells if (h := self._head(number, c)) is not None)
        return filled[0][0], filled[-1][1], first, heads

    def _topmost(self) -> dict[int, tuple[int, Span | None]]:
        """The topmost filled cell of each column, None where it is a sum, with the number of its row."""
        tops: dict[int, tuple[int, Span | None]] = {}
        for number, row in enumerate(self._rows):
            for cell in row:
                if cell.end > cell.start and cell.column not in tops:
                    words = self._text[cell.start : cell.end].strip()
                    is_head = cell.header or _has_words(words) or _YEAR_OR_UNIT.fullmatch(words) is not None
                    tops[cell.column] = (number, (cell.start, cell.end) if is_head else None)
        return tops

    def _head(self, number: int, cell: Cell) -> Span | None:
        """The head of a cell's column, if it stands above."""
        above, head = self._tops.get(cell.column, (number, None))
        return head if above < number else None


_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR_OR_UNIT = re.compile(r"(?:19|20)\d\d(?:,?[ \u00a0]*(?:€|e|eur|euroa?))?|€|e")


def _has_words(text: str) -> bool:
    return _WORD.search(text) is not None


M = TypeVar("M", bound=Mention)
#: By what mentions are in order.
START = attrgetter("start")


def starting_in(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """The mentions that begin in a span, of a sequence in order of ``start``."""
    first = bisect_left(mentions, start, key=START)
    return mentions[first : bisect_left(mentions, end, first, key=START)]
