"""A report in a terminal: the table of fields, breakdowns, and mistakes with their words in context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pykala.evaluate.breakdowns import By
from pykala.evaluate.counts import CORE, CORE_FIELDS, Field
from pykala.evaluate.report import Mistake, Result, Scores, grouped, mistakes, scores
from pykala.explain.marks import plain

BREAKDOWN_FIELDS: Final = (
    Field.DECISIONS,
    Field.DECISION_TYPES,
    Field.DECISION_MAKERS,
    Field.AMOUNTS,
    Field.YEARS,
    Field.DATES,
    Field.INSTITUTIONS,
    Field.FUNDINGS,
)
_WIDTH: Final = 130


def show(results: Sequence[Result], *, by: Sequence[By], mistakes_shown: int, console: Console | None = None) -> None:
    """Print the report.

    Args:
        results: every document's counts and mistakes.
        by: the breakdowns to print.
        mistakes_shown: how many mistakes of each field.
        console: where to; the standard output unless told.
    """
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    of_all = scores(results)
    console.print(f"{of_all.documents} documents, {len(of_all.absent)} without a record")
    console.print(_fields(of_all))
    console.print(f"core: the means over {', '.join(CORE_FIELDS)}", style="dim")
    for one in by:
        console.print()
        console.print(_breakdown(one, grouped(results, one)))
    if mistakes_shown:
        _mistakes(mistakes(results), mistakes_shown, console)


def _fields(of: Scores) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("field")
    for heading in ("prec", "recall", "F1", "/doc", "gold", "found"):
        table.add_column(heading, justify="right")
    for field, one in of.fields.items():
        counts = one.counts
        shares = (counts.precision, counts.recall, one.f1, one.per_document)
        table.add_row(field.value, *(f"{share:.3f}" for share in shares), str(counts.gold), str(counts.found))
    table.add_section()
    table.add_row(CORE, "", "", f"{of.core.f1:.3f}", f"{of.core.per_document:.3f}", style="bold")
    return table


def _breakdown(by: By, groups: Mapping[str, Scores]) -> Table:
    table = Table(
        title=f"By {by.value}, /doc", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column(by.value, overflow="fold")
    for heading in ("documents", CORE, *(field.value.replace("_", " ") for field in BREAKDOWN_FIELDS)):
        table.add_column(heading, justify="right")
    for name, of in groups.items():
        each = (of.core.per_document, *(of.fields[field].per_document for field in BREAKDOWN_FIELDS))
        table.add_row(Text(plain(name)), str(of.documents), *(f"{share:.3f}" for share in each))
    return table


def _mistakes(listed: Mapping[Field, Sequence[Mistake]], most: int, console: Console) -> None:
    for field, some in listed.items():
        if not some:
            continue
        console.print(
            f"\n[bold]{field.value}[/bold]: {len(some)} mistakes" + (f", the first {most}" if len(some) > most else "")
        )
        for mistake in some[:most]:
            console.print(Text.assemble("  ", (plain(mistake.document), "dim"), ": ", *told(mistake)), soft_wrap=True)
            if mistake.context:
                around = mistake.context
                words = (
                    "      …",
                    plain(around.before),
                    (f"⟦{plain(around.words)}⟧", "bold"),
                    plain(around.after),
                    "…",
                )
                console.print(Text.assemble(*words), style="dim", soft_wrap=True)


def told(mistake: Mistake) -> tuple[str | tuple[str, str], ...]:
    """What is wrong, in parts with their styles."""
    gold, found = plain(mistake.gold or ""), plain(mistake.found or "")
    if mistake.found is None:
        return (("missed ", "red"), gold)
    if mistake.gold is None:
        return (("extra ", "yellow"), found)
    return (("wrong ", "magenta"), found, ", not ", gold)
