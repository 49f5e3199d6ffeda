"""One request with its answer, and what a whole walk along redirects gave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

Headers = tuple[tuple[str, str], ...]

_UNFIT: Final = re.compile(r"[^\x20-\x7e\x80-\xff]")


def header(headers: Headers, name: str) -> str | None:
    """The value of a header, of several the first.

    >>> header((("Content-Type", "text/html"),), "content-type")
    'text/html'
    """
    return next((value for key, value in headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a page by, so that it need not send it again.

    Attributes:
        etag: the value of ``ETag``.
        last_modified: the value of ``Last-Modified``.
    """

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> Headers:
        """The headers of a conditional request; a value that does not fit into a header is left out."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((k, v) for k, v in pairs if v and len(v) <= 1_000 and not _UNFIT.search(v))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and the answer to it, as it came.

    Attributes:
        address: what was asked for.
        reason: the words after the status; may be empty.
        protocol: ``HTTP/1.1`` or ``HTTP/1.0``.
        headers: of the answer; those of one name stand together.
        body: still content-encoded; a chunked transfer is put together.
        request_headers: all that were sent, in their order.
        peer: the network address that answered.
        at: when the request was sent, in UTC.
        truncated: whether more of the body would have come (of a robots.txt only its beginning is read).
    """

    address: str
    status: int
    reason: str
    protocol: str
    headers: Headers
    body: bytes
    request_headers: Headers
    peer: str
    at: datetime
    truncated: bool = False

    def header(self, name: str) -> str | None:
        """The value of a header of the answer, of several the first."""
        return header(self.headers, name)

    @property
    def validators(self) -> Validators | None:
        """What to ask conditionally with the next time, where the server gave it."""
        found = Validators(self.header("ETag"), self.header("Last-Modified"))
        return found if found.headers() else None


@dataclass(frozen=True, slots=True)
class Response:
    """What an address gave in the end.

    Attributes:
        address: the one that was asked for, in its normal form.
        last: the exchange that the redirects led to.
        content: the body, decoded.
        hops: the redirects on the way, in their order.
    """

    address: str
    last: Exchange
    content: bytes
    hops: tuple[Exchange, ...] = ()

    @property
    def final_address(self) -> str:
        """Where the redirects led to."""
        return self.last.address

    @property
    def status(self) -> int:
        """The status of the last answer."""
        return self.last.status

    @property
    def headers(self) -> Headers:
        """The headers of the last answer."""
        return self.last.headers

    @property
    def request_headers(self) -> Headers:
        """The headers of the last request."""
        return self.last.request_headers

    @property
    def body(self) -> bytes:
        """The body of the last answer, still content-encoded."""
        return self.last.body

    def header(self, name: str) -> str | None:
        """The value of a header of the last answer, of several the first."""
        return self.last.header(name)
