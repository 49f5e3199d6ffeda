"""``pykala parse``: bulletins in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pykala.cli.terminal import FAILED, OK, orderly_output, refuse, with_progress

if TYPE_CHECKING:
    from rich.console import Console

    from pykala.batch.inputs import Input
    from pykala.emit import serialise
    from pykala.emit.encoded import Encoded
    from pykala.pipeline import Settings
    from pykala.record import Failure


class Unit(StrEnum):
    """What one row of the output is."""

    BULLETIN = "bulletin"
    DECISION = "decision"


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
        str | None,
        typer.Option(
            "-o",
            "--out",
            metavar="OUT",
            help="NAME.jsonl (or .jsonl.gz) for one file of JSON Lines, or a folder for one NAME.json each. "
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
    documents = _collected(inputs, out)
    _check_out(out)
    settings = _settings_of(model)
    if out is None:
        failures = _parse_to_stdout(documents, unit.value, settings)
    else:
        failures = _parse_to_files(documents, out, unit.value, settings)
    raise typer.Exit(FAILED if failures else OK)


def _collected(arguments: list[str], out: str | None) -> tuple[Input, ...]:
    """The documents that the arguments name; ends with the exit code of wrong usage where they name none."""
    from pykala.batch.inputs import WrongInput, collect

    try:
        return collect(arguments, leave_out=Path(out) if out else None)
    except (WrongInput, OSError) as error:
        refuse(str(error))


def _check_out(out: str | None) -> None:
    """End with the exit code of wrong usage where OUT can be no output."""
    from pykala.emit.places import WrongOutput, check_out

    if out is None:
        return
    try:
        check_out(out)
    except WrongOutput as error:
        refuse(str(error))


def _settings_of(model: str | None) -> Settings:
    """What the options set; a model is loaded once, before any document is read."""
    from pykala.errors import ModelMissing
    from pykala.extract import model_version
    from pykala.pipeline import Settings

    try:
        if model is not None:
            model_version(model)
    except ModelMissing as error:
        refuse(str(error))
    return Settings(model=model)


def _parse_to_stdout(documents: tuple[Input, ...], unit: serialise.Unit, settings: Settings) -> list[Failure]:
    """Parse documents to JSON Lines on standard output, and tell which failed."""
    from pykala.emit.files import StreamSink

    failures: list[Failure] = []
    with orderly_output():
        target = StreamSink(sys.stdout.buffer, unit, at_once=True)
        _parse_each(documents, settings, target.write, failures, progress=not sys.stdout.isatty())
    return failures


def _parse_to_files(documents: tuple[Input, ...], out: str, unit: serialise.Unit, settings: Settings) -> list[Failure]:
    """Parse documents into a file or a folder, with the failures beside it, and tell which failed."""
    from pykala.emit.files import write_failures
    from pykala.emit.places import shown
    from pykala.emit.sinks import open_sink

    failures: list[Failure] = []
    with orderly_output():
        with open_sink(out, unit=unit) as target:
            console = _parse_each(documents, settings, target.write, failures, progress=True)
        write_failures(out, failures)
        if console.is_terminal:
            written = len(documents) - len(failures)
            console.print(
                f"{written} of {len(documents)} documents written to {shown(out)}", markup=False, highlight=False
            )
    return failures


def _parse_each(
    documents: tuple[Input, ...],
    settings: Settings,
    write: Callable[[str, Encoded], None],
    failures: list[Failure],
    *,
    progress: bool,
) -> Console:
    """Hand each record to ``write``; collect each failure and tell it on standard error."""
    from rich.console import Console

    from pykala.batch.run import outcomes
    from pykala.emit.encoded import Encoded
    from pykala.emit.failures import one_line
    from pykala.record import Failure

    console = Console(stderr=True)
    for outcome in with_progress(outcomes(documents, settings), len(documents), console, wanted=progress):
        if isinstance(outcome.result, Failure):
            failures.append(outcome.result)
            console.print(one_line(outcome.result), markup=False, highlight=False, soft_wrap=True)
        else:
            write(outcome.input.name, Encoded.of(outcome.result))
    return console
