"""Web sites on the loopback interface that answer as they are told: well, badly, or never.

A site is a real HTTP server in threads of the test's own process. Give each path its answer, or several that follow each
other, and read from the log what was asked for, when, and over which connection:

    site["/a"] = Answer(b"<p>one</p>")
    site["/b"] = Answer(status=503), Answer(b"now")
    site["/c"] = Raw(lambda: [b"HTTP/1.1 200 OK\\r\\n", b"Content-Length: 9\\r\\n\\r\\n", b"half"])
    client.get(site.address("/a"))
    assert site.paths == ["/robots.txt", "/a"]

What has no answer is 404, robots.txt too.
"""

from __future__ import annotations

import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


@dataclass(frozen=True)
class Answer:
    """A proper answer; one with an ``ETag`` or ``Last-Modified`` is 304 to whoever has it already."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def fits(self, asked: Mapping[str, str]) -> bool:
        own = {key.lower(): value for key, value in self.headers.items()}
        if "if-none-match" in asked:
            return asked["if-none-match"] == own.get("etag")
        return "if-modified-since" in asked and asked["if-modified-since"] == own.get("last-modified")


@dataclass(frozen=True)
class Raw:
    """Bytes that go out as they are, with a pause before each piece but the first; then the connection ends."""

    pieces: Callable[[], Iterable[bytes]]
    pause: float = 0.0


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": to})


def robots(text: str) -> Answer:
    return Answer(text.encode(), headers={"Content-Type": "text/plain"})


HANGS_UP = Raw(lambda: ())


@dataclass(frozen=True)
class Asked:
    """One request, as the server saw it. ``at`` is in seconds of the monotonic clock, ``headers`` have names in lower case."""

    at: float
    path: str
    headers: Mapping[str, str]
    connection: int


class Site(ThreadingHTTPServer):
    """One server; ``with`` starts and stops it."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, tls: ssl.SSLContext | None = None) -> None:
        super().__init__((host, port), _Handler)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.scheme = "http" if tls is None else "https"
        self.host = host
        self.port = self.server_address[1]
        self.log: list[Asked] = []
        self.connections = itertools.count(1)
        self.stopped = threading.Event()
        self._answers: dict[str, list[Answer | Raw]] = {}
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    def __setitem__(self, path: str, answers: Answer | Raw | tuple[Answer | Raw, ...]) -> None:
        with self._lock:
            self._answers[path] = list(answers) if isinstance(answers, tuple) else [answers]

    def __delitem__(self, path: str) -> None:
        with self._lock:
            del self._answers[path]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.shutdown()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()
        self._thread.join()

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    def address(self, path: str, *, host: str | None = None) -> str:
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    def answer(self, asked: Asked) -> Answer | Raw:
        """The next answer to a path; the last one stays."""
        with self._lock:
            self.log.append(asked)
            answers = self._answers.get(asked.path) or [Answer(b"not here", 404)]
            return answers.pop(0) if len(answers) > 1 else answers[0]

    def process_request(self, request: socket.socket, client_address: object) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that go away are the subject of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Site

    def setup(self) -> None:
        super().setup()
        self.number = next(self.server.connections)

    def do_GET(self) -> None:
        headers = {key.lower(): value for key, value in self.headers.items()}
        answer = self.server.answer(Asked(time.monotonic(), self.path, headers, self.number))
        if isinstance(answer, Raw):
            self.close_connection = True
            self._send_raw(answer)
        else:
            self._send(answer, headers)

    def _send(self, answer: Answer, asked: Mapping[str, str]) -> None:
        known = answer.fits(asked)
        self.send_response(304 if known else answer.status)
        for key, value in answer.headers.items():
            self.send_header(key, value)
        if known:
            self.end_headers()
            return
        if "Content-Length" not in answer.headers:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _send_raw(self, answer: Raw) -> None:
        for number, piece in enumerate(answer.pieces()):
            if number and answer.pause and self.server.stopped.wait(answer.pause):
                return
            self.wfile.write(piece)

    def log_message(self, *_: object) -> None:
        """The log is the site's own."""


class PatientClock:
    """A clock in which time passes only by sleeping, and that at once; ``slept`` tells for how long each time."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._now = 1_000.0
        self._start = datetime(2025, 3, 1, 12, tzinfo=UTC)

    def now(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._now += seconds

    def date(self) -> datetime:
        return self._start + timedelta(seconds=self._now - 1_000.0)
