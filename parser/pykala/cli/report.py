"""``pykala report``: what many records say, added up, as a page and as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pykala.cli.terminal import FAILED, OK, orderly_output, refuse
from pykala.pages.words import PageLanguage


def report(
    records: Annotated[
        str, typer.Argument(metavar="OUT", help="What [b]parse -o[/b] has written.", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write the page to FILE.", show_default=False)
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FOLDER", help="Write the same figures as CSV files.", show_default=False),
    ] = None,
    language: Annotated[PageLanguage, typer.Option("--language", help="Of the page's own words.")] = PageLanguage.EN,
) -> None:
    """Add up who was given how much: by receiver, body, fund and year, with the words behind each figure.

    The page is one file that needs no network. Only sums that a decision
    grants or commits are added up, each once; what is left out is told.

    [bold]Exit codes[/bold]

      0  all is well

      1  OUT cannot be read, or holds no record

      2  wrong usage

    [bold]Examples[/bold]

      pykala report records.jsonl -o report.html

      pykala report records/ --csv figures/ --language fi -o report.html
    """
    if out is None and csv is None:
        refuse("say where the report goes: -o FILE, --csv FOLDER, or both")
    if out is not None and out.is_dir():
        refuse(f"{out} is a folder")
    if csv is not None and csv.exists() and not csv.is_dir():
        refuse(f"{csv} is a file; --csv takes a folder")
    with orderly_output():
        raise typer.Exit(_reported(records, out, csv, language))


def _reported(place: str, out: Path | None, csv: Path | None, language: PageLanguage) -> int:
    """Read the records and write what is asked for; gives the exit code."""
    from pykala.emit.files import whole_file
    from pykala.emit.load import records
    from pykala.errors import PykalaError
    from pykala.report.csv_files import write
    from pykala.report.gathered import gathered
    from pykala.report.page import page

    try:
        found = gathered(records(place))
    except PykalaError as error:
        typer.echo(f"pykala: {error}", err=True)
        return FAILED
    if not found.bulletins:
        typer.echo(f"pykala: {place}: there is no record in it", err=True)
        return FAILED
    if csv is not None:
        write(found, csv)
        typer.echo(f"The figures are in {csv}", err=True)
    if out is not None:
        with whole_file(out) as stream:
            stream.write(page(found, language).encode())
        typer.echo(f"The page is {out}", err=True)
    return OK
