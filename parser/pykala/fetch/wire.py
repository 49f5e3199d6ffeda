"""Connections to servers: kept for reuse, pinned to addresses that were checked, and bound to deadlines."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from pykala.errors import BrokenResponse, FetchError, TooSlow, Unreachable
from pykala.fetch import body
from pykala.fetch.address import Target, shown
from pykala.fetch.clock import Clock, Deadline
from pykala.fetch.exchange import Exchange, Headers
from pykala.fetch.guard import Guard

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MOST_IDLE: Final = 32
_CONNECT_SECONDS: Final = 10.0  # for one of a host's addresses; the next may answer where this one does not


class _Paced(io.RawIOBase):
    """What a socket brings, as long as the deadline allows; nothing can outlast it by bringing a byte now and then."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        if self._deadline.passed():
            raise TimeoutError
        self._sock.settimeout(self._deadline.patience())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _PacedSocket:
    """The only thing that ``http.client`` wants of a socket to read an answer from."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        assert mode == "rb", mode  # noqa: S101  # what http.client asks for
        return io.BufferedReader(_Paced(self._sock, self._deadline))


class _Pinned(HTTPConnection):
    """A connection that goes to an address which the guard has checked, under the name of the host.

    The name is looked up once; the addresses that came out are checked and these are connected to. TLS and the Host header
    know nothing of it and keep the name. A connection that is reused stays with its address.
    """

    guard: Guard
    deadline: Deadline
    peer: str = ""

    def _new_conn(self) -> socket.socket:
        failure: OSError | None = None
        for address in self.guard.addresses(self.host, self.port):
            wait = min(self.deadline.patience(), _CONNECT_SECONDS)
            try:
                sock = socket.create_connection((address, self.port), wait)  # a number: no name is looked up again
            except OSError as error:
                failure = error
                continue
            for option in self.socket_options or ():
                sock.setsockopt(*option)
            sock.settimeout(self.deadline.patience())
            self.peer = address
            return sock
        raise failure or OSError("no address")

    def paced(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, url: str | None = None
    ) -> http.client.HTTPResponse:
        """An answer that ends with the deadline."""
        return http.client.HTTPResponse(_PacedSocket(sock, self.deadline), debuglevel, method, url)  # type: ignore[arg-type]


class _PinnedTls(_Pinned, HTTPSConnection):
    """The same under TLS."""


class Wire:
    """Sends requests, one at a time to each server.

    Args:
        ca_file: certificates to trust besides those of Mozilla's list.
    """

    def __init__(self, guard: Guard, clock: Clock, ca_file: Path | None) -> None:
        self._guard = guard
        self._clock = clock
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._idle: dict[str, _Pinned] = {}
        self._lock = threading.Lock()

    def ask(
        self,
        target: Target,
        headers: Headers,
        deadline: Deadline,
        *,
        limit: int,
        cut: bool = False,
        answered: Callable[[], None] = lambda: None,
    ) -> Exchange:
        """Send one GET request and read the whole answer.

        Args:
            headers: all that are sent.
            limit: the most bytes of the body.
            cut: take the beginning of a longer body instead of refusing it.
            answered: called when the answer begins.

        Raises:
            FetchError: there is no whole answer.
        """
        connection = self._connection(target)
        connection.deadline = deadline
        connection.timeout = deadline.patience()
        at = self._clock.date()
        raw: urllib3.HTTPResponse | None = None
        whole = False
        try:
            connection.request("GET", target.path, headers=dict(headers), preload_content=False, decode_content=False)
            raw = connection.getresponse()
            answered()
            found = tuple((key, _one_line(value)) for key, value in raw.headers.iteritems())
            if not cut and (raw.length_remaining or 0) > limit:
                raise body.too_large(limit)
            content = body.read(raw, limit, cut=cut)
            whole = raw.closed
        except FetchError:
            raise
        except (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException, ValueError) as error:
            raise _named(error, deadline) from error
        finally:
            if raw is not None:
                raw.close()
            self._keep(target, connection, whole=whole)
        return Exchange(
            address=str(target),
            status=raw.status,
            reason=_one_line(raw.reason or ""),
            protocol="HTTP/1.0" if raw.version == 10 else "HTTP/1.1",
            headers=found,
            body=content,
            request_headers=headers,
            peer=connection.peer,
            at=at,
            truncated=not whole,
        )

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for connection in self._idle.values():
                connection.close()
            self._idle.clear()

    def _connection(self, target: Target) -> _Pinned:
        with self._lock:
            connection = self._idle.pop(target.origin, None)
        if connection is not None:
            if connection.is_connected:
                return connection
            connection.close()
        if target.scheme == "https":
            connection = _PinnedTls(target.host, target.port, ssl_context=self._tls())
        else:
            connection = _Pinned(target.host, target.port)
        connection.guard = self._guard
        connection.response_class = connection.paced  # type: ignore[assignment]
        return connection

    def _keep(self, target: Target, connection: _Pinned, *, whole: bool) -> None:
        if not whole or connection.is_closed:
            connection.close()
            return
        with self._lock:
            self._idle[target.origin] = connection
            surplus = [self._idle.pop(next(iter(self._idle)))] if len(self._idle) > _MOST_IDLE else []
        for old in surplus:
            old.close()

    def _tls(self) -> ssl.SSLContext:
        with self._lock:
            if self._context is None:
                self._context = _trusting(self._ca_file)
            return self._context


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:
            reason = error.strerror or error
            raise FetchError(f"the certificates of {ca_file} cannot be read: {reason}") from error
    return context


def _one_line(value: str) -> str:
    """A header's value without the line breaks by which it may have been folded."""
    return " ".join(value.split("\r\n")).replace("\r", " ").replace("\n", " ").strip()


def _named(error: Exception, deadline: Deadline) -> FetchError:
    """The error of our tree for one of the libraries below."""
    if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        if deadline.passed():
            return TooSlow("the answer was not whole when its time was up")
        return Unreachable("the server brought nothing for too long")
    if isinstance(error, ssl.SSLCertVerificationError):
        remedy = "check the address; a certificate that the server fails to send can be given as ca_file"
        return Unreachable(f"the certificate is not trusted: {error.verify_message}", passing=False, remedy=remedy)
    if isinstance(error, http.client.RemoteDisconnected):
        return Unreachable("the server closed the connection without an answer")
    if isinstance(error, OSError):
        return Unreachable(f"the connection failed: {error.strerror or error}")
    return BrokenResponse(f"the answer is damaged: {shown(str(error))}")
