"""Who may ask: only under the service's own names, and no page of another site."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Gate:
    """Refuses requests that a page elsewhere has made a browser send.

    A name that resolves to this machine for a moment (DNS rebinding) stands in ``Host``; a page of another site stands in
    ``Origin``.

    Args:
        app: what lies behind.
        hosts: names under which it may be asked, any where empty.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = frozenset(name.lower() for name in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            host, origin = headers.get("host", ""), headers.get("origin")
            if self._hosts and _name(host) not in self._hosts:
                refusal = f"This service is not called {_name(host)!r}; --allow-host lets it be.\n"
                await PlainTextResponse(refusal, 421)(scope, receive, send)
                return
            if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
                await PlainTextResponse("Pages of other sites may not ask.\n", 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _name(host: str) -> str:
    """A host without its port.

    >>> _name("localhost:8000"), _name("[::1]:8000"), _name("example.fi")
    ('localhost', '[::1]', 'example.fi')
    """
    bracketed, bracket, _ = host.lower().rpartition("]")
    return bracketed + bracket if bracket else host.lower().split(":", 1)[0]
