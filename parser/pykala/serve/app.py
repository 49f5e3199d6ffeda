"""The service as an ASGI application, and as a server."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from pykala import __version__
from pykala.serve import calls, pages
from pykala.serve.desk import Desk
from pykala.serve.figures import Figures
from pykala.serve.gate import Gate
from pykala.serve.options import Options

_ABOUT = "Reads decision bulletins of Finnish municipalities into structured, quoted JSON records."


def create_app(options: Options = Options()) -> FastAPI:
    """The service; its worker processes run as long as it does.

    Args:
        options: how much it takes on, and from whom.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with Desk(options) as desk:
            app.state.desk = desk
            yield

    app = FastAPI(
        title="pykala",
        version=__version__,
        description=_ABOUT,
        openapi_tags=[{"name": "parse"}, {"name": "service"}],
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.figures = Figures()
    app.include_router(calls.router)
    app.include_router(pages.router)
    app.mount("/docs/assets", pages.assets())
    app.add_middleware(Gate, hosts=options.hosts)
    return app


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens, bound before anything is started, so that a port in use is told at once.

    Args:
        host: address or name.
        port: any that is free where 0.

    Raises:
        OSError: the address is no address of this machine, or in use.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def serve(listener: socket.socket, options: Options, *, started: Callable[[], None]) -> None:
    """Answer requests until the process is told to end.

    Args:
        listener: where they come in.
        options: how much the service takes on, and from whom.
        started: called once before the first request is answered.
    """
    config = uvicorn.Config(
        create_app(options),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=10,
        limit_concurrency=4 * (options.workers + options.waiting),
    )
    started()
    uvicorn.Server(config).run(sockets=[listener])
