"""``pykala parse``: bulletins in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pykala.cli.terminal import FAILED, OK, orderly_output, refuse
from pykala.emit.forms import Form, Unit

if TYPE_CHECKING:
    from pykala.batch.job import Job
    from pykala.cli.telling import Telling
    from pykala.emit.files import Sink
    from pykala.fetch.policy import Policy
    from pykala.record import Failure
    from pykala.settings import Settings


class UnitOption(StrEnum):
    """What one row of the output is."""

    BULLETIN = "bulletin"
    DECISION = "decision"


def parse(  # noqa: PLR0913, PLR0917  # an option each
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="Files, folders (walked in sorted order: .txt .html .htm .xhtml .json .pdf and archives), patterns, "
            ".zip, .tar and .warc archives, .jsonl files of texts, addresses, or [b]-[/b] for standard input.",
            show_default=False,
        ),
    ] = None,
    files_from: Annotated[
        list[str] | None,
        typer.Option(
            "--files-from",
            metavar="LIST",
            help="A file that names more inputs, one a line, or [b]-[/b] for standard input.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--out",
            metavar="OUT",
            help="NAME.jsonl or .jsonl.gz for JSON Lines, NAME.csv for a spreadsheet, NAME.parquet for a folder of tables, "
            "sqlite:///FILE or postgresql://USER@HOST/NAME for a database, or a folder for one NAME.json each. "
            "Without it, JSON Lines on standard output.",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        UnitOption, typer.Option("--unit", help="One row a bulletin, or one flat row a decision.")
    ] = UnitOption.BULLETIN,
    form: Annotated[
        Form | None,
        typer.Option("--as", help="A form of another project instead of records of ours.", show_default=False),
    ] = None,
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
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            help="Processes that parse; the output is the same for any number. [dim]As many as there are cores, "
            "and none for a handful of small documents.[/dim]",
            show_default=False,
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="What one document may take of time.")
    ] = 60.0,
    memory: Annotated[
        int, typer.Option("--memory", metavar="MB", min=64, help="What one document may take of memory.")
    ] = 1024,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed in an earlier run.")
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger",
            metavar="FILE",
            help="Where to remember what has been done. [dim]OUT.ledger.sqlite, made by longer runs.[/dim]",
            show_default=False,
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Let the workers of a Dask cluster parse: tcp://HOST:PORT of its scheduler, or [b]local[/b].",
            show_default=False,
        ),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact",
            metavar="TEXT",
            help="Of an INPUT on the web: your e-mail or web address, for those who run the server.",
            show_default=False,
        ),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Of an INPUT on the web: also from private and loopback networks.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="No progress, and no failure that OUT's list tells.")
    ] = False,
) -> None:
    """Read bulletins into JSON records.

    In a folder OUT, documents of one name are told apart in their order:
    minutes.json, minutes-2.json …

    A run into OUT that was stopped goes on where it was when it is started
    again; one that was not does only what is new or has changed.

    [bold]Exit codes[/bold]

      0  all is well

      1  a document failed: all others are written, each failure is one line
         on standard error and, with -o, one row of OUT.failures.jsonl

      2  wrong usage

    [bold]Examples[/bold]

      pykala parse bulletin.html

      pykala parse minutes/ more/*.pdf archive.zip -o records.jsonl

      pykala parse minutes/ -o records/ --unit decision

      pykala parse minutes/ -o sqlite:///records.db

      pykala parse minutes/ --as schema.org

      find . -name '*.html' | pykala parse --files-from - -o records.jsonl

      curl -s ADDRESS | pykala parse -
    """
    from pykala.batch.faults import Caps
    from pykala.batch.inputs import Wanted
    from pykala.batch.job import Job

    if not inputs and not files_from:
        refuse("give an INPUT, or --files-from a list")
    into = Into(out, unit.value, form)
    _check_out(into)
    job = Job(
        Wanted(
            inputs or (), files_from or (), Path(out) if out else None, _policy(contact, allow_private=allow_private)
        ),
        settings=settings_of(model),
        workers=workers,
        caps=Caps(timeout, memory),
        cluster=cluster,
        ledger=ledger or _beside(out, ".ledger.sqlite"),
        keep=ledger is not None,
        retry_failed=retry_failed,
        lock=_beside(out, ".lock"),
    )
    raise typer.Exit(FAILED if _done(job, into, quiet=quiet) else OK)


@dataclass(frozen=True, slots=True)
class Into:
    """Where records go and how they look there."""

    out: str | None
    unit: Unit
    form: Form | None


def _check_out(into: Into) -> None:
    """End with the exit code of wrong usage where OUT can be no such output."""
    from pykala.emit.places import WrongOutput, check_form, check_out

    try:
        if into.out is None:
            check_form(into.unit, into.form)
        else:
            check_out(into.out, unit=into.unit, form=into.form)
    except WrongOutput as error:
        refuse(str(error))


def _policy(contact: str | None, *, allow_private: bool) -> Policy | None:
    """How addresses are fetched, if anything is said of it."""
    if contact is None and not allow_private:
        return None
    from pykala.fetch.policy import Policy

    try:
        return Policy(contact=contact, allow_private=allow_private)
    except ValueError as error:
        refuse(str(error))


def _beside(out: str | None, ending: str) -> Path | None:
    """The file of a run that lies beside its output, if it has one."""
    from pykala.emit.places import beside

    return beside(out, ending) if out is not None else None


def settings_of(model: str | None) -> Settings:
    """What the options set; that the model is there is seen before any document is read."""
    from pykala.settings import Settings

    if model is not None:
        from pykala.errors import ModelMissing
        from pykala.extract import model_version

        try:
            model_version(model)
        except ModelMissing as error:
            refuse(str(error))
    return Settings(model=model)


def _done(job: Job, into: Into, *, quiet: bool) -> int:
    """Do the job, and tell how many documents failed; ends with the exit code of wrong usage where it cannot be done."""
    from rich.console import Console

    from pykala.batch.inputs import WrongInput
    from pykala.cli.telling import Telling
    from pykala.emit.places import shown
    from pykala.errors import LedgerError, WorkersFail

    telling = Telling(Console(stderr=True), quiet=quiet)
    try:
        with orderly_output():
            _write(job, into, telling)
            telling.conclude(shown(into.out) if into.out is not None else None)
    except (WrongInput, LedgerError, WorkersFail) as error:
        refuse(str(error))
    return telling.failures


def _write(job: Job, into: Into, telling: Telling) -> None:
    """Hand each record to where it goes, and each failure to its list and to whoever watches."""
    from pykala.batch.inputs import count
    from pykala.batch.job import started
    from pykala.record import Failure

    with ExitStack() as stack:
        done = stack.enter_context(started(job))
        sink, failures = _opened(into, stack)
        watched = into.out is not None or not sys.stdout.isatty()
        stack.enter_context(telling.watched(lambda: count(job.wanted), wanted=watched))
        for one in done:
            if isinstance(one.result, Failure):
                telling.fail(one.result, listed=failures is not None)
                if failures is not None:
                    failures(one.result)
            else:
                sink.write(one.name, one.result.unpacked())
            telling.count(known=one.known)


def _opened(into: Into, stack: ExitStack) -> tuple[Sink, Callable[[Failure], None] | None]:
    """What takes the records, and what takes the failures if anything does."""
    from pykala.emit.failure_file import failure_file
    from pykala.emit.files import clear_parts
    from pykala.emit.sinks import open_sink, stream_sink

    if into.out is None:
        return stream_sink(sys.stdout.buffer, unit=into.unit, form=into.form), None
    clear_parts(into.out)
    failures = stack.enter_context(failure_file(into.out))
    return stack.enter_context(open_sink(into.out, unit=into.unit, form=into.form)), failures
