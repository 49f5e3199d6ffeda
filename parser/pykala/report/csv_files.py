"""The report's figures as CSV files (RFC 4180, UTF-8), and every sum behind them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from pykala.emit.files import whole_file
from pykala.record import decimal_string
from pykala.report.gathered import Gathered
from pykala.report.totals import COLUMNS, By, span, totals

Cell = str | int | Decimal | None
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_SUMS: Final = (
    "uri", "bulletin", "publisher", "decided", "body", "case_number", "section", "decision", "decision_type",
    "amount", "rule", "role", "value", "value_max", "currency", "per", "qualifier", "counts", "why_not", "recipients",
    "fund", "years", "text",
)  # fmt: skip


def write(gathered: Gathered, folder: Path) -> tuple[Path, ...]:
    """Write every file into a folder, which is made where it is not there.

    Returns:
        The files: ``recipients.csv``, ``bodies.csv``, ``funds.csv``, ``years-decided.csv``, ``years-for.csv``,
        ``decisions.csv`` and ``sums.csv``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, rows in files(gathered):
        path = folder / f"{name}.csv"
        with whole_file(path) as stream:
            stream.write(as_csv(rows).encode())
        written.append(path)
    return tuple(written)


def files(gathered: Gathered) -> Iterator[tuple[str, Iterable[Sequence[Cell]]]]:
    """The name of each file with its rows, the first of which are its columns."""
    for by in By:
        yield by.value, _totals(gathered, by)
    yield "decisions", _decisions(gathered)
    yield "sums", _sums(gathered)


def as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV, in which no spreadsheet takes a word for a formula."""
    stream = io.StringIO()
    csv.writer(stream).writerows([_cell(cell) for cell in row] for row in rows)
    return stream.getvalue()


def _cell(cell: Cell) -> str | int:
    if isinstance(cell, Decimal):
        return decimal_string(cell)
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


def _totals(gathered: Gathered, by: By) -> Iterator[Sequence[Cell]]:
    yield (*COLUMNS[by], "currency", "total", "sums", "inexact")
    for one in totals(gathered.sums, by):
        yield (*one.label, one.currency, one.total, one.sums, one.inexact)


def _decisions(gathered: Gathered) -> Iterator[Sequence[Cell]]:
    yield ("day", "type", "decisions")
    for (act, day), number in sorted(gathered.decisions.items(), key=lambda item: (item[0][1] or "", item[0][0])):
        yield (day, act, number)


def _sums(gathered: Gathered) -> Iterator[Sequence[Cell]]:
    yield _SUMS
    for one in gathered.sums:
        s = one.sum
        yield (
            s.uri, s.bulletin, s.publisher, s.decided, s.body, s.case_number, s.section, s.decision, s.act,
            s.id, s.rule, s.role, s.value, s.value_max, s.currency, s.per, s.qualifier, one.counts, one.why,
            "; ".join(s.recipients), s.fund, ", ".join(map(span, s.years)), s.quote.words,
        )  # fmt: skip
