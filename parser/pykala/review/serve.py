"""The review page served on this machine's loopback, for the one who started the command and nobody else.

A page of the web may make a browser ask any address, also this one. So each request has to name this host (else a name of
the web was bound to the loopback), carry a token that only the printed address holds, and where it writes, come from the page itself.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pykala.diff.model import ChangeId
from pykala.errors import PykalaError

LOOPBACK: Final = "127.0.0.1"
PORT: Final = 8377
"""Always the same, since a browser keeps progress by address."""
_MOST_BYTES: Final = 32 * 1024 * 1024
_PATIENCE: Final = 30.0  # seconds in which a request has to be whole


class Asked(BaseModel):
    """What somebody decided about one change of the page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    change: ChangeId
    ruling: Literal["accepted", "rejected"]
    note: str | None = None


class Request(BaseModel):
    """What the page sends to be written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rulings: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many changes, into which files by their names below the golden folder."""

    changes: int
    files: tuple[str, ...]


Write = Callable[[tuple[Asked, ...]], Written]


class PortTaken(PykalaError):
    """Something else listens where the page would be served."""

    code = "port-taken"
    remedy_by_default = "end it, or name another with --port"


class ReviewServer(ThreadingHTTPServer):
    """Serves one page, and writes what is accepted on it.

    Args:
        page: makes the page for a token.
        write: writes accepted changes, or raises a :class:`PykalaError` and writes nothing.
        port: where to listen; 0 for any that is free.

    Raises:
        PortTaken: the port is not free.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, page: Callable[[str], str], write: Write, *, port: int = PORT) -> None:
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as error:
            raise PortTaken(f"cannot listen on port {port}: {error.strerror}") from error
        self.token = secrets.token_urlsafe(24)
        self.page = page(self.token).encode()
        self.write = write
        self.writing = Lock()

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a request may call this host."""
        return tuple(f"{name}:{self.server_port}" for name in (LOOPBACK, "localhost"))

    @property
    def address(self) -> str:
        """Where the page is, with the token that opens it."""
        return f"http://{self.hosts[0]}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "pykala"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def do_GET(self) -> None:  # named by http.server
        """Give the page to whoever has the token."""
        if not self._named_right():
            return
        if not self._has_token(self.path.strip("/")):
            self._refuse(HTTPStatus.FORBIDDEN, "open the address that the command printed")
        elif not self.path.endswith("/"):
            self._answer(HTTPStatus.PERMANENT_REDIRECT, b"", "text/plain", {"Location": f"{self.path}/"})
        else:
            self._answer(HTTPStatus.OK, self.server.page, "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """Write what the page has accepted."""
        if not (self._named_right() and self._from_the_page()):
            return
        body = self._body()
        if body is None:
            return
        try:
            asked = Request.model_validate_json(body)
        except ValidationError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, f"no decisions: {error.errors()[0]['msg']}")
            return
        try:
            with self.server.writing:
                written = self.server.write(asked.rulings)
        except (PykalaError, OSError) as error:
            self._refuse(HTTPStatus.CONFLICT, str(error))
            return
        self._json(HTTPStatus.OK, {"changes": written.changes, "files": written.files})

    def _named_right(self) -> bool:
        """Whether the request names this host, and not a name of the web that leads here."""
        named = self.headers.get_all("Host") or []
        if len(named) == 1 and named[0] in self.server.hosts:
            return True
        self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "no such host here")
        return False

    def _from_the_page(self) -> bool:
        """Whether the page that this server gave out asks."""
        origins = [f"http://{host}" for host in self.server.hosts]
        fits = (
            self.path == f"/{self.server.token}/decisions"
            and self.headers.get("Origin") in origins
            and self.headers.get("Origin") == f"http://{self.headers.get('Host')}"
            and self.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
            and self.headers.get_content_type() == "application/json"
            and self._has_token(self.headers.get("X-Pykala-Token", ""))
        )
        if not fits:
            self._refuse(HTTPStatus.FORBIDDEN, "only the page that this command serves may write")
        return fits

    def _has_token(self, token: str) -> bool:
        return compare_digest(token.encode(), self.server.token.encode())

    def _body(self) -> bytes | None:
        """What was sent, where it is whole and not too long."""
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or "Transfer-Encoding" in self.headers:
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "say how long the decisions are")
            return None
        if len(length) > 12 or int(length) > _MOST_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the decisions are too long")
            return None
        return self.rfile.read(int(length))

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self.close_connection = True  # what follows unread is no request
        self._json(status, {"error": message})

    def _json(self, status: HTTPStatus, value: Mapping[str, Any]) -> None:
        self._answer(status, json.dumps(value, ensure_ascii=False).encode(), "application/json")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Content-Security-Policy": "frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            **(more or {}),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named by http.server
        """Say nothing: the page tells what was done."""
