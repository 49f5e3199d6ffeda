"""What a server's robots.txt allows (RFC 9309)."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from protego import Protego

from pykala.errors import Busy, FetchError, Forbidden
from pykala.fetch.address import Target, redirected
from pykala.fetch.body import decoded
from pykala.fetch.clock import Clock
from pykala.fetch.exchange import Exchange

PATH: Final = "/robots.txt"
#: As much of a robots.txt is read; RFC 9309 asks for 500 KiB at least.
SIZE: Final = 512 * 1024
_MOST_REDIRECTS: Final = 5
_SECONDS_VALID: Final = 24 * 3600.0
_SECONDS_FAILED: Final = 300.0
_AGENT_LINE: Final = re.compile(r"\s*user-?\s?agent\s*[:\s]\s*([^\s#/]*)", re.IGNORECASE)

Ask = Callable[[Target, float], Exchange]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one server allows.

    Attributes:
        parsed: its robots.txt; None where it has none.
        failure: why it could not be had, if so; then nothing is allowed.
        product: the name by which it may speak of us.
    """

    parsed: Protego | None
    failure: FetchError | None
    product: str

    def check(self, target: Target) -> None:
        """Pass if a page may be fetched.

        Raises:
            FetchError: it may not: it is forbidden, or nobody knows whether it is.
        """
        if self.failure is not None:
            raise _anew(self.failure, target)
        if self.parsed is not None and not self.parsed.can_fetch(str(target), self.product):
            raise Forbidden("the server's robots.txt forbids this page", source=str(target))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the server asks for; zero where it does not."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(self.product)
        return max(self.parsed.crawl_delay(self.product) or 0.0, rate.seconds / rate.requests if rate else 0.0)


class Robots:
    """The rules of each server, asked for once a day.

    Args:
        ask: sends one request, with all its repetitions until a time of the clock.
        product: the name by which a robots.txt may speak of us, in lower case.
    """

    def __init__(self, ask: Ask, product: str, clock: Clock) -> None:
        self._ask = ask
        self._product = product
        self._clock = clock
        self._rules: dict[str, tuple[float, Rules]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, target: Target, end: float) -> Rules:
        """The rules of the server (scheme, host and port) that an address belongs to.

        Args:
            end: the time of the clock after which nothing more is tried.
        """
        with self._lock:
            lock = self._locks.setdefault(target.origin, threading.Lock())
        with lock:
            until, rules = self._rules.get(target.origin, (float("-inf"), None))
            if rules is None or self._clock.now() >= until:
                rules = self._fetched(target, end)
                valid = _SECONDS_FAILED if rules.failure else _SECONDS_VALID
                self._rules[target.origin] = (self._clock.now() + valid, rules)
            return rules

    def _fetched(self, target: Target, end: float) -> Rules:
        try:
            return Rules(self._parsed(target.at(PATH), end), None, self._product)
        except Busy:
            raise  # it says itself until when
        except FetchError as error:
            return Rules(None, error, self._product)

    def _parsed(self, place: Target, end: float) -> Protego | None:
        """The robots.txt at an address; none where the server says that it has none, or only leads on and on.

        Raises:
            FetchError: the server does not say.
        """
        for _ in range(_MOST_REDIRECTS + 1):
            exchange = self._ask(place, end)
            location = exchange.header("Location")
            if exchange.status in {301, 302, 303, 307, 308} and location is not None:
                place = redirected(place, location)
            elif 200 <= exchange.status < 300:
                text = decoded(exchange.body, exchange.header("Content-Encoding"), SIZE, cut=True)
                return Protego.parse(ours(text.decode("utf-8-sig", "replace"), self._product))
            elif exchange.status >= 500 or exchange.status == 429:
                raise Forbidden(
                    f"nobody knows what may be fetched: {PATH} is answered with {exchange.status}",
                    remedy="try again later",
                )
            else:
                return None
        return None


def ours(text: str, product: str) -> str:
    """A robots.txt in which all groups for others have one and the same name.

    The parser keeps the rules of a group once for each name of it, so that a hostile file of thousands of names and thousands
    of rules would grow to millions; and it takes ``py`` for a name of ``pykala``.
    """
    lines = []
    for line in text.splitlines():
        found = _AGENT_LINE.match(line)
        name = found[1].lower() if found else ""
        kept = name if name in {"*", product} else "-"
        lines.append(f"User-agent: {kept}" if found else line)
    return "\n".join(lines)


def _anew(failure: FetchError, target: Target) -> FetchError:
    """The same failure, told of a page."""
    error = type(failure)(
        failure.message, passing=failure.passing, source=str(target), place="robots.txt", remedy=failure.remedy
    )
    error.__cause__ = failure
    return error
