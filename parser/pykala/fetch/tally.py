"""What one source gave in one run, counted as it comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pykala.fetch.sources import Source

Fate = Literal["new", "changed", "same", "absent", "unlisted", "failed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be had, or a listing that could not be read."""

    address: str
    code: str
    message: str


@dataclass(slots=True)
class Tally:
    """One source in one run.

    Attributes:
        listings: how many listings were read.
        links: bulletins and dated listings that they led to, in the window or not.
        bulletins: what became of each bulletin in the window.
        failures: pages that could not be had, and listings that could not be read.
        left: why the walk was given up, None if it was not.
    """

    source: Source
    listings: int = 0
    links: int = 0
    bulletins: dict[str, Fate] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    left: str | None = None

    def count(self, fate: Fate) -> int:
        """How many bulletins had this fate."""
        return sum(1 for one in self.bulletins.values() if one == fate)


@dataclass(slots=True)
class Listed:
    """What the listings of one source led to in this run.

    Attributes:
        oldest: for each listing the oldest day that it told.
        failed: whether any could not be had or read.
    """

    oldest: dict[str, date | None] = field(default_factory=dict)
    failed: bool = False

    def add(self, listing: str, days: list[date]) -> None:
        """Take a listing with the days of its links."""
        self.oldest[listing] = min(days, default=None)

    def would_show(self, via: str | None, day: date) -> bool:
        """Whether a bulletin of this day would be listed if it still were: a list of the latest ones drops the old."""
        days = [self.oldest[via]] if via in self.oldest else list(self.oldest.values())
        known = [one for one in days if one is not None]
        return not known or day >= min(known)

    def settles(self, via: str | None) -> bool:
        """Whether the listings tell what is no more: the one that led there was read, or all of them were."""
        return bool(self.oldest) and (via in self.oldest or not self.failed)
