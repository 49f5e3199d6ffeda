"""Time as the client sees it, so that waiting can be shown without waiting."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time and lets it pass."""

    def now(self) -> float:
        """Seconds since some moment; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""
        ...

    def date(self) -> datetime:
        """The day and time of day, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds of the monotonic clock."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def date(self) -> datetime:
        """The day and time of day, in UTC."""
        return datetime.now(UTC)


class Deadline:
    """The moment at which an answer has to be whole.

    Args:
        seconds: how long it may take from now on.
        idle: the longest time without a single byte.
    """

    def __init__(self, clock: Clock, seconds: float, idle: float) -> None:
        self._clock = clock
        self._end = clock.now() + seconds
        self._idle = idle

    def passed(self) -> bool:
        """Whether the time is up."""
        return self._clock.now() >= self._end

    def patience(self) -> float:
        """How long the next step may block, in seconds; above zero, since zero would mean not to block at all."""
        return max(min(self._idle, self._end - self._clock.now()), 0.001)
