"""Parses bulletins, shows their decisions as a table, and says where the JSON went."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from pykala.batch.inputs import Input, WrongInput, collect
from pykala.batch.run import outcomes
from pykala.emit.encoded import Encoded
from pykala.emit.failures import one_line
from pykala.emit.files import write_failures
from pykala.emit.rows import decision_rows
from pykala.emit.sinks import open_sink
from pykala.explain.marks import plain
from pykala.record import AmountRow, DecisionRow, Failure, Record

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out"
DECISIONS_SHOWN = 25
SUMS_SHOWN = 4


def main(arguments: Sequence[str]) -> int:
    """Parse the files named, or the corpus; the exit code says whether all of them gave a record."""
    console = Console(width=None if sys.stdout.isatty() else 140)
    if not arguments:
        os.chdir(ROOT)
        arguments = ["corpus"]
    try:
        documents = collect(arguments)
    except WrongInput as error:
        console.print(f"{error}", markup=False, style="red")
        return 2
    records, failures = parse_all(documents, console)
    show(records, console, everything=len(documents) <= 5)
    for failure in failures:
        console.print(one_line(failure), style="red", markup=False, soft_wrap=True)
    tell(records, failures, console)
    return 1 if failures else 0


def parse_all(documents: Sequence[Input], console: Console) -> tuple[list[Record], list[Failure]]:
    """Every record, written to OUT by bulletin and by decision, and every failure."""
    records: list[Record] = []
    failures: list[Failure] = []
    bulletins, decisions = str(OUT / "bulletins.jsonl"), str(OUT / "decisions.jsonl")
    with open_sink(bulletins, unit="bulletin") as whole, open_sink(decisions, unit="decision") as rows:
        steps = track(outcomes(documents), "Parsing", len(documents), console=console, transient=True)
        for outcome in steps if console.is_terminal else outcomes(documents):
            if isinstance(outcome.result, Failure):
                failures.append(outcome.result)
                continue
            records.append(outcome.result)
            for target in (whole, rows):
                target.write(outcome.input.name, Encoded.of(outcome.result))
    write_failures(bulletins, failures)
    return records, failures


def show(records: Sequence[Record], console: Console, *, everything: bool) -> None:
    """The decisions as a table; of a long run, the first that grant money."""
    rows = [row for record in records for row in decision_rows(record)]
    shown = rows if everything else [row for row in rows if row.type == "granted" and row.amounts][:DECISIONS_SHOWN]
    title = "Decisions" if everything else f"Of {len(rows)} decisions, the first {len(shown)} that grant money"
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for heading in ("bulletin", "decided by", "act"):
        table.add_column(heading, max_width=34)
    table.add_column("sum", justify="right", no_wrap=True)
    for heading in ("role", "to", "years"):
        table.add_column(heading, max_width=34)
    for row in shown:
        for line in lines_of(row, SUMS_SHOWN if not everything else len(row.amounts)):
            table.add_row(*(Text(plain(cell)) for cell in line))
        table.add_section()
    console.print(table)


def lines_of(row: DecisionRow, most: int) -> Iterator[tuple[str, ...]]:
    """One decision's lines of the table: a line for each of its sums, or one without."""
    act = row.type + (f", {row.outcome.replace('_', ' ')}" if row.outcome else "")
    head = (Path(row.uri).name, row.decision_maker or row.officer or "", act)
    if not row.amounts:
        yield (*head, "", "", "", in_words(row.years))
    for amount in row.amounts[:most]:
        fund = f" (from {amount.fund})" if amount.fund else ""
        to = ", ".join(amount.recipients) + fund
        yield (*head, sum_in_words(amount), amount.role, to, in_words(amount.years or row.years))
        head = ("", "", "")
    if len(row.amounts) > most:
        yield (*head, f"and {len(row.amounts) - most} more", "", "", "")


def sum_in_words(amount: AmountRow) -> str:
    """A sum with its unit, thousands apart."""
    value = f"{Decimal(amount.value):,}".replace(",", "\u00a0")
    return f"{value} {amount.currency}" + (f"/{amount.per}" if amount.per else "")


def in_words(years: Sequence[tuple[int, int]]) -> str:
    """Years and spans of years."""
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in years)


def tell(records: Sequence[Record], failures: Sequence[Failure], console: Console) -> None:
    """What was read in all, and where it is."""
    counts = Counter[str]()
    for record in records:
        for field in ("decisions", "amounts", "years", "dates", "institutions"):
            counts[field] += len(getattr(record, field))
    read = ", ".join(f"{field} {count}" for field, count in counts.items())
    console.print(f"\n[bold]Bulletins {len(records)}, failures {len(failures)}[/bold]; {read}", highlight=False)
    shown = Path(os.path.relpath(OUT))
    console.print(f"One bulletin a line: [bold]{shown / 'bulletins.jsonl'}[/bold]", highlight=False)
    console.print(f"One decision a line: [bold]{shown / 'decisions.jsonl'}[/bold]", highlight=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
