"""``pykala fetch``: bulletins from the web into a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pykala.cli.terminal import FAILED, OK, orderly_output, refuse

if TYPE_CHECKING:
    from rich.console import Console

    from pykala.fetch.plan import Plan
    from pykala.fetch.policy import Policy
    from pykala.fetch.replay import Fetched
    from pykala.fetch.run import Progress
    from pykala.fetch.store import Store
    from pykala.fetch.walk import Reader
    from pykala.record import Record


def fetch(  # noqa: PLR0913, PLR0917  # one for each option
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Municipalities by name or code (see [b]pykala sources[/b]), or addresses of listings and bulletins.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="STORE", help="A WARC file, NAME.warc.gz; it only grows.", show_default=False
        ),
    ],
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY",
            help="Bulletins from this day on: 2025-05-12, or 30d for thirty days ago.",
            show_default="all",
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Bulletins up to this day.", show_default="all")
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact",
            metavar="TEXT",
            help="Your e-mail or web address, for those who run the servers.",
            show_default=False,
        ),
    ] = None,
    delay: Annotated[
        float, typer.Option("--delay", metavar="SECONDS", min=0.001, help="Time between two requests to one host.")
    ] = 1.0,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write the report as JSON, too.", show_default=False),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also connect to private, loopback and link-local networks.")
    ] = False,
) -> None:
    """Fetch bulletins into a store, politely, and each page once.

    A window of days is scanned anew by each run: what has not changed is
    not stored twice, what has changed is a new revision, and what has
    vanished leaves a tombstone. A run that is stopped goes on where it
    was when the same command is given again. It is quiet but for troubles
    and a terminal.

    [bold]Exit codes[/bold]

      0  all is well

      1  someone should have a look: a source that leads to nothing, pages
         that could not be had, fields that fell; each is one line on
         standard error

      2  wrong usage

    [bold]Examples[/bold]

      pykala fetch Espoo -o espoo.warc.gz --since 30d

      pykala fetch 638 https://www.example.fi/listing -o store.warc.gz

      pykala parse espoo.warc.gz -o espoo.jsonl
    """
    plan = _plan(sources, since, until)
    policy = _policy(contact, delay, allow_private=allow_private)
    with orderly_output(), _store(out) as store:
        said = _fetched(plan, policy, store, report)
        raise typer.Exit(_told(said))


def _plan(sources: list[str], since: str | None, until: str | None) -> Plan:
    from datetime import UTC, datetime

    from pykala.errors import PykalaError
    from pykala.fetch.plan import Plan, Window, day
    from pykala.fetch.sources import source

    today = datetime.now(UTC).date()
    try:
        first, last = (day(words, today) if words else None for words in (since, until))
        chosen = dict.fromkeys(source(words) for words in sources)
    except (PykalaError, ValueError) as error:
        refuse(str(error))
    if first and last and first > last:
        refuse(f"--since {first} is after --until {last}")
    return Plan(tuple(chosen), Window(first, last))


def _policy(contact: str | None, delay: float, *, allow_private: bool) -> Policy:
    from pykala.fetch.policy import Policy

    try:
        return Policy(contact=contact, requests_per_second=1 / delay, allow_private=allow_private)
    except ValueError as error:
        refuse(str(error))


@contextmanager
def _store(path: Path) -> Iterator[Store]:
    """The store; one that cannot be opened or written is wrong usage."""
    from pykala.errors import StoreError
    from pykala.fetch.store import Store

    try:
        with Store.open(path) as store:
            yield store
    except StoreError as error:
        refuse(str(error))


def _fetched(plan: Plan, policy: Policy, store: Store, out: Path | None) -> dict[str, Any]:
    """Run the plan to its end; gives its report, which is in the store too."""
    from rich.console import Console

    from pykala.fetch.asking import Asker
    from pykala.fetch.client import Client
    from pykala.fetch.report import report
    from pykala.fetch.run import run

    console = Console(stderr=True)
    if store.repaired:
        typer.echo(f"pykala: {store.path}: a record that a stopped run had left half written was cut off", err=True)
    store.begin(plan.told(), policy.agent)
    with _progress(console) as told, Asker(store, lambda seen: Client(policy, seen=seen), policy.max_bytes) as asker:
        tallies = run(plan, store, asker, _reader(), told=told)
    said = report(plan, tallies, store, _parsed, limit=policy.max_bytes)
    if out is not None:
        _write(out, said)
    store.end(said)
    if console.is_terminal:
        from pykala.fetch.summary import table

        console.print(table(said))
    return said


def _reader() -> Reader:
    """What reads listings."""
    from pykala.errors import ListingPage, ReadError
    from pykala.fetch.walk import Reader
    from pykala.read import read
    from pykala.read.listing import links

    def lists(content: bytes, address: str) -> bool:
        try:
            read(content, address)
        except ListingPage:
            return True
        except ReadError:
            return False
        return False

    return Reader(links, lists)


def _parsed(document: Fetched) -> Record:
    """The record of a bulletin, for the report."""
    from pykala.pipeline import parse

    return parse(document.content, uri=document.uri)


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and remaining time on a terminal, nothing elsewhere."""
    if not console.is_terminal:
        yield lambda _: None
        return
    from rich import progress

    columns = (
        progress.TextColumn("Fetching"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.description}", markup=False),
    )
    with progress.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, rate="")
        start = monotonic()

        def tell(now: Progress) -> None:
            rate = f"{now.asked / max(monotonic() - start, 0.001):.1f} pages/s"
            total = now.asked + now.waiting
            bar.update(task, completed=now.asked, total=total, rate=rate, description=_short(now.address))

        yield tell


def _short(address: str) -> str:
    return address if len(address) <= 60 else f"{address[:40]}…{address[-19:]}"


def _write(path: Path, said: dict[str, Any]) -> None:
    import json

    from pykala.emit.files import whole_file

    with whole_file(path) as stream:
        stream.write(json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n")


def _told(said: dict[str, Any]) -> int:
    """Tell what is wrong, a line each; gives the exit code."""
    from pykala.fetch.report import troubles

    lines = list(troubles(said))
    for line in lines:
        typer.echo(f"pykala: {line}", err=True)
    return FAILED if lines else OK
