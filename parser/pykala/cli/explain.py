"""``pykala explain``: a bulletin's text with its values marked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pykala.cli.terminal import FAILED, OK, orderly_output, refuse


def explain(
    source: Annotated[
        str, typer.Argument(metavar="INPUT", help="One file, or [b]-[/b] for standard input.", show_default=False)
    ],
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page to FILE instead.", show_default=False),
    ] = None,
) -> None:
    """Show a bulletin's text with every value marked, its rule, and what was read as no value.

    The page is one file that needs no network.

    [bold]Examples[/bold]

      pykala explain bulletin.html

      pykala explain bulletin.html --html explained.html
    """
    from pykala.batch.inputs import STDIN

    if source != STDIN and not Path(source).is_file():
        refuse(f"{source}: there is no such file")
    if html is not None and html.is_dir():
        refuse(f"{html} is a folder")
    with orderly_output():
        raise typer.Exit(_explained(source, html))


def _explained(source: str, html: Path | None) -> int:
    """Show an analysis in the terminal or write its page; gives the exit code."""
    from pykala.batch.source import Source, printable, read_source
    from pykala.emit.failures import failure, one_line
    from pykala.pipeline import analyse

    try:
        analysis = analyse(read_source(Source(source)), uri=printable(source))
    except Exception as error:  # noqa: BLE001  # told as this document's failure, whatever it was
        typer.echo(one_line(failure(error, printable(source))), err=True)
        return FAILED
    if html is None:
        from pykala.explain.terminal import show

        show(analysis)
    else:
        from pykala.emit.files import whole_file
        from pykala.explain.page import page

        with whole_file(html) as stream:
            stream.write(page(analysis).encode())
        typer.echo(f"The page is {html}", err=True)
    return OK
