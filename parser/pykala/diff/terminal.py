"""A diff in a terminal: the summary, then each document's changes with their words in context."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.text import Text

from pykala.diff.differences import Differences
from pykala.diff.model import Change, Context, DocumentDiff, Kind, Verdict
from pykala.diff.wording import (
    KINDS,
    Story,
    amount,
    counted,
    kinds_counted,
    produced,
    sign,
    stories,
    subject,
    tally,
    values,
    verdicts_counted,
)
from pykala.explain.marks import plain

_COLOURS: Final = {Kind.ADDED: "green", Kind.REMOVED: "red"}
_VERDICTS: Final = {Verdict.FIXED: "bold green", Verdict.BROKEN: "bold red"}


def show(differences: Differences, console: Console | None = None) -> None:
    """Print a diff.

    Args:
        differences: what differs.
        console: where to; the standard output unless told.
    """
    console = console or Console(highlight=False)
    summary = differences.summary
    _line(console, Text(counted(summary), "bold"))
    if summary.changes:
        _line(console, Text(f"{amount(summary.changes)}: {', '.join(kinds_counted(summary))}"))
    if summary.judged and summary.changes:
        _line(console, Text(f"by gold of {summary.judged} documents: {', '.join(verdicts_counted(summary))}"))
    _line(console, Text(produced(differences.old, differences.new), "dim"))
    for document in differences.documents:
        console.print()
        show_document(document, console)
    if summary.shown < summary.changes:
        _line(console, Text(f"\n… and {summary.changes - summary.shown} more changes", "dim"))


def show_document(document: DocumentDiff, console: Console) -> None:
    """Print the changes of one document."""
    title = f"  {' '.join(plain(document.title).split())}" if document.title else ""
    _line(console, Text.assemble((plain(document.document), "bold underline"), (title, "dim")))
    _line(console, Text(tally(document.changes), "dim"))
    for story in stories(document):
        for line in told(story):
            _line(console, line)


def told(story: Story) -> list[Text]:
    """A change with its words, and a line for each of its consequences."""
    change = story.change
    lines = [Text.assemble("  ", *_change(change))]
    before, after = (side.context if side else None for side in (change.old, change.new))
    lines += [_context(around, mark) for around, mark in _contexts(before, after)]
    lines += [Text.assemble("      ↳ ", *_change(one, cause=False)) for one in story.consequences]
    return lines


def _change(change: Change, *, cause: bool = True) -> list[str | tuple[str, str]]:
    old, new = (" ".join(plain(value).split()) if value is not None else None for value in values(change))
    colour = _COLOURS.get(change.kind, "yellow")
    parts: list[str | tuple[str, str]] = [
        (f"{sign(change)} {KINDS[change.kind]}", colour),
        f" {plain(subject(change))}",
    ]
    if old is None or new is None:
        parts += [": ", (old or new or "", colour)]
    else:
        parts += [": ", (old, "red"), " → ", (new, "green")]
    if change.verdict in _VERDICTS:
        parts += ["  ", (f"[{change.verdict}]", _VERDICTS[change.verdict])]
    return [*parts, (f"  {plain(str(change.cause))}", "dim")] if cause else parts


def _contexts(old: Context | None, new: Context | None) -> list[tuple[Context, str]]:
    """The words to show: once where both sides stand in the same."""
    if old and new and old != new:
        return [(old, "−"), (new, "+")]
    return [(around, " ") for around in (new or old,) if around]


def _context(around: Context, mark: str) -> Text:
    words = (f"⟦{plain(around.words)}⟧", "bold")
    return Text.assemble(f"      {mark} …", plain(around.before), words, plain(around.after), "…", style="dim")


def _line(console: Console, line: Text) -> None:
    console.print(line, soft_wrap=True)
