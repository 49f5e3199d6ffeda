"""What does the work: this process itself, for a handful of small documents, or many others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Protocol, Self

from pykala.batch.faults import Caps, lines_of, out_of_memory, timed_out
from pykala.batch.result import Packed, Task, packed_result_of
from pykala.record import Failure
from pykala.settings import Settings


class Pool(Protocol):
    """Does tasks, in whatever order they get done."""

    @property
    def free(self) -> bool:
        """Whether it takes another task."""

    @property
    def busy(self) -> bool:
        """Whether it owes a reply."""

    def submit(self, task: Task) -> None:
        """Take a task."""

    def replies(self) -> Iterator[tuple[int, Packed | Failure]]:
        """Wait until something happens, and tell which tasks are done, each by its number."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all work, done or not."""


class Inline:
    """Does tasks in this process, one at a time, and starts none.

    Args:
        settings: of the run.
        caps: what one document may take; of them only the time is seen to here, and only while Python runs.
    """

    def __init__(self, settings: Settings = Settings(), caps: Caps = Caps()) -> None:
        self._settings = settings
        self._caps = caps
        self._task: Task | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._task = None

    @property
    def free(self) -> bool:
        """Whether it takes another task."""
        return self._task is None

    @property
    def busy(self) -> bool:
        """Whether it owes a reply."""
        return self._task is not None

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._task = task

    def replies(self) -> Iterator[tuple[int, Packed | Failure]]:
        """Do the task, and give its result."""
        task, self._task = self._task, None
        if task is not None:
            yield task.number, self._done(task)

    def _done(self, task: Task) -> Packed | Failure:
        try:
            with _alarm(self._caps.seconds):
                return packed_result_of(task, self._settings)
        except _TooLate as error:
            return timed_out(task.uri, self._caps, lines_of(error.__traceback__))
        except MemoryError as error:
            return out_of_memory(task.uri, None, error.__traceback__)


class _TooLate(BaseException):
    """Not an ``Exception``, so that nothing on its way takes it for a fault of the document."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Break off what takes longer; signals reach only the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise _TooLate
