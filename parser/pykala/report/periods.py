"""Decisions by type over time: how many of each type in each month, quarter or year, whichever fits the time told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MONTH: Final = 1
QUARTER: Final = 3
YEAR: Final = 12
_MOST_COLUMNS: Final = 24


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts of decisions, a row for each type and a column for each period.

    Attributes:
        periods: ``2025-03``, ``2025 Q1`` or ``2025`` in their order, then None where some decisions have no day.
        rows: types of decisions, the most frequent first, each with a count for each period.
    """

    periods: tuple[str | None, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def timeline(decisions: Mapping[tuple[str, str | None], int]) -> Timeline:
    """Decisions counted by type and period.

    Args:
        decisions: how many of each type on each day (EDTF).

    >>> timeline({("granted", "2025-01-07"): 2, ("granted", "2025-03"): 1, ("noted", None): 1})
    Timeline(periods=('2025-01', '2025-02', '2025-03', None), rows=(('granted', (2, 0, 1, 0)), ('noted', (0, 0, 0, 1))))
    """
    days = {day for _, day in decisions if day}
    months = length_of(days)
    counts: Counter[tuple[str, int | None]] = Counter()
    acts: Counter[str] = Counter()
    for (act, day), number in decisions.items():
        counts[act, _ordinal(day, months) if day else None] += number
        acts[act] += number
    columns: list[int | None] = [*_columns(_ordinal(day, months) for day in days)]
    if any(day is None for _, day in decisions):
        columns.append(None)
    return Timeline(
        tuple(None if column is None else _name(column, months) for column in columns),
        tuple(
            (act, tuple(counts[act, column] for column in columns))
            for act in sorted(acts, key=lambda act: (-acts[act], act))
        ),
    )


def length_of(days: Iterable[str]) -> int:
    """How many months one column holds: as few as leave the columns few and every day in one of them."""
    told = list(days)
    if any(_month(day) is None for day in told):
        return YEAR
    for months in (MONTH, QUARTER):
        ordinals = [_ordinal(day, months) for day in told]
        if not ordinals or max(ordinals) - min(ordinals) < _MOST_COLUMNS:
            return months
    return YEAR


def _month(day: str) -> int | None:
    """The month of an EDTF day, month or interval; None for a year or a season."""
    month = int(day[5:7]) if day[4:5] == "-" else 0
    return month if 1 <= month <= 12 else None


def _ordinal(day: str, months: int) -> int:
    """The number of a day's period since the year 0."""
    return (int(day[:4]) * 12 + (_month(day) or 1) - 1) // months


def _columns(ordinals: Iterable[int]) -> list[int]:
    """Every period from the first to the last; only those told where they lie far apart."""
    told = sorted(set(ordinals))
    if told and told[-1] - told[0] < _MOST_COLUMNS:
        return list(range(told[0], told[-1] + 1))
    return told


def _name(ordinal: int, months: int) -> str:
    year, rest = divmod(ordinal * months, 12)
    if months == MONTH:
        return f"{year}-{rest + 1:02}"
    return f"{year} Q{rest // QUARTER + 1}" if months == QUARTER else str(year)
