"""A run's report as a table for a terminal."""

from __future__ import annotations

from typing import Any

from rich.table import Table
from rich.text import Text

_COLUMNS = ("source", "new", "changed", "same", "gone", "failed", "meetings", "§", "gaps", "unread")


def table(said: dict[str, Any]) -> Table:
    """One row a source."""
    shown = Table(box=None, pad_edge=False)
    for name in _COLUMNS:
        shown.add_column(name, justify="left" if name == "source" else "right")
    for one in said["sources"]:
        fates = one["bulletins"]
        gone = fates["absent"] + fates["unlisted"]
        numbers = (fates["new"], fates["changed"], fates["same"], gone, len(one["failures"]), one["meetings"])
        rest = (one["sections"], len(one["gaps"]), len(one["unread"]))
        shown.add_row(Text(one["name"]), *map(str, (*numbers, *rest)))
    return shown
