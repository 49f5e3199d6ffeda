"""Rows of cells → a table draft: cells parted by tabs, rows by line breaks, each with its offsets."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from pykala.model import BlockKind, Origin
from pykala.read import typeset
from pykala.read.draft import Draft, DraftCell

_NOWHERE = Origin()


def grid(
    rows: Sequence[Sequence[str]],
    *,
    headers: Collection[tuple[int, int]] = (),
    marks: tuple[str, ...] = (),
    origin: Origin = _NOWHERE,
) -> Draft:
    r"""A table draft.

    Args:
        rows: texts of the cells; line breaks inside them become spaces.
        headers: (row, column) of the cells that head their column or row.
        marks: names that the markup gives the table.
        origin: where it stands in the source.

    >>> grid([["Hakija", "euroa"], ["Rantakylän nuoret ry", "1 200"]]).text
    'Hakija\teuroa\nRantakylän nuoret ry\t1 200'
    """
    pieces: list[str] = []
    table: list[tuple[DraftCell, ...]] = []
    at = 0
    for index, cells in enumerate(rows):
        row: list[DraftCell] = []
        for column, cell in enumerate(cells):
            gap = "\t" if column else "\n" if index else ""
            words = typeset.wrapped(typeset.lines(cell).split("\n"))
            pieces += (gap, words)
            at += len(gap)
            row.append(DraftCell(at, at + len(words), index, column, (index, column) in headers))
            at += len(words)
        table.append(tuple(row))
    return _trimmed(Draft("".join(pieces), BlockKind.TABLE, marks=marks, origin=origin, cells=tuple(table)))


def _trimmed(draft: Draft) -> Draft:
    """A block never starts or ends with white space: tabs of empty corner cells go, the cells stay, empty."""
    text = draft.text.strip()
    if len(text) == len(draft.text):
        return draft
    shift, size = len(draft.text) - len(draft.text.lstrip()), len(text)
    cells = tuple(
        tuple(
            replace(cell, start=min(max(cell.start - shift, 0), size), end=min(max(cell.end - shift, 0), size))
            for cell in row
        )
        for row in draft.cells
    )
    return replace(draft, text=text, cells=cells)
