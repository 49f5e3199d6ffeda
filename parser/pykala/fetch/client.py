"""The client: gets pages from servers that may be slow, broken or hostile, and is a burden to none."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from pykala.errors import FetchError, HttpStatus, TooManyRedirects, TooSlow
from pykala.fetch import retry, robots
from pykala.fetch.address import Target, redirected, target
from pykala.fetch.body import decoded
from pykala.fetch.clock import Clock, Deadline, SystemClock
from pykala.fetch.exchange import Exchange, Headers, Response, Validators
from pykala.fetch.guard import Guard, Resolve, resolve
from pykala.fetch.limiter import Limiter, Turn
from pykala.fetch.policy import Policy
from pykala.fetch.wire import Wire

_ACCEPT: Final = "text/html,application/xhtml+xml,application/pdf,application/json,text/plain;q=0.9,*/*;q=0.1"
_LANGUAGES: Final = "fi,sv;q=0.9,en;q=0.8"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class Client:
    """Gets pages under a policy; may be shared by threads.

    It keeps no cookies, sends no credentials and reads no settings from the environment: a proxy would look names up by
    itself, so that nobody could check where a connection ends.

    Args:
        seen: called with every exchange as it came, also those of robots.txt, redirects and requests that are repeated.
        resolve: gives the network addresses of a host name.
        chance: what spreads the pauses between repetitions.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        seen: Callable[[Exchange], None] = lambda _: None,
        clock: Clock | None = None,
        resolve: Resolve = resolve,
        chance: random.Random | None = None,
    ) -> None:
        self.policy = policy or Policy()
        self._seen = seen
        self._clock = clock or SystemClock()
        self._chance = chance or random.Random()  # noqa: S311  # no secret
        self._limiter = Limiter(self._clock)
        guard = Guard(allow_private=self.policy.allow_private, networks=self.policy.allow_networks, resolve=resolve)
        self._wire = Wire(guard, self._clock, self.policy.ca_file)
        self._robots = robots.Robots(self._ask_robots, self.policy.product, self._clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._wire.close()

    def get(self, address: str, *, conditional: Validators | None = None) -> Response:
        """What an address gives, after its redirects.

        Args:
            conditional: what is known of the page already; if it did not change, the status is 304 and there is no body.

        Raises:
            Refused: the address, or one that it leads to, is not of the public web.
            Forbidden: the server's robots.txt does not allow it.
            HttpStatus: the answer is neither a page nor, if asked for, 304.
            FetchError: there is no whole answer within the limits.
        """
        here = start = target(address)
        extra = conditional.headers() if conditional else ()
        end = self._clock.now() + self.policy.max_total_seconds
        hops: list[Exchange] = []
        while True:
            exchange = self._page(here, extra, end)
            location = exchange.header("Location")
            if exchange.status not in _REDIRECTS or location is None:
                return self._response(start, exchange, tuple(hops), conditional=bool(extra))
            hops.append(exchange)
            here = redirected(here, location)
            if any(str(here) == hop.address for hop in hops):  # without cookies it would answer the same again
                raise TooManyRedirects(f"redirects lead back to {here}", source=str(start))
            if len(hops) > self.policy.max_redirects:
                raise TooManyRedirects(f"more than {self.policy.max_redirects} redirects", source=str(start))
            if self._clock.now() >= end:
                raise TooSlow("the redirects take too long", source=str(start))

    def _response(
        self, start: Target, exchange: Exchange, hops: tuple[Exchange, ...], *, conditional: bool
    ) -> Response:
        whole = 200 <= exchange.status < 300 and exchange.status != 206  # a part was not asked for
        good = whole or (exchange.status == 304 and conditional)
        try:
            content = decoded(exchange.body, exchange.header("Content-Encoding"), self.policy.max_bytes)
        except FetchError as error:
            if good:
                raise error.at(exchange.address) from error.__cause__
            content = b""  # of an error page that nobody reads
        response = Response(str(start), exchange, content, hops)
        if not good:
            raise HttpStatus(response)
        return response

    def _page(self, here: Target, extra: Headers, end: float) -> Exchange:
        rules = self._robots.of(here, end)
        rules.check(here)
        interval = max(self.policy.interval, min(rules.delay, self.policy.max_crawl_delay))
        return self._ask(here, extra, interval, end)

    def _ask_robots(self, place: Target, end: float) -> Exchange:
        return self._ask(place, (), self.policy.interval, end, cut=robots.SIZE)

    def _ask(self, here: Target, extra: Headers, interval: float, end: float, *, cut: int | None = None) -> Exchange:
        """One exchange, repeated as long as it fails for a passing reason.

        Args:
            extra: headers besides those that every request has.
            interval: seconds since the last request to the host.
            end: the time of the clock after which nothing is repeated.
            cut: take so many bytes of a longer body instead of refusing it.
        """
        attempt = 0
        exchange = None
        while exchange is None:
            try:
                with self._limiter.turn(here.host, interval, self.policy.max_wait) as turn:
                    last = attempt >= self.policy.retries or self._clock.now() >= end
                    exchange = self._try(here, extra, cut, turn, None if last else attempt)
            except FetchError as error:
                raise error.at(str(here)) from error.__cause__
            attempt += 1
        return exchange

    def _try(self, here: Target, extra: Headers, cut: int | None, turn: Turn, attempt: int | None) -> Exchange | None:
        """One exchange; None where it is worth another try, for which the host's next turn waits long enough.

        Args:
            attempt: how many there were before; None for the last one, which ends in any case.
        """
        again = None if attempt is None else retry.pause(attempt, self.policy.max_wait, self._chance)
        try:
            exchange = self._once(here, extra, cut, turn)
        except FetchError as error:
            if again is None or not error.passing:
                raise
            turn.shut(again)
            return None
        if not retry.is_passing(exchange.status):
            return exchange
        asked = retry.asked_for(exchange.header("Retry-After"), self._clock.date())
        turn.shut(asked if asked is not None else again or 0.0)
        return exchange if again is None else None

    def _once(self, here: Target, extra: Headers, cut: int | None, turn: Turn) -> Exchange:
        policy = self.policy
        headers = (
            ("Host", here.authority),
            ("User-Agent", policy.agent),
            ("Accept", _ACCEPT),
            ("Accept-Language", _LANGUAGES),
            ("Accept-Encoding", "gzip, deflate"),
            *extra,
        )
        deadline = Deadline(self._clock, policy.max_seconds, policy.idle_seconds)
        limit = policy.max_bytes if cut is None else cut
        exchange = self._wire.ask(here, headers, deadline, limit=limit, cut=cut is not None, answered=turn.answered)
        self._seen(exchange)
        return exchange
