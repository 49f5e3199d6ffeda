"""``pykala serve``: the parser as a service."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from pykala.cli.terminal import refuse


def serve(  # noqa: PLR0913, PLR0917  # one for each option
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes one that is free.")] = 8000,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, max=256, help="Processes that parse.", show_default="the cores"),
    ] = None,
    seconds: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that one document may take.")] = 30.0,
    megabytes: Annotated[int, typer.Option("--memory", min=64, help="Megabytes that one document may take.")] = 1024,
    max_bytes: Annotated[int, typer.Option("--max-bytes", min=1, help="Size of one document.")] = 50_000_000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name to be asked under.", show_default=False),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="A spaCy model for names, as in parse.", show_default=False),
    ] = None,
) -> None:
    r"""Answer over HTTP: POST a document to /parse, many to /parse/batch; /docs shows all calls.

    Only this machine can ask unless --host says otherwise; the service has no passwords, so put a proxy
    that has some in front of it before others can. Ctrl-C ends it. It needs pykala\[serve].

    [bold]Examples[/bold]

      pykala serve

      curl --data-binary @bulletin.html http://127.0.0.1:8000/parse

      curl -F file=@minutes.pdf http://127.0.0.1:8000/parse?unit=decision
    """
    try:
        from pykala.serve.app import listening
        from pykala.serve.app import serve as answer
    except ModuleNotFoundError as error:
        refuse(f"{error.name} is not installed; pip install 'pykala[serve]' brings it")
    from pykala.batch.faults import Caps
    from pykala.batch.supervisor import default_workers
    from pykala.cli.parse import settings_of
    from pykala.serve.options import LOOPBACK, Options
    from pykala.settings import Limits

    settings = replace(settings_of(model), limits=Limits(bytes=max_bytes))
    local = host in ("127.0.0.1", "localhost", "::1")
    names = (*LOOPBACK, *(allow_host or ())) if local or allow_host else ()
    options = Options(settings, Caps(seconds, megabytes), workers or default_workers(), hosts=names)
    try:
        listener = listening(host, port)
    except OSError as error:
        refuse(f"{host}:{port}: cannot be listened on: {error.strerror}")
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}"
    answer(
        listener,
        options,
        started=lambda: typer.echo(f"pykala answers on {address}, with its calls on {address}/docs", err=True),
    )
