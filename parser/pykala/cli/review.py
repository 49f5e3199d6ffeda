"""``pykala review``: a page on which people decide about changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pykala.cli.comparing import Gold
from pykala.cli.terminal import FAILED, OK, counting, orderly_output, refuse

if TYPE_CHECKING:
    from pykala.diff.model import Diff

_PORT = 8377


def review(  # one for each option
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="What [b]parse -o[/b] has written before; or alone, what [b]diff --json[/b] has written.",
            show_default=False,
        ),
    ],
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="What [b]parse -o[/b] has written now.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write the page to FILE.", show_default=False)
    ] = None,
    serve: Annotated[
        Path | None,
        typer.Option(
            "--serve",
            metavar="GOLDEN",
            help="Serve the page on this machine alone; it writes accepted changes into the golden files of this folder.",
            show_default=False,
        ),
    ] = None,
    gold: Gold = None,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="Where to serve it.")] = _PORT,
) -> None:
    """Decide about the changes between two sets of records, one by one, on a page.

    The page is one file that needs no network. It keeps what you decide and
    saves it as decisions.json, which [bold]pykala accept[/bold] applies to golden files;
    with --serve it writes them itself.

    [bold]Exit codes[/bold]

      0  all is well

      1  the page cannot be served

      2  wrong usage, or something cannot be read

    [bold]Examples[/bold]

      pykala review before.jsonl after.jsonl -o review.html

      pykala review before.jsonl after.jsonl --gold corpus/ --serve corpus/

      pykala diff main --json diff.json -- corpus/; pykala review diff.json -o review.html
    """
    if (out is None) == (serve is None):
        refuse("say what becomes of the page: -o FILE or --serve GOLDEN")
    if out is not None and out.is_dir():
        refuse(f"{out} is a folder")
    if serve is not None and not serve.is_dir():
        refuse(f"{serve}: there is no such folder of golden files")
    with orderly_output():
        diff = _changes(old, new, gold)
        raise typer.Exit(_written(diff, out) if out is not None else _served(diff, serve or Path(), port))


def _changes(old: str, new: str | None, gold: Path | None) -> Diff:
    """The changes that the arguments name; ends with the exit code of wrong usage where they name none."""
    from pykala.errors import PykalaError
    from pykala.evaluate.gold import WrongFile
    from pykala.review.changes import changes_in, changes_of

    if new is None and gold is not None:
        refuse("a diff that is written down is judged already; --gold goes with OLD and NEW")
    try:
        with counting("documents compared") as told:
            return changes_in(Path(old)) if new is None else changes_of(old, new, gold, told)
    except (PykalaError, WrongFile) as error:
        refuse(str(error))


def _written(diff: Diff, out: Path) -> int:
    from pykala.emit.files import whole_file
    from pykala.review.page import page

    with whole_file(out) as stream:
        stream.write(page(diff).encode())
    typer.echo(f"The page is {out}: {diff.summary.shown} changes to decide about", err=True)
    return OK


def _served(diff: Diff, golden: Path, port: int) -> int:
    """Serve the page until the user ends it."""
    from pykala.review.page import page
    from pykala.review.serve import PortTaken, ReviewServer
    from pykala.review.writing import Golden

    try:
        server = ReviewServer(lambda token: page(diff, token=token), Golden(golden, diff).write, port=port)
    except PortTaken as error:
        typer.echo(f"pykala: {error}", err=True)
        return FAILED
    with server:
        typer.echo(f"The page is {server.address} (Ctrl-C ends it)", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return OK
    return OK
