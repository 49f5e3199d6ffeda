"""What the commands do: messages, exit codes and output; the rest of pykala is imported when a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pykala.batch.inputs import Input
    from pykala.emit.serialise import Unit
    from pykala.evaluate.command import Options
    from pykala.pipeline import Settings
    from pykala.record import Failure, Record

OK: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130

_NO_FOLDER: Final = frozenset({".json", ".ndjson", ".csv", ".tsv", ".txt", ".html", ".xml", ".gz", ".zip", ".parquet"})

T = TypeVar("T")


def refuse(message: str) -> NoReturn:
    """End with the exit code of wrong usage and one line."""
    typer.echo(f"pykala: {message}", err=True)
    raise typer.Exit(WRONG_USAGE)


def collected(arguments: list[str], out: Path | None) -> tuple[Input, ...]:
    """The documents that the arguments name; ends with the exit code of wrong usage where they name none."""
    from pykala.batch.inputs import WrongInput, collect

    try:
        return collect(arguments, leave_out=out)
    except (WrongInput, OSError) as error:
        refuse(str(error))


def check_out(out: Path | None) -> None:
    """End with the exit code of wrong usage where OUT can be no output."""
    if out is None:
        return
    if str(out) == "-":
        refuse("without -o, records go to standard output")
    if out.suffix == ".jsonl":
        if out.is_dir():
            refuse(f"{out} is a folder; a name that ends in .jsonl is for a file")
    elif out.suffix in _NO_FOLDER or (out.exists() and not out.is_dir()):
        refuse(f"{out}: OUT is a name that ends in .jsonl, or a folder")


def settings_of(model: str | None) -> Settings:
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


def parse_to_stdout(documents: tuple[Input, ...], unit: Unit, settings: Settings) -> list[Failure]:
    """Parse documents to JSON Lines on standard output, and tell which failed."""
    from pykala.emit.files import StreamSink

    failures: list[Failure] = []
    with orderly_output():
        target = StreamSink(sys.stdout.buffer, unit)
        _parse_each(documents, settings, target.write, failures, progress=not sys.stdout.isatty())
    return failures


def parse_to_files(documents: tuple[Input, ...], out: Path, unit: Unit, settings: Settings) -> list[Failure]:
    """Parse documents into a file or a folder, with the failures beside it, and tell which failed."""
    from pykala.emit.files import sink, write_failures

    failures: list[Failure] = []
    with orderly_output():
        with sink(out, unit) as target:
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


def explained(source: str, html: Path | None) -> int:
    """Show an analysis in the terminal or write its page; gives the exit code."""
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


def evaluated(gold: Path, records: Path, options: Options) -> int:
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


@contextmanager
def orderly_output() -> Iterator[None]:
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
        refuse(f"{error.filename or 'standard output'}: cannot be written: {error.strerror}")


def _give_up_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
