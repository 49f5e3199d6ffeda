"""What one source gave in one run, counted as it comes."""

from __future__ import annotations

from dataclasses import dataclass, field
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
