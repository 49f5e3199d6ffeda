"""``pykala accept``: accepted changes become what is expected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pykala.cli.terminal import FAILED, OK, orderly_output, refuse


def accept(
    decisions: Annotated[
        Path,
        typer.Argument(metavar="DECISIONS", help="decisions.json, as a review page exports it.", show_default=False),
    ],
    goldens: Annotated[
        Path,
        typer.Argument(metavar="GOLDENS", help="A folder tree of golden files: *.expected.json.", show_default=False),
    ],
    dry: Annotated[bool, typer.Option("--dry-run", help="Tell what would be written, and write nothing.")] = False,
) -> None:
    """Apply accepted changes to golden files.

    A golden file is a whole record, or facts in the form that [b]evaluate[/b]
    takes; of the latter only what they say changes.

    [bold]Exit codes[/bold]

      0  all is well

      1  a change does not fit its golden file; all other files are written

      2  wrong usage

    [bold]Example[/bold]

      pykala accept decisions.json corpus/
    """
    from pykala.diff.accept import read_decisions
    from pykala.errors import PykalaError

    if not goldens.is_dir():
        refuse(f"{goldens}: there is no such folder")
    try:
        decided = read_decisions(decisions)
    except PykalaError as error:
        refuse(str(error))
    from pykala.diff.accept import accept as applied

    code = OK
    with orderly_output():
        for one in applied(decided, goldens, dry=dry):
            if one.error:
                code = FAILED
                typer.echo(f"pykala: {one.error}", err=True)
            else:
                count = f"{one.changes} change{'s' if one.changes != 1 else ''}"
                typer.echo(f"{one.golden}: {one.state}, {count} accepted")
        raise typer.Exit(code)
