"""Asking for one page and keeping all that came on the way: robots.txt, redirects, failures, and the page itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Final, Protocol, Self
from urllib.parse import urlsplit

from pykala.errors import FetchError, HttpStatus
from pykala.fetch.address import target
from pykala.fetch.archive import Entry
from pykala.fetch.body import decoded
from pykala.fetch.exchange import Exchange, Response, Validators
from pykala.fetch.records import Asked, Kind
from pykala.fetch.store import Store

_ROBOTS: Final = "/robots.txt"
_GONE: Final = frozenset({404, 410})
_KINDS: Final[dict[bool, Kind]] = {True: "listing", False: "bulletin"}


class Getter(Protocol):
    """What gets pages: :class:`pykala.fetch.client.Client`."""

    def get(self, address: str, *, conditional: Validators | None = None) -> Response:
        """What an address gives."""
        ...

    def close(self) -> None:
        """Close its connections."""
        ...


class Asker:
    """Asks servers and keeps what they say.

    Args:
        connect: makes the client, given what is to be called with every exchange.
        limit: the most bytes of a page.
    """

    def __init__(self, store: Store, connect: Callable[[Callable[[Exchange], None]], Getter], limit: int) -> None:
        self._store = store
        self._exchanges: list[Exchange] = []
        self._client = connect(self._exchanges.append)
        self.limit = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, asked: Asked, is_listing: Callable[[bytes, str], bool] | None = None) -> None:
        """Ask for a page and keep it; one that is not there is kept as that.

        Args:
            asked: the page.
            is_listing: tells from its content and address whether it is one, where that is not known before.

        Raises:
            FetchError: nothing came that could be kept as the page.
        """
        self._exchanges.clear()
        response, trouble = self._get(asked)
        last = response.last if response is not None else None
        for exchange in self._exchanges:
            if exchange is not last:
                self._keep_passage(asked, exchange)
        if response is None or not _is_kept(response):
            if last is not None:
                self._store.pass_by(asked, last)
            raise trouble or _unexpected(response)
        if is_listing is not None and response.status == 200:
            asked = replace(asked, kind=_KINDS[is_listing(response.content, response.final_address)])
        self._store.keep(asked, response.last, response.content)

    def fail(self, asked: Asked, error: FetchError) -> None:
        """Keep the reason for which a page did not come."""
        self._store.fail(asked, {"code": error.code, "message": error.message, "remedy": error.remedy})

    def _get(self, asked: Asked) -> tuple[Response | None, FetchError | None]:
        page = self._store.index.pages.get(asked.address)
        conditional = _validators(page.current) if page is not None and page.current is not None else None
        try:
            return self._client.get(asked.address, conditional=conditional), None
        except HttpStatus as error:
            return error.response, error
        except FetchError as error:
            return None, error

    def _keep_passage(self, asked: Asked, exchange: Exchange) -> None:
        if urlsplit(exchange.address).path == _ROBOTS and exchange.status == 200:
            robots = Asked(str(target(exchange.address)), "robots", asked.source)
            content = decoded(exchange.body, exchange.header("Content-Encoding"), self.limit, cut=True)
            self._store.keep(robots, exchange, content)
        else:
            self._store.pass_by(asked, exchange)


def _is_kept(response: Response) -> bool:
    return response.status in {200, 304} or response.status in _GONE


def _validators(current: Entry) -> Validators:
    return Validators(current.http.get("etag"), current.http.get("last-modified"))


def _unexpected(response: Response | None) -> FetchError:
    """An answer of the two hundreds that is no page, such as an empty one."""
    return HttpStatus(response) if response is not None else FetchError("nothing came")
