"""``pykala evaluate``: records against gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pykala.cli.terminal import FAILED, OK, orderly_output, refuse
from pykala.evaluate.breakdowns import By, Split

if TYPE_CHECKING:
    from pykala.evaluate.command import Options


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
        raise typer.Exit(_evaluated(gold, records, options))


def _evaluated(gold: Path, records: Path, options: Options) -> int:
    """Score records, tell the scores below their floors; gives the exit code."""
    from pykala.evaluate.command import run
    from pykala.evaluate.gold import WrongFile

    try:
        below = run(gold, records, options)
    except WrongFile as error:
        refuse(str(error))
    for fall in below:
        typer.echo(f"pykala: {fall}", err=True)
    return FAILED if below else OK
