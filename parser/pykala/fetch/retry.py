"""Which failures pass by themselves, and how long to wait for it."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_FIRST_PAUSE: Final = 1.0
_FOREVER: Final = 1e9
# The server could not take the request now; 501 and 505 it will not take later either.
_PASSING: Final = frozenset({408, 425, 429}) | frozenset(range(500, 600)) - {501, 505}


def is_passing(status: int) -> bool:
    """Whether an answer of this status may turn into another one if asked again.

    >>> is_passing(503), is_passing(404)
    (True, False)
    """
    return status in _PASSING


def pause(attempt: int, longest: float, chance: random.Random) -> float:
    """How long to wait after a failure, in seconds: twice as long each time, and not all clients alike.

    Args:
        attempt: how many failures there were before.
    """
    return min(_FIRST_PAUSE * 2.0 ** min(attempt, 30) * chance.uniform(0.5, 1.5), longest)


def asked_for(value: str | None, now: datetime) -> float | None:
    """How long a ``Retry-After`` header asks to wait, in seconds; None where it says nothing that can be read.

    >>> asked_for("120", datetime(2025, 3, 1, tzinfo=UTC))
    120.0
    >>> asked_for("Sat, 01 Mar 2025 00:00:30 GMT", datetime(2025, 3, 1, tzinfo=UTC))
    30.0
    """
    value = (value or "").strip()
    if re.fullmatch(r"[0-9]+", value):
        return float(value) if len(value) < 10 else _FOREVER
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max((date - now).total_seconds(), 0.0)
