"""A cluster of machines that parses: Dask carries documents there and records back, and each machine watches its workers.

Dask does anew what a lost machine had; what brings a worker down there is settled there, by the same supervisor as here,
so that a document fails in the same way wherever it is parsed.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final, Self

from pykala.batch.faults import Caps, brought_down
from pykala.batch.fingerprint import fingerprint
from pykala.batch.result import Packed, Task
from pykala.batch.supervisor import CHUNK_BYTES, Supervisor, default_workers
from pykala.errors import WorkersFail
from pykala.record import Failure
from pykala.settings import Settings

LOCAL: Final = "local"
#: Documents in one parcel, and parcels on their way for each thread of the cluster.
PARCEL: Final = 16
AHEAD: Final = 3
#: How often a parcel may be at a machine that is lost before its documents travel alone, and then each of them.
ATTEMPTS: Final = 2
#: Seconds that a cluster may take to answer, and to have a worker.
PATIENCE: Final = 60
#: Seconds between two looks at how large the cluster is.
LOOK: Final = 10.0
_SILENT: Final = {"distributed.admin.large-graph-warning-threshold": "1GB", "distributed.logging.distributed": "error"}


class Cluster:
    """Does tasks on the workers of a Dask cluster.

    Args:
        address: that of its scheduler, or ``local`` for a cluster of this machine's own processes.
        workers: how many of these; of a cluster elsewhere, all are used.
        settings: of the run.
        caps: what one document may take.

    Raises:
        WorkersFail: no cluster answers, ``distributed`` is not installed, or the workers are of another version.
    """

    def __init__(
        self, address: str, *, workers: int | None = None, settings: Settings = Settings(), caps: Caps = Caps()
    ) -> None:
        self._address = address
        self._workers = workers or default_workers()
        self._settings = settings
        self._caps = caps
        self._expected = fingerprint(settings)
        self._stack = ExitStack()
        self._waiting: deque[Task] = deque()
        self._sent: dict[str, tuple[Any, list[Task], int]] = {}
        self._done: SimpleQueue[str] = SimpleQueue()
        self._client: Any = None
        self._parcels = 0
        self._threads = 1
        self._look_again = 0.0

    def __enter__(self) -> Self:
        self._client = self._stack.enter_context(_connected(self._address, self._workers))
        self._look()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for future, _, _ in self._sent.values():
            future.cancel()
        self._stack.close()

    @property
    def free(self) -> bool:
        """Whether it takes another task."""
        return len(self._waiting) < PARCEL and len(self._sent) < AHEAD * max(1, self._threads)

    @property
    def busy(self) -> bool:
        """Whether it owes a reply."""
        return bool(self._waiting or self._sent)

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._waiting.append(task)
        if len(self._waiting) >= PARCEL or sum(one.size for one in self._waiting) >= CHUNK_BYTES:
            self._send_waiting()

    def replies(self) -> Iterator[tuple[int, Packed | Failure]]:
        """Wait until a parcel is back, and tell which tasks are done, each by its number.

        Raises:
            WorkersFail: the cluster is lost, or a worker is of another version.
        """
        self._send_waiting()
        self._look()
        key = self._done.get()
        future, tasks, attempt = self._sent.pop(key)
        try:
            done = future.result()  # what a machine was lost with is waited for until others have done it again
        except (WorkersFail, CancelledError) as error:
            raise WorkersFail(
                str(error) if isinstance(error, WorkersFail) else "the cluster is lost",
                remedy="start it again, and the run goes on where it was",
            ) from error
        except Exception as error:
            if type(error).__name__ != "KilledWorker":
                raise WorkersFail(f"a worker of the cluster fails: {error}") from error
            done = self._fallen(tasks, attempt)
        yield from done

    def _fallen(self, tasks: list[Task], attempt: int) -> list[tuple[int, Packed | Failure]]:
        """Settle what a parcel held that brought workers down: each task is tried alone, until it has been tried enough."""
        if attempt >= ATTEMPTS:
            return [(task.number, brought_down(task.uri, -9, "")) for task in tasks]
        for task in tasks:
            self._send([task], attempt + 1)
        return []

    def _look(self) -> None:
        """See now and then how large the cluster is, since machines come and go."""
        if time.monotonic() >= self._look_again:
            self._threads = sum(self._client.ncores().values())
            self._look_again = time.monotonic() + LOOK

    def _send_waiting(self) -> None:
        if self._waiting:
            tasks = list(self._waiting)
            self._waiting.clear()
            self._send(tasks, 1)

    def _send(self, tasks: list[Task], attempt: int) -> None:
        self._parcels += 1
        key = f"pykala-{id(self):x}-{self._parcels}"
        future = self._client.submit(
            parcel, tasks, self._settings, self._caps, self._expected, key=key, pure=False, retries=0
        )
        self._sent[key] = (future, tasks, attempt)
        future.add_done_callback(lambda future: self._done.put(future.key))


def parcel(tasks: Sequence[Task], settings: Settings, caps: Caps, expected: str) -> list[tuple[int, Packed | Failure]]:
    """Parse some documents where this runs.

    Args:
        tasks: the documents.
        settings: of the run.
        caps: what one document may take.
        expected: the fingerprint that the run began with.

    Raises:
        WorkersFail: this machine would make other records.
    """
    if fingerprint(settings) != expected:
        raise WorkersFail("a worker of the cluster has another version of pykala, of its rules or of its libraries")
    supervisor = _supervisor(settings, caps)
    done: list[tuple[int, Packed | Failure]] = []
    for task in tasks:
        supervisor.submit(task)
    while supervisor.busy:
        done.extend(supervisor.replies())
    return done


class _Own(threading.local):
    """The worker process of each thread of this machine, kept from one parcel to the next."""

    supervisor: Supervisor | None = None
    made_for: tuple[Settings, Caps] | None = None


_own = _Own()


def _supervisor(settings: Settings, caps: Caps) -> Supervisor:
    if _own.supervisor is None or _own.made_for != (settings, caps):
        # Dask's own workers are marked as daemons, which may have no children: here they may, since a worker ends with its pipe.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
        _own.supervisor, _own.made_for = Supervisor(1, settings, caps), (settings, caps)
    return _own.supervisor


@contextmanager
def _connected(address: str, workers: int) -> Iterator[Any]:
    """A client of the cluster that listens at the address, or of one that is started for the run."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise WorkersFail("a cluster needs Dask", remedy="pip install 'pykala[cluster]'") from error
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_SILENT))
        try:
            place = address
            if address == LOCAL:
                place = stack.enter_context(
                    LocalCluster(  # type: ignore[no-untyped-call]
                        n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50
                    )
                )
            client = stack.enter_context(
                Client(  # type: ignore[no-untyped-call]
                    place, timeout=PATIENCE, set_as_default=False
                )
            )
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise WorkersFail(
                f"no cluster answers at {address}: {error}", remedy="start it, or check its address"
            ) from error
        yield client
