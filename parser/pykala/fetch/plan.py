"""What a run is to fetch: sources, and a window of days that is scanned anew each time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from pykala.fetch.sources import Source

_DAYS: Final = re.compile(r"([0-9]{1,5})d")


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both ends included; an end that is None is open.

    >>> Window(date(2025, 5, 1), None).holds(date(2025, 5, 1))
    True
    """

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to fetch."""

    sources: tuple[Source, ...]
    window: Window = Window()

    def told(self) -> dict[str, Any]:
        """The plan as JSON: two runs with the same one are to fetch the same."""
        window = self.window
        return {
            "sources": [{"id": one.id, "name": one.name, "listings": list(one.listings)} for one in self.sources],
            "since": window.since.isoformat() if window.since else None,
            "until": window.until.isoformat() if window.until else None,
        }


def day(words: str, today: date) -> date:
    """A day as the command line gives it: ``2025-05-12``, or ``30d`` for thirty days ago.

    >>> day("30d", date(2025, 5, 31))
    datetime.date(2025, 5, 1)

    Raises:
        ValueError: it is neither.
    """
    ago = _DAYS.fullmatch(words)
    try:
        return today - timedelta(days=int(ago[1])) if ago else date.fromisoformat(words)
    except (ValueError, OverflowError):
        raise ValueError(f"{words!r} is no day: give one as 2025-05-12, or as 30d for thirty days ago") from None
