"""A worker process: reads documents that come through a pipe, and answers each; it never outlives the limits of one."""

from __future__ import annotations

import faulthandler
import os
import signal
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from pykala.batch.faults import Caps, out_of_memory
from pykala.batch.result import Packed, Task, packed_result_of
from pykala.record import Failure
from pykala.settings import Settings

#: Documents after which a worker makes room for a fresh one, so that no cache grows for ever.
LIFETIME: Final = 5_000
#: The share of the memory cap that a worker may keep between documents.
KEPT: Final = 0.25
_HEAD: Final = struct.Struct("<q??")
_MEGABYTE: Final = 1 << 20
_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker says of one document.

    It travels as plain bytes: a worker reads what strangers wrote, so nothing that it says is unpickled.

    Attributes:
        number: the task's.
        leaving: the worker takes no further task.
    """

    number: int
    result: Packed | Failure
    leaving: bool = False

    def to_bytes(self) -> bytes:
        """The reply as it travels."""
        failed = isinstance(self.result, Failure)
        body = self.result.model_dump_json().encode() if isinstance(self.result, Failure) else self.result.content
        return _HEAD.pack(self.number, failed, self.leaving) + body

    @classmethod
    def from_bytes(cls, content: bytes) -> Reply:
        """The reply that arrived."""
        number, failed, leaving = _HEAD.unpack_from(content)
        body = content[_HEAD.size :]
        return cls(number, Failure.model_validate_json(body) if failed else Packed(body), leaving)


READY: Final = Reply(-1, Packed(b""))


def serve(tasks: Connection, log: Connection, settings: Settings, caps: Caps) -> None:
    """Answer lists of tasks one by one until the other end closes.

    Args:
        tasks: where they come from and answers go to.
        log: where the line goes that the process was at when something ended it.
        settings: of the run.
        caps: what one document may take.
    """
    from pykala.batch.warm import TASK  # loads all that reads documents, which the parent does without

    _prepare(log)
    packed_result_of(TASK, settings)  # loads what is not loaded yet, such as a model, before the clock starts
    base = _resident()
    done = 0
    try:
        tasks.send_bytes(READY.to_bytes())
        while True:
            chunk: Sequence[Task] = tasks.recv()
            for position, task in enumerate(chunk, 1):
                result = _within(task, settings, caps)
                done += 1
                worn = done >= LIFETIME or _resident() - base > KEPT * caps.megabytes * _MEGABYTE
                leaving = worn and position == len(chunk)
                tasks.send_bytes(Reply(task.number, result, leaving).to_bytes())
                if leaving:
                    return
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _prepare(log: Connection) -> None:
    """Leave Ctrl-C to the parent, and have the trace written when a signal ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    faulthandler.enable(file=log.fileno(), all_threads=False)
    if hasattr(signal, "SIGALRM"):
        # Written by the signal's own handler, so also where a library never comes back to Python; then the signal kills.
        faulthandler.register(signal.SIGALRM, file=log.fileno(), all_threads=False, chain=True)


def _within(task: Task, settings: Settings, caps: Caps) -> Packed | Failure:
    """The document's result, if it comes in time; else the alarm ends the process, also one whose parent is gone."""
    try:
        with _alarm(caps.seconds), _capped(caps.megabytes * _MEGABYTE):
            return packed_result_of(task, settings)
    except MemoryError as error:  # by now there is some again
        return out_of_memory(task.uri, caps, error.__traceback__)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _capped(more: int) -> Iterator[None]:
    """Let the process have so many bytes of address space more than it has now."""
    try:
        import resource
    except ImportError:  # not on this system; the time limit stays
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    limit = _status()[0] + more
    hard = before[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _resident() -> int:
    return _status()[1]


def _status() -> tuple[int, int]:
    """Bytes of address space and of memory that this process has; none where the system does not tell."""
    try:
        total, resident = Path("/proc/self/statm").read_bytes().split()[:2]
    except OSError:
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(total) * page, int(resident) * page
