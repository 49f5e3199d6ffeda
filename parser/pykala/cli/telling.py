"""What a run tells on standard error while it goes on, and at its end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from pykala.record import Failure

#: Seconds between two lines of a run that nobody watches.
PAUSE: Final = 30.0
#: Failures from which a table tells more than their lines, which a pipe gets anyway.
MANY: Final = 10


class Telling:
    """Counts outcomes, and shows them: a bar on a terminal, now and then a line elsewhere.

    Args:
        console: standard error.
        quiet: tell nothing but failures that nothing else tells.
    """

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self._console = console
        self._quiet = quiet
        self._causes: Counter[tuple[str, str]] = Counter()
        self._bar: Progress | None = None
        self._row: TaskID | None = None
        self._since = self._last = time.monotonic()
        self.documents = 0
        self.known = 0

    @property
    def failures(self) -> int:
        """How many documents failed."""
        return self._causes.total()

    @contextmanager
    def watched(self, count: Callable[[], int | None], *, wanted: bool) -> Iterator[None]:
        """Show progress meanwhile, where somebody watches and there is something to wait for.

        Args:
            count: how many documents there will be, if that can be told.
            wanted: nothing else is written to the terminal meanwhile.
        """
        if self._quiet or not (wanted and self._console.is_terminal) or (total := count()) == 1:
            yield
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("Parsing"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]:.0f}/s"),
            TextColumn("{task.fields[failed]} failed"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as self._bar:
            self._row = self._bar.add_task("", total=total, rate=0.0, failed=0)
            yield
        self._bar = None

    def count(self, *, known: bool) -> None:
        """One document more is done."""
        self.documents += 1
        self.known += known
        rate = self.documents / max(time.monotonic() - self._since, 0.001)
        if self._bar is not None and self._row is not None:
            self._bar.update(self._row, advance=1, rate=rate, failed=self.failures)
        elif not self._quiet and time.monotonic() - self._last >= PAUSE:
            self._last = time.monotonic()
            self._say(f"{self.documents:,} documents, {rate:.1f}/s, {self.failures:,} failed")

    def fail(self, failure: Failure, *, listed: bool) -> None:
        """One document failed.

        Args:
            failure: why.
            listed: a file lists it too.
        """
        from pykala.emit.failures import one_line

        self._causes[(failure.stage, failure.code)] += 1
        if not (self._quiet and listed):
            self._say(one_line(failure))

    def conclude(self, out: str | None) -> None:
        """Tell where the records are, and what the failures are of."""
        if self._quiet:
            return
        if self.failures and (self._console.is_terminal or self.failures > MANY):
            self._console.print(self._table())
        if out is not None and self._console.is_terminal:
            written = self.documents - self.failures
            known = f" ({self.known} of them known from before)" if self.known else ""
            self._say(f"{written} of {self.documents} documents written to {out}{known}")

    def _table(self) -> object:
        from rich.table import Table

        table = Table(box=None, padding=(0, 2, 0, 0))
        table.add_column("failures", justify="right")
        table.add_column("cause")
        table.add_column("stage")
        for (stage, code), number in sorted(self._causes.items(), key=lambda item: (-item[1], item[0])):
            table.add_row(f"{number:,}", code, stage)
        return table

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)
