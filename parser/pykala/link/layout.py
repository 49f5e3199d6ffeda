"""Where things stand in a document: sentences, blocks, rows of lists and tables; looked up by position."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from pykala.model import Block, BlockKind, Cell, Document, DocumentKind, Item, Mention, Part, PartKind, Table, Value
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

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

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
        return next((p for p in parts if p.start <= position < p.end), Part(PartKind.BODY, position, position))

    def section_start(self, position: int) -> int | None:
        """Where the heading above a position stands, within its matter; None where it has no headings."""
        parts = self.item(position).parts if self.document.items else ()
        heads = [p.start for p in parts if p.kind in HEADS and p.start <= position]
        return heads[-1] if heads else None

    def row(self, position: int) -> Row | None:
        """The list or table row that holds a position, None in running text."""
        index = bisect_right(self._table_starts, position) - 1
        if index >= 0 and position < self.document.bulletin.tables[index].end:
            return self._table_row(self.document.bulletin.tables[index], position)
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
        for at in range(index, max(-1, index - _LEAD_REACH), -1):
            s, e = self.document.sentences[at]
            block = self.block(s)
            if block is not None and block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE):
                continue
            if not self._looks_like_row(s, e):
                return s, e
        return None

    def _table_row(self, table: Table, position: int) -> Row:
        lead = self._lead(table.start)
        for number, row in enumerate(table.rows):
            cell = next((c for c in row if c.start <= position < c.end), None)
            if cell is not None:
                filled = [(c.start, c.end) for c in row if c.end > c.start]
                first = next((s for s in filled if _has_words(self.text[s[0] : s[1]])), None)
                heads = tuple(h for c in row if (h := self._column_head(table, number, c)) is not None)
                return Row(filled[0][0], filled[-1][1], lead, self._column_head(table, number, cell), first, heads)
        return Row(position, position + 1, lead)

    def _column_head(self, table: Table, number: int, cell: Cell) -> Span | None:
        """The topmost filled cell of the column, if it is above and is no sum."""
        for other in (c for row in table.rows[:number] for c in row if c.column == cell.column and c.end > c.start):
            words = self.text[other.start : other.end].strip()
            if (
                other.header
                or _has_words(words)
                or re.fullmatch(r"(?:19|20)\d\d(?:,?[ \u00a0]*(?:€|e|eur|euroa?))?|€|e", words)
            ):
                return other.start, other.end
            return None
        return None


def _has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{3,}", text) is not None


M = TypeVar("M", bound=Mention)


def starting_in(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """The mentions that begin in a span, of a sequence in order of ``start``."""
    return mentions[bisect_left(mentions, start, key=_start) : bisect_left(mentions, end, key=_start)]


def _start(mention: Mention) -> int:
    return mention.start
