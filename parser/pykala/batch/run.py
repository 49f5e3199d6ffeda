"""Parses documents in order, by whatever does the work; a document that fails is one failure and stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pykala.batch.faults import out_of_memory
from pykala.batch.inputs import Input
from pykala.batch.ledger import Ledger
from pykala.batch.pool import Pool
from pykala.batch.result import Packed, Task, result_of
from pykala.batch.source import Source, printable, read_source
from pykala.emit.failures import failure
from pykala.errors import PykalaError
from pykala.record import Failure, Record
from pykala.settings import Settings

#: Documents and bytes that are done or being done while one before them is not.
AHEAD: Final = 4096
AHEAD_BYTES: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one document gave: a record, or a failure."""

    input: Input
    result: Record | Failure


@dataclass(frozen=True, slots=True)
class Done:
    """What one document of a run gave, its record packed.

    Attributes:
        name: what the document is called in this run.
        known: it had been done by an earlier run.
    """

    name: str
    result: Packed | Failure
    known: bool = False


def outcomes(inputs: Iterable[Input], settings: Settings = Settings()) -> Iterator[Outcome]:
    """Each document's outcome, in the order of the inputs, one at a time and in this process."""
    for number, one in enumerate(inputs):
        task = _task(number, one, settings)
        try:
            yield Outcome(one, task if isinstance(task, Failure) else result_of(task, settings))
        except MemoryError as error:
            yield Outcome(one, out_of_memory(one.uri, None, error.__traceback__))


def run(
    inputs: Iterable[Input], pool: Pool, *, settings: Settings = Settings(), ledger: Ledger | None = None
) -> Iterator[Done]:
    """Each document's outcome, in the order of the inputs, whoever is done first.

    Args:
        inputs: the documents, taken one by one as there is room for them.
        pool: what does the work.
        settings: of the run.
        ledger: what has been done before, and where what is done now is kept.

    Raises:
        WorkersFail: the pool has nobody left to do the work.
        LedgerError: the ledger is damaged.
        OSError: the ledger cannot be written.
    """
    line = _Line()
    coming = enumerate(inputs)
    exhausted = False
    while not exhausted or line.open:
        while not exhausted and line.room and pool.free:
            number, one = next(coming, (-1, None))
            if one is None:
                exhausted = True
                break
            _enter(line, number, one, pool, settings, ledger)
            yield from line.settled()
        if pool.busy:
            for number, result in pool.replies():
                task = line.settle(number, result)
                if ledger is not None and task is not None:
                    ledger.put(task, result)
        yield from line.settled()
    if ledger is not None:
        ledger.put_away()
        ledger.forget_others()


def _enter(line: _Line, number: int, one: Input, pool: Pool, settings: Settings, ledger: Ledger | None) -> None:
    """Settle a document at once if it can be, or give it to the pool."""
    task = _task(number, one, settings)
    known = task if isinstance(task, Failure) else ledger.get(task) if ledger is not None else None
    line.enter(number, one.name, task)
    if known is not None:
        line.settle(number, known, known=not isinstance(task, Failure))
    elif isinstance(task, Task):
        pool.submit(task)


def _task(number: int, source: Source, settings: Settings) -> Task | Failure:
    """The document with its bytes, or why they cannot be had."""
    try:
        return Task(number, source.uri, read_source(source, settings.limits), source.retrieved_at)
    except (PykalaError, OSError) as error:
        return failure(error, printable(source.uri))


class _Line:
    """The documents that have been begun and not yet been given out, in their order."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._tasks: dict[int, Task] = {}
        self._done: dict[int, Done] = {}
        self._next = 0
        self._bytes = 0

    @property
    def open(self) -> bool:
        """Whether any is left."""
        return bool(self._names)

    @property
    def room(self) -> bool:
        """Whether another may be begun."""
        return len(self._names) < AHEAD and self._bytes < AHEAD_BYTES

    def enter(self, number: int, name: str, task: Task | Failure) -> None:
        """Begin a document."""
        self._names[number] = name
        if isinstance(task, Task):
            self._tasks[number] = task
            self._bytes += task.size

    def settle(self, number: int, result: Packed | Failure, *, known: bool = False) -> Task | None:
        """Note what a document gave, and give back its task."""
        self._done[number] = Done(self._names[number], result, known)
        task = self._tasks.pop(number, None)
        self._bytes += _size(result) - (task.size if task else 0)
        return task

    def settled(self) -> Iterator[Done]:
        """Those whose turn it is."""
        while (done := self._done.pop(self._next, None)) is not None:
            del self._names[self._next]
            self._bytes -= _size(done.result)
            self._next += 1
            yield done


def _size(result: Packed | Failure) -> int:
    return len(result.content) if isinstance(result, Packed) else 0
