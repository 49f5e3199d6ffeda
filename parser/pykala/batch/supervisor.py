"""Worker processes under watch: one that dies is replaced, and what it held is done by others.

The pool of the standard library, and loky's, breaks as a whole when one worker dies; here a dead worker costs the document
that it was at one attempt, and no other document anything. Each worker has a pipe of its own and gets documents only while
it waits for them, so that no write can block; each answers document by document, so that the first unanswered one is the
one that it died of.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Final, Self

from pykala.batch.faults import Caps, brought_down, timed_out
from pykala.batch.result import Packed, Task
from pykala.batch.worker import READY, Reply, serve
from pykala.errors import WorkersFail
from pykala.record import Failure
from pykala.settings import Settings

#: Seconds of work that one chunk of documents is to be.
CHUNK_SECONDS: Final = 0.25
CHUNK_LONGEST: Final = 32
CHUNK_BYTES: Final = 1 << 20
#: Documents and bytes that wait for a worker.
WAITING: Final = 64
WAITING_BYTES: Final = 64 << 20
ATTEMPTS: Final = 2
#: Seconds beyond the time limit after which a worker that its own alarm has not ended is killed.
GRACE: Final = 5.0
#: Seconds that a worker may take to load.
STARTING: Final = 180.0
_ALARM: Final = -14


@dataclass(slots=True)
class _Attempt:
    task: Task
    count: int = 0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    tasks: Connection
    log: Connection
    ready: bool = False
    held: deque[_Attempt] = field(default_factory=deque)
    deadline: float = 0.0


class Supervisor:
    """Does tasks in other processes, in whatever order they get done.

    Args:
        workers: how many processes at most; each is started when there is something for it to do.
        settings: of the run.
        caps: what one document may take.
    """

    def __init__(self, workers: int, settings: Settings = Settings(), caps: Caps = Caps()) -> None:
        self._most = workers
        self._settings = settings
        self._caps = caps
        self._workers: list[_Worker] = []
        self._waiting: deque[_Attempt] = deque()
        self._bytes = 0
        self._pace = 1.0
        self._failed_starts = 0
        self._context = _context()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            if worker.held or not worker.ready:
                worker.process.kill()
            _close(worker)
        self._workers.clear()

    @property
    def free(self) -> bool:
        """Whether it takes another task."""
        return len(self._waiting) < WAITING * self._most and self._bytes < WAITING_BYTES

    @property
    def busy(self) -> bool:
        """Whether it owes a reply."""
        return bool(self._waiting) or any(worker.held for worker in self._workers)

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._waiting.append(_Attempt(task))
        self._bytes += task.size
        self._hand_out()

    def replies(self) -> Iterator[tuple[int, Packed | Failure]]:
        """Wait until something happens, and tell which tasks are done, each by its number.

        Raises:
            WorkersFail: no worker can be started.
        """
        self._hand_out()
        first = min((worker.deadline for worker in self._workers), default=0.0)
        patience = None if first == float("inf") else max(0.0, first - time.monotonic())
        ends: dict[object, _Worker] = {worker.tasks: worker for worker in self._workers}
        for end in wait([worker.tasks for worker in self._workers], timeout=patience) if ends else ():
            yield from self._heard(ends[end])
        now = time.monotonic()
        for worker in [one for one in self._workers if one.deadline <= now]:
            worker.process.kill()
            yield from self._buried(worker, late=True)
        self._hand_out()

    def _heard(self, worker: _Worker) -> Iterator[tuple[int, Packed | Failure]]:
        """Everything that a worker with something to say says by now, and its end if it has come."""
        try:
            while True:
                reply = Reply.from_bytes(worker.tasks.recv_bytes())
                if reply.number == READY.number:
                    worker.ready, self._failed_starts = True, 0
                    worker.deadline = float("inf")
                else:
                    yield self._answered(worker, reply)
                if reply.leaving:
                    self._workers.remove(worker)
                    _close(worker)
                    return
                if not worker.tasks.poll():
                    return
        except (EOFError, OSError):
            yield from self._buried(worker, late=False)

    def _answered(self, worker: _Worker, reply: Reply) -> tuple[int, Packed | Failure]:
        attempt = worker.held.popleft()
        now = time.monotonic()
        spent = max(0.0, now - (worker.deadline - self._caps.seconds - GRACE))
        self._pace += 0.1 * (spent - self._pace)
        worker.deadline = now + self._caps.seconds + GRACE if worker.held else float("inf")
        return attempt.task.number, reply.result

    def _buried(self, worker: _Worker, *, late: bool) -> Iterator[tuple[int, Failure]]:
        """Settle what a dead worker held: the document that it was at, if that is to blame; the rest goes to others."""
        self._workers.remove(worker)
        trace = _close(worker)
        code = worker.process.exitcode
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts > self._most + 2:
                raise WorkersFail(f"no worker process can be started (exit code {code}): {trace or 'it says nothing'}")
        elif worker.held:
            attempt = worker.held[0]
            attempt.count += 1
            if late or code == _ALARM:
                worker.held.popleft()
                yield attempt.task.number, timed_out(attempt.task.uri, self._caps, trace)
            elif attempt.count >= ATTEMPTS:
                worker.held.popleft()
                yield attempt.task.number, brought_down(attempt.task.uri, code, trace)
        self._waiting.extendleft(reversed(worker.held))
        self._bytes += sum(attempt.task.size for attempt in worker.held)

    def _hand_out(self) -> None:
        """Give every worker that waits a chunk of what waits for a worker."""
        idle = [worker for worker in self._workers if worker.ready and not worker.held]
        starting = sum(not worker.ready for worker in self._workers)
        while self._waiting and not idle and starting < len(self._waiting) and len(self._workers) < self._most:
            self._workers.append(self._started())
            starting += 1
        for worker in idle:
            if not self._waiting:
                return
            self._give(worker, self._chunk())

    def _chunk(self) -> deque[_Attempt]:
        """So many documents that one worker has enough to do for a moment, and the others get theirs."""
        most = max(1, min(CHUNK_LONGEST, int(CHUNK_SECONDS / max(self._pace, 1e-3)), len(self._waiting) // self._most))
        chunk: deque[_Attempt] = deque()
        size = 0
        while self._waiting and len(chunk) < most and (not chunk or size + self._waiting[0].task.size < CHUNK_BYTES):
            chunk.append(self._waiting.popleft())
            size += chunk[-1].task.size
        self._bytes -= size
        return chunk

    def _give(self, worker: _Worker, chunk: deque[_Attempt]) -> None:
        worker.held = chunk
        worker.deadline = time.monotonic() + self._caps.seconds + GRACE
        try:
            worker.tasks.send([attempt.task for attempt in chunk])
        except OSError:
            return  # it has died meanwhile, which the next look at its pipe tells

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        log, their_log = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=serve, args=(theirs, their_log, self._settings, self._caps), name="pykala-worker", daemon=True
        )
        with _our_modules():
            process.start()
        theirs.close()
        their_log.close()
        return _Worker(process, ours, log, deadline=time.monotonic() + STARTING)


def default_workers() -> int:
    """As many as the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> ForkServerContext | SpawnContext:
    """A server forks workers that have all modules loaded; a fork of this process itself could copy locks in use."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pykala.batch.warm", "pykala.batch.worker"])
    return context


@contextmanager
def _our_modules() -> Iterator[None]:
    """Have the server that forks workers look for modules where this process does, or it might load another pykala."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(path or os.curdir for path in sys.path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def _close(worker: _Worker) -> str:
    """See a worker off, and give what it had to say of its end."""
    worker.tasks.close()
    worker.process.join(GRACE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    trace = _said(worker.log)
    worker.log.close()
    return trace


def _said(log: Connection) -> str:
    pieces: Sequence[bytes] = ()
    while log.poll() and (piece := os.read(log.fileno(), 65_536)):
        pieces = (*pieces, piece)
    return b"".join(pieces).decode("utf-8", "replace")
