"""At most one request at a time to one host, and not one too soon after the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from pykala.errors import Busy
from pykala.fetch.clock import Clock


class Lane:
    """What a host has seen of us so far."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.last: float | None = None
        self.shut_until = float("-inf")


class Turn:
    """The right to send one request to a host."""

    def __init__(self, lane: Lane, clock: Clock) -> None:
        self._lane = lane
        self._clock = clock
        self._answered = False

    def answered(self) -> None:
        """The server has begun to answer, so it has the request: the interval counts from now.

        Counting from the moment of sending would let two requests reach the server closer together, when the first one took
        longer on its way.
        """
        self._lane.last = self._clock.now()
        self._answered = True

    def shut(self, seconds: float) -> None:
        """Send nothing more to the host for so many seconds."""
        self._lane.shut_until = max(self._lane.shut_until, self._clock.now() + seconds)

    def over(self) -> None:
        """The request has come to an end, with an answer or without."""
        if not self._answered:
            self._lane.last = self._clock.now()


class Limiter:
    """Gives out turns, for each host one after the other; hosts do not wait for each other."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, interval: float, longest: float) -> Iterator[Turn]:
        """Wait until a request may be sent to a host.

        Args:
            interval: seconds since the last request to it.
            longest: the longest pause that the server asked for and that is waited out, in seconds.

        Raises:
            Busy: it asked for a longer one.
        """
        lane = self._lane(host)
        with lane.lock:  # while this one is held, nobody else changes the lane
            pause = lane.shut_until - self._clock.now()
            if pause > longest:
                raise Busy(self._clock.date() + timedelta(seconds=pause))
            free = lane.shut_until if lane.last is None else max(lane.shut_until, lane.last + interval)
            while (wait := free - self._clock.now()) > 0:
                self._clock.sleep(wait)
            turn = Turn(lane, self._clock)
            try:
                yield turn
            finally:
                turn.over()

    def _lane(self, host: str) -> Lane:
        with self._lock:
            return self._lanes.setdefault(host, Lane())
