"""Cells of tables that are money by their table, their column or their row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pykala.extract import money_heads, per
from pykala.extract.money import PLAIN_EUROS, Sum, Unit
from pykala.extract.numerals import SPACE, Numeral
from pykala.model import Cell, Mention, Table, Value

_NUMBER_CELL = re.compile(rf"\s*(?P<sign>[-–—−+]{SPACE}?)?$")
_FOOT = re.compile(r"\s*(?:\*{1,3}|[¹²³]|\d\))?\s*")
_BRACKET = re.compile(r"[(,]\s?([^(),]{0,24}(?:€|euro|eur)[^(),]{0,6})\)?:?\s*$", re.IGNORECASE)
_IN_MULTIPLES = re.compile(r"\b((?:tuhansi|miljooni)n?a\seuroi?n?j?a|(?:tuhansia|miljoonia)\seuroja)", re.IGNORECASE)
#: A single word of at most so many characters above a table is its whole caption.
_TITLE = 40


class _Column(Value):
    """What a column's head says: its unit, whether it is money, for what its sums are."""

    unit: Unit | None
    money: bool | None
    per: Mention | None


def find(text: str, tables: Sequence[Table], numerals: Sequence[Numeral]) -> Iterator[Sum]:
    """Sums in the cells of tables.

    Args:
        text: the document's text.
        tables: its tables.
        numerals: the numbers that belong to no sum yet, in order.
    """
    for table in tables:
        inside = {n.start: n for n in numerals if table.start <= n.start < table.end}
        if inside:
            yield from _of_table(text, table, inside)


def _of_table(text: str, table: Table, numerals: Mapping[int, Numeral]) -> Iterator[Sum]:
    heads = _head_rows(text, table, numerals)
    columns = _columns(text, table.rows[:heads])
    whole = _table_unit(text, table, heads)
    caption = _caption(text, table)
    spoken = whole is not None or money_heads.captions_money(caption)
    for row in table.rows[heads:]:
        label = " ".join(text[c.start : c.end] for c in row[:1])
        named = money_heads.unit_of(label) if not _number_of(text, row[0], numerals) else None
        if named is None and money_heads.counts(label):
            continue
        for cell in row:
            numeral = _number_of(text, cell, numerals)
            column = columns.get(cell.column, _Column(None, None, None))
            unit = _unit_of(cell, column, named, whole, spoken=spoken)
            if numeral is not None and unit is not None:
                yield _sum(text, cell, numeral, unit, column.per)


def _unit_of(cell: Cell, column: _Column, row: Unit | None, whole: Unit | None, *, spoken: bool) -> Unit | None:
    if column.unit is not None:
        return column.unit
    if column.money is False:
        return None
    if row is not None and cell.column > 0:
        return row
    if cell.column == 0:
        return None
    if whole is not None:
        return whole
    return PLAIN_EUROS if spoken and column.money else None


def _sum(text: str, cell: Cell, numeral: Numeral, unit: Unit, said: Mention | None) -> Sum:
    sign = _NUMBER_CELL.match(text[cell.start : numeral.start])
    minus = bool(sign and sign["sign"] and sign["sign"][0] != "+")
    start = cell.start + sign.start("sign") if minus and sign else numeral.start
    value = numeral.value * unit.factor
    return Sum(start, numeral.end, -value if minus else value, unit.rule, unit.currency or "EUR", bare=True, per=said)


def _number_of(text: str, cell: Cell, numerals: Mapping[int, Numeral]) -> Numeral | None:
    """The number that a cell consists of, a sign and a footnote mark apart."""
    content = text[cell.start : cell.end]
    first = re.search(r"\d", content)
    if first is None:
        return None
    numeral = numerals.get(cell.start + first.start())
    if numeral is None or not numeral.sound or not _NUMBER_CELL.match(content[: first.start()]):
        return None
    return numeral if _FOOT.fullmatch(text, numeral.end, cell.end) else None


def _head_rows(text: str, table: Table, numerals: Mapping[int, Numeral]) -> int:
    """How many rows at the top are heads: those marked so, else those without a number that is no year."""
    for index, row in enumerate(table.rows[:4]):
        if row and all(c.header or c.start == c.end for c in row) and any(c.header for c in row):
            continue
        found = [n for c in row if (n := _number_of(text, c, numerals)) is not None]
        if any(not n.yearlike for n in found) or (found and index == 0 and len(row) == 2):
            return index
        if index and not found:
            return index
    return min(1, len(table.rows))


def _columns(text: str, heads: Sequence[Sequence[Cell]]) -> dict[int, _Column]:
    words: dict[int, str] = {}
    for row in heads:
        for cell in row:
            words[cell.column] = f"{words.get(cell.column, '')} {text[cell.start : cell.end]}".strip()
    return {index: _column(index, head) for index, head in words.items()}


def _column(index: int, head: str) -> _Column:
    unit = money_heads.unit_of(head) if index else None
    kind = True if unit else money_heads.is_money(head + " ")
    if index and unit is None and re.fullmatch(r"(?:[A-Za-zåäö]{1,12}\s?)?(?:19|20)\d\d(?:[-–]\d{2,4})?", head.strip()):
        kind = True if kind is None else kind
    said = per.after(head, unit.end) if unit else None
    return _Column(unit, kind, said)


def _table_unit(text: str, table: Table, heads: int) -> Unit | None:
    """The unit in the table's corner or at the end of its caption."""
    corner = table.rows[0][0] if table.rows and table.rows[0] else None
    if corner is not None and heads:
        unit = money_heads.unit_of(text[corner.start : corner.end])
        if unit is not None:
            return unit
    caption = _caption(text, table)
    bracket = _BRACKET.search(caption[-90:]) or _IN_MULTIPLES.search(caption)
    return money_heads.unit_of(bracket[1]) if bracket else None


def _caption(text: str, table: Table) -> str:
    """The last lines before a table."""
    before = text[max(0, table.start - 320) : table.start].rstrip().split("\n")
    titled = before[-1] and len(before[-1]) <= _TITLE and before[-1][-1].isalpha() and " " not in before[-1].strip()
    return before[-1] if titled else "\n".join(before[-3:])
