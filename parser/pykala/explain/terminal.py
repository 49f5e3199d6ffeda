"""The explained text in a terminal: coloured, numbered, with a table of what each number means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pykala.explain.marks import Explained, Kind, Mark, marks, paragraphs, pieces, plain
from pykala.record import Record

STYLES: Final = {
    Kind.DECISION: "bold white on dark_magenta",
    Kind.AMOUNT: "bold black on green3",
    Kind.YEARS: "black on gold1",
    Kind.DATE: "black on orange1",
    Kind.INSTITUTION: "black on sky_blue1",
    Kind.REJECTED: "strike dim",
}
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def show(analysis: Explained, console: Console | None = None) -> None:
    """Print the text with its marks, then what each mark says.

    Args:
        analysis: a record with the findings behind it.
        console: where to; the standard output unless told.
    """
    console = console or Console(highlight=False)
    record = analysis.record
    marked = marks(record, analysis.findings.rejected)
    console.print(_legend(marked), soft_wrap=True)
    console.print()
    text, brackets = plain(record.text), console.color_system is None
    for start, end, active in paragraphs(text, marked):
        shown = _paragraph((start, end), text, active, record, brackets=brackets)
        console.print(shown, soft_wrap=not console.is_terminal)
        console.print()
    for kind, title in (
        (Kind.DECISION, "Decisions"),
        (Kind.AMOUNT, "Sums"),
        (Kind.YEARS, "Years"),
        (Kind.DATE, "Dates"),
        (Kind.INSTITUTION, "Institutions"),
        (Kind.REJECTED, "Read as no value"),
    ):
        _list(console, title, [mark for mark in marked if mark.kind is kind], record.text)
    for warning in record.warnings:
        console.print(
            Text.assemble(("warning ", "yellow"), f"{warning.code}: ", plain(warning.message)), soft_wrap=True
        )


def _legend(marked: Iterable[Mark]) -> Text:
    counts = dict.fromkeys(Kind, 0)
    for mark in marked:
        counts[mark.kind] += 1
    legend = Text()
    for kind, count in counts.items():
        legend.append(f" {kind.value} ", STYLES[kind]).append(f" {count}   ")
    return legend


def _paragraph(span: tuple[int, int], text: str, marked: list[Mark], record: Record, *, brackets: bool) -> Text:
    shown = Text()
    for piece in pieces(*span, marked, record):
        words = text[piece.start : piece.end]
        style = STYLES[piece.over[0].kind] if piece.over else "underline" if piece.decision else ""
        ending = [mark for mark in piece.over if mark.end == piece.end]
        opening = sum(mark.start == piece.start for mark in piece.over)
        shown.append(f"{'⟦' * opening}{words}{'⟧' * len(ending)}" if brackets else words, style)
        shown.append(" ".join(str(mark.number) for mark in ending).translate(_SUPERSCRIPT), "dim")
    return shown


def _list(console: Console, title: str, rows: list[Mark], text: str) -> None:
    """A table of marks; those of one institution share a row."""
    if not rows:
        return
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
    table.add_column("no.", justify="right", style="dim", max_width=16)
    table.add_column("words", overflow="fold")
    table.add_column("reason" if rows[0].kind is Kind.REJECTED else "value", overflow="fold")
    table.add_column("rule", style="dim", overflow="fold")
    groups: dict[object, list[Mark]] = {}
    for mark in rows:
        groups.setdefault(mark.entry or mark.number, []).append(mark)
    for first, *others in groups.values():
        numbers = ", ".join(str(mark.number) for mark in (first, *others))
        facts = "".join(f"; {label}: {fact}" for label, fact in first.facts)
        words = " ".join(plain(text[first.start : first.end]).split())
        table.add_row(numbers, Text(words), Text(plain(f"{first.value}{facts}")), Text(first.rule))
    console.print(table)
    console.print()
