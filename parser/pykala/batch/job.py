"""One run from its order to its outcomes: who does the work, what is remembered, and that no other run interferes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pykala.batch.faults import Caps
from pykala.batch.inputs import Input, Wanted, inputs
from pykala.batch.pool import Inline, Pool
from pykala.batch.run import Done, run
from pykala.settings import Settings

if TYPE_CHECKING:
    from pykala.batch.ledger import Ledger

#: So few documents of so many bytes in all are parsed in this process, which starts no other.
HANDFUL: Final = 8
HANDFUL_BYTES: Final = 256_000


@dataclass(frozen=True, slots=True)
class Job:
    """What a run is to do.

    Attributes:
        wanted: the documents.
        settings: how they are parsed.
        workers: processes; none told means as many as there are cores, and none at all for a handful of documents.
        caps: what one document may take.
        cluster: where a cluster of machines listens, or ``local`` for one of this machine's processes.
        ledger: the file that remembers what has been done.
        keep: make the ledger whatever the run; else only a longer run makes one, and any uses one that is there.
        retry_failed: try again what failed before.
        lock: the file that keeps other runs off the same output.
    """

    wanted: Wanted
    settings: Settings = Settings()
    workers: int | None = None
    caps: Caps = Caps()
    cluster: str | None = None
    ledger: Path | None = None
    keep: bool = False
    retry_failed: bool = False
    lock: Path | None = None


@contextmanager
def started(job: Job) -> Iterator[Iterator[Done]]:
    """The outcomes of a run, in the order of its documents.

    Raises:
        WrongInput: an argument names no document.
        LedgerError: another run has the same output, or the ledger is none.
        WorkersFail: no worker, or no cluster, can be had.
    """
    documents = inputs(job.wanted)
    with ExitStack() as stack:
        if job.lock is not None:
            from pykala.batch.lock import locked

            stack.enter_context(locked(job.lock))
        first = list(islice(documents, HANDFUL + 1))
        small = _is_handful(first)
        ledger = _ledger(job, small=small)
        if ledger is not None:
            stack.enter_context(ledger)
        pool = stack.enter_context(_pool(job, small=small))
        yield run(chain(first, documents), pool, settings=job.settings, ledger=ledger)


def _is_handful(first: list[Input]) -> bool:
    return len(first) <= HANDFUL and sum(map(_size, first)) <= HANDFUL_BYTES


def _size(one: Input) -> int:
    if isinstance(one.content, bytes | str):
        return len(one.content)
    path = Path(one.uri)
    return path.stat().st_size if one.content is None and path.is_file() else 0


def _ledger(job: Job, *, small: bool) -> Ledger | None:
    if job.ledger is None or (small and not job.keep and not job.ledger.exists()):
        return None
    from pykala.batch.fingerprint import fingerprint
    from pykala.batch.ledger import Ledger

    return Ledger(job.ledger, fingerprint(job.settings), retry=job.retry_failed, at_once=job.keep)


def _pool(job: Job, *, small: bool) -> Pool:
    if job.cluster is not None:
        from pykala.batch.cluster import Cluster

        return Cluster(job.cluster, workers=job.workers, settings=job.settings, caps=job.caps)
    if small and job.workers is None:
        return Inline(job.settings, job.caps)
    from pykala.batch.supervisor import Supervisor, default_workers

    return Supervisor(job.workers or default_workers(), job.settings, job.caps)
