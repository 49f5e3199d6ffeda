"""The command line: arguments, messages and exit codes; everything else is imported when a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn, TypeVar

import typer

from pykala.evaluate.breakdowns import By, Split

if TYPE_CHECKING:
    from rich.console import Console

    from pykala.batch.inputs import Input
    from pykala.evaluate.command import Options
    from pykala.pipeline import Settings
    from pykala.record import Failure, Record

OK: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130

_NO_FOLDER: Final = frozenset({".json", ".ndjson", ".csv", ".tsv", ".txt", ".html", ".xml", ".gz", ".zip", ".parquet"})

T = TypeVar("T")

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
    documents = _collect(inputs, out)
    _check_out(out)
    settings = _settings(model)
    if out is None:
        failures = _parse_to_stdout(documents, unit, settings)
    else:
        failures = _parse_to_files(documents, out, unit, settings)
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
        _refuse(f"{source}: there is no such file")
    if html is not None and html.is_dir():
        _refuse(f"{html} is a folder")
    with _orderly_output():
        raise typer.Exit(_explain(source, html))


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
        _refuse("--allow-lower goes with --update-floors, and that with --floors FILE")
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
    with _orderly_output():
        raise typer.Exit(_evaluate(gold, records, options))


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
        _refuse(f"there is no schema {name!r}; there are: {', '.join(names())}")
    with _orderly_output():
        if name is None:
            for known in names():
                typer.echo(f"{known:<10} {load(known)['version']}  {load(known)['title']}")
        else:
            typer.echo(text(name), nl=False)


def _refuse(message: str) -> NoReturn:
    """End with the exit code of wrong usage and one line."""
    typer.echo(f"pykala: {message}", err=True)
    raise typer.Exit(WRONG_USAGE)


def _collect(arguments: list[str], out: Path | None) -> tuple[Input, ...]:
    from pykala.batch.inputs import WrongInput, collect

    try:
        return collect(arguments, leave_out=out)
    except (WrongInput, OSError) as error:
        _refuse(str(error))


def _check_out(out: Path | None) -> None:
    if out is None:
        return
    if str(out) == "-":
        _refuse("without -o, records go to standard output")
    if out.suffix == ".jsonl":
        if out.is_dir():
            _refuse(f"{out} is a folder; a name that ends in .jsonl is for a file")
    elif out.suffix in _NO_FOLDER or (out.exists() and not out.is_dir()):
        _refuse(f"{out}: OUT is a name that ends in .jsonl, or a folder")


def _settings(model: str | None) -> Settings:
    """What the options set; a model is loaded once, before any document is read."""
    from pykala.errors import ModelMissing
    from pykala.extract import model_version
    from pykala.pipeline import Settings

    try:
        if model is not None:
            model_version(model)
    except ModelMissing as error:
        _refuse(str(error))
    return Settings(model=model)


def _parse_to_stdout(documents: tuple[Input, ...], unit: Unit, settings: Settings) -> list[Failure]:
    from pykala.emit.files import StreamSink

    failures: list[Failure] = []
    with _orderly_output():
        target = StreamSink(sys.stdout.buffer, unit.value)
        _parse_each(documents, settings, target.write, failures, progress=not sys.stdout.isatty())
    return failures


def _parse_to_files(documents: tuple[Input, ...], out: Path, unit: Unit, settings: Settings) -> list[Failure]:
    from pykala.emit.files import sink, write_failures

    failures: list[Failure] = []
    with _orderly_output():
        with sink(out, unit.value) as target:
            console = _parse_each(documents, settings, target.write, failures, progress=True)
        write_failures(out, failures)
        if console.is_terminal:
            written = len(documents) - len(failures)
            console.print(f"{written} of {len(documents)} documents written to {out}", markup=False, highlight=False)
    return failures


def _parse_each(
    documents: tuple[Input, ...],
    settings: Settings,
    write: Callable[[str, Record], None],
    failures: list[Failure],
    *,
    progress: bool,
) -> Console:
    """Hand each record to ``write``; collect each failure and tell it on standard error."""
    from rich.console import Console

    from pykala.batch.run import outcomes
    from pykala.emit.failures import one_line
    from pykala.record import Failure

    console = Console(stderr=True)
    for outcome in _with_progress(outcomes(documents, settings), len(documents), console, wanted=progress):
        if isinstance(outcome.result, Failure):
            failures.append(outcome.result)
            console.print(one_line(outcome.result), markup=False, highlight=False, soft_wrap=True)
        else:
            write(outcome.input.name, outcome.result)
    return console


def _with_progress(steps: Iterable[T], total: int, console: Console, *, wanted: bool) -> Iterator[T]:
    """The same steps, with a progress bar where standard error is a terminal and there is something to wait for."""
    if not (wanted and console.is_terminal and total > 1):
        yield from steps
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Parsing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield from bar.track(steps, total=total)


def _explain(source: str, html: Path | None) -> int:
    from pykala.batch.run import content, printable
    from pykala.emit.failures import failure, one_line
    from pykala.pipeline import analyse

    try:
        analysis = analyse(content(source), uri=printable(source))
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


def _evaluate(gold: Path, records: Path, options: Options) -> int:
    from pykala.evaluate.command import run
    from pykala.evaluate.gold import WrongFile

    try:
        below = run(gold, records, options)
    except WrongFile as error:
        _refuse(str(error))
    for fall in below:
        typer.echo(f"pykala: {fall}", err=True)
    return FAILED if below else OK


@contextmanager
def _orderly_output() -> Iterator[None]:
    """End without a word when whoever reads our output has seen enough, and with one line when it cannot be written."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _give_up_stdout()
    except OSError as error:
        _give_up_stdout()
        _refuse(f"{error.filename or 'standard output'}: cannot be written: {error.strerror}")


def _give_up_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
