"""HTML tables: which of them hold data, and which only lay out a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pykala.model import Origin, Value
from pykala.read import shape, typeset
from pykala.read.draft import Draft
from pykala.read.markup import Element, text_of
from pykala.read.tables import grid

_LONGEST_CELL: Final = 320  # characters; a longer one is prose that a table only places
_WIDEST_SPAN: Final = 40
_MOST_ROWS: Final = 20_000
_BULLETS: Final = frozenset("-–—•*·o●▪")


class _Cell(Value):
    node: Element
    text: str
    span: int
    rows: int
    header: bool


@dataclass(slots=True)
class Found:
    """Rows that stand together as a table of data."""

    rows: list[list[_Cell]]


@dataclass(slots=True)
class Plan:
    """What to do at which element, decided once for each table.

    Attributes:
        tables: elements at which a table of data is put out.
        done: elements whose content has been put out.
        labels: cells that are headings of what stands beside them.
    """

    tables: dict[Element, Found] = field(default_factory=dict)
    done: set[Element] = field(default_factory=set)
    labels: set[Element] = field(default_factory=set)

    def lay(self, table: Element) -> None:
        """Decide on a table: data as a whole, or a layout whose rows are decided on one by one."""
        rows = [(row, _cells(row)) for row in _rows(table)]
        filled = [(row, cells) for row, cells in rows if any(cell.text for cell in cells)]
        gridded = [_is_grid(cells) for _, cells in filled]
        if not any(gridded):
            self._label(filled)
            return
        loose = [cells for (_, cells), is_grid in zip(filled, gridded, strict=True) if not is_grid]
        if all(_is_caption(cells) for cells in loose) and len(loose) <= sum(gridded):
            self.tables[table] = Found([cells for _, cells in filled])
            return
        self._split(filled, gridded)

    def _split(self, filled: Sequence[tuple[Element, list[_Cell]]], gridded: Sequence[bool]) -> None:
        found: Found | None = None
        for (row, cells), is_grid in zip(filled, gridded, strict=True):
            if not is_grid:
                found = None
            elif found is None:
                found = self.tables[row] = Found([cells])
            else:
                found.rows.append(cells)
                self.done.add(row)
        self._label([pair for pair, is_grid in zip(filled, gridded, strict=True) if not is_grid])

    def _label(self, rows: Sequence[tuple[Element, list[_Cell]]]) -> None:
        for _, cells in rows:
            full = [cell for cell in cells if cell.text]
            if len(full) >= 2 and shape.is_label(full[0].text):
                self.labels.add(full[0].node)


def draft_of(found: Found, marks: tuple[str, ...], path: str) -> Draft:
    """The table as a draft; columns that are empty all the way down go."""
    rows = list(_placed(found.rows))
    filled = sorted({column for row in rows for column, cell in row.items() if cell.text})
    texts: list[list[str]] = []
    headers: set[tuple[int, int]] = set()
    for index, row in enumerate(rows):
        last = max(row, default=-1)
        kept = [column for column in filled if column <= last]
        headers.update((index, at) for at, column in enumerate(kept) if column in row and _heads(row[column], index))
        texts.append([row[column].text if column in row else "" for column in kept])
    return grid(texts, headers=headers, marks=marks, origin=Origin(path=path))


def _heads(cell: _Cell, row: int) -> bool:
    """Whether the cell heads its row or column: by its tag, or in the first row by being bold throughout."""
    if cell.header or row:
        return cell.header
    bold = next(cell.node.iter("b", "strong"), None)
    return bold is not None and bool(cell.text) and typeset.lines(typeset.characters(text_of(bold))) == cell.text


def _placed(rows: Sequence[Sequence[_Cell]]) -> Iterator[dict[int, _Cell]]:
    """The cells of each row by column, with regard to cells that span columns or rows."""
    taken: dict[int, int] = {}  # column → rows that a cell from above still covers
    for cells in rows:
        row: dict[int, _Cell] = {}
        below: dict[int, int] = {column: left - 1 for column, left in taken.items() if left > 1}
        column = 0
        for cell in cells:
            while column in taken:
                column += 1
            row[column] = cell
            if cell.rows > 1:
                below.update(dict.fromkeys(range(column, column + cell.span), cell.rows - 1))
            column += cell.span
        taken = below
        yield row


def _rows(table: Element) -> Iterator[Element]:
    count = 0
    for child in table.iterchildren("tr", "tbody", "thead", "tfoot"):
        for row in (child,) if child.tag == "tr" else child.iterchildren("tr"):
            count += 1
            if count > _MOST_ROWS:
                return
            yield row


def _cells(row: Element) -> list[_Cell]:
    return [_cell(node) for node in row.iterchildren("td", "th")]


def _cell(node: Element) -> _Cell:
    if next(node.iter("table"), None) is not None:
        return _Cell(node, "\n" * 9, 1, 1, header=False)
    text = typeset.lines(typeset.characters(text_of(node)))
    return _Cell(node, text, _span(node, "colspan"), _span(node, "rowspan"), node.tag == "th")


def _span(node: Element, name: str) -> int:
    said = node.get(name)
    return min(max(int(said), 1), _WIDEST_SPAN) if said and said.isdecimal() and len(said) < 9 else 1


def _is_grid(cells: Sequence[_Cell]) -> bool:
    """Whether the row holds data: two cells or more with something in them, none of them prose."""
    full = [cell.text for cell in cells if cell.text]
    if len(full) < 2 or full[0] in _BULLETS or any(_is_long(text) for text in full):
        return False
    return not (len(full) == 2 and shape.is_label(full[0]) and full[1][-1] in ".:;")


def _is_long(text: str) -> bool:
    return len(text) > _LONGEST_CELL or text.count("\n") > 5


def _is_caption(cells: Sequence[_Cell]) -> bool:
    full = [cell.text for cell in cells if cell.text]
    return len(full) == 1 and not _is_long(full[0])
