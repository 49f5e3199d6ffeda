"""The command line: its commands with their arguments and help."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pykala.commands import (
    FAILED,
    INTERRUPTED,
    OK,
    check_out,
    collected,
    evaluated,
    explained,
    orderly_output,
    parse_to_files,
    parse_to_stdout,
    refuse,
    settings_of,
)
from pykala.evaluate.breakdowns import By, Split

app = typer.Typer(
    name="pykala",
    help="Reads decision bulletins of Finnish municipalities into structured, quoted JSON records.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Unit(StrEnum):
    """What one row of the output is."""

    BULLETIN = "bulletin"
    DECISION = "decision"


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


@app.command()
def parse(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files, folders (walked in sorted order: .txt .html .htm .xhtml .json .pdf), or [b]-[/b] for standard input.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="OUT",
            help="NAME.jsonl for one file of JSON Lines, or a folder for one NAME.json each. "
            "Without it, JSON Lines on standard output.",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        Unit, typer.Option("--unit", help="One row a bulletin, or one flat row a decision.")
    ] = Unit.BULLETIN,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="NAME",
            help="A spaCy model that looks for names where the rules leave words open, "
            "such as spacy_fi_experimental_web_md (slower; none unless told).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Read bulletins into JSON records.

    In a folder OUT, documents of one name are told apart in their order:
    minutes.json, minutes-2.json …

    [bold]Exit codes[/bold]

      0  all is well

      1  a document failed: all others are written, each failure is one line
         on standard error and, with -o, one row of OUT.failures.jsonl

      2  wrong usage

    [bold]Examples[/bold]

      pykala parse bulletin.html

      pykala parse minutes/ more/*.pdf -o records.jsonl

      pykala parse minutes/ -o records/ --unit decision

      curl -s ADDRESS | pykala parse -
    """
    documents = collected(inputs, out)
    check_out(out)
    settings = settings_of(model)
    if out is None:
        failures = parse_to_stdout(documents, unit.value, settings)
    else:
        failures = parse_to_files(documents, out, unit.value, settings)
    raise typer.Exit(FAILED if failures else OK)


@app.command()
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
        raise typer.Exit(explained(source, html))


@app.command()
def evaluate(  # noqa: PLR0913, PLR0917  # one for each option
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            help="A folder tree of gold files: its *.expected.json, or where there are none its *.json.",
            show_default=False,
        ),
    ],
    records: Annotated[
        Path,
        typer.Argument(metavar="RECORDS", help="What [b]parse -o[/b] has written.", show_default=False),
    ],
    by: Annotated[
        list[By] | None, typer.Option("--by", help="Print a breakdown too; may be repeated.", show_default=False)
    ] = None,
    show: Annotated[
        int, typer.Option("--show", metavar="N", min=0, help="Print N mistakes of each field with their words.")
    ] = 0,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all of it as JSON.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write all of it as a page.", show_default=False)
    ] = None,
    split: Annotated[
        Split | None, typer.Option("--split", help="Score only the documents of one split.", show_default=False)
    ] = None,
    publishers: Annotated[
        Path | None,
        typer.Option(
            "--publishers",
            metavar="FILE",
            help="Who publishes what, and the split of each.",
            show_default="publishers.toml of GOLD, if there",
        ),
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option("--floors", metavar="FILE", help="Fail where a score is below its floor.", show_default=False),
    ] = None,
    update_floors: Annotated[bool, typer.Option("--update-floors", help="Raise the floors to these scores.")] = False,
    allow_lower: Annotated[bool, typer.Option("--allow-lower", help="Let floors sink, too.")] = False,
) -> None:
    """Score records against gold files: precision, recall and F1 by field.

    F1 pools all values; /doc is the mean of the documents' own F1. A gold
    file without a record counts as an empty record.

    [bold]Exit codes[/bold]

      0  all is well

      1  a score is below its floor

      2  wrong usage, or a malformed file

    [bold]Examples[/bold]

      pykala evaluate corpus/ records.jsonl --by format --show 5

      pykala evaluate corpus/ records.jsonl --html scores.html --floors floors.json
    """
    from pykala.evaluate.command import Options

    if (update_floors and floors is None) or (allow_lower and not update_floors):
        refuse("--allow-lower goes with --update-floors, and that with --floors FILE")
    options = Options(
        publishers=publishers,
        split=split,
        by=by or (),
        mistakes_shown=show,
        json=json,
        html=html,
        floors=floors,
        update_floors=update_floors,
        allow_lower=allow_lower,
    )
    with orderly_output():
        raise typer.Exit(evaluated(gold, records, options))


@app.command()
def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="bulletin, decision or failure.", show_default=False),
    ] = None,
) -> None:
    """Print the JSON Schema (2020-12) of the output; without NAME, list the schemas.

    [bold]Examples[/bold]

      pykala schema

      pykala schema bulletin > bulletin.schema.json
    """
    from pykala.schemas import load, names, text

    if name is not None and name not in names():
        refuse(f"there is no schema {name!r}; there are: {', '.join(names())}")
    with orderly_output():
        if name is None:
            for known in names():
                typer.echo(f"{known:<10} {load(known)['version']}  {load(known)['title']}")
        else:
            typer.echo(text(name), nl=False)
