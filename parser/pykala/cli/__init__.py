"""The command line: one module a command, each with its arguments, its help and what it does."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pykala.cli.accept import accept
from pykala.cli.diff import WithPaths, diff
from pykala.cli.evaluate import evaluate
from pykala.cli.explain import explain
from pykala.cli.fetch import fetch
from pykala.cli.parse import parse
from pykala.cli.report import report
from pykala.cli.review import review
from pykala.cli.schema import schema
from pykala.cli.sources import sources
from pykala.cli.terminal import INTERRUPTED

app = typer.Typer(
    name="pykala",
    help="Reads decision bulletins of Finnish municipalities into structured, quoted JSON records.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line, and end with its exit code."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _show_version(wanted: bool) -> None:
    if wanted:
        from pykala import __version__

        typer.echo(f"pykala {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version


for command in (parse, explain, evaluate, accept, report, review, schema, fetch, sources):
    app.command()(command)
app.command(cls=WithPaths)(diff)
