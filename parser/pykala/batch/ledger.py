"""What has been done already: each document's record or failure, kept so that a run goes on where another one ended.

A row is found by the document's address, the hash of its content and the pipeline's fingerprint: what has changed is done
anew, and takes the place of what it was. Rows are written in whole transactions, so that a run which ends at any moment
leaves a ledger that holds some documents wholly and the others not at all.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pykala.batch.result import Packed, Task
from pykala.errors import LedgerError
from pykala.record import Failure

#: Documents, bytes and seconds after which what was done is put away.
HELD: Final = 256
HELD_BYTES: Final = 8 << 20
HELD_SECONDS: Final = 5.0
#: Failures whose cause lies outside the document, so that each run tries them anew.
PASSING: Final = frozenset({"killed"})
_APPLICATION: Final = 0x70796B61  # "pyka"
_VERSION: Final = 1
_NEW: Final = f"""
BEGIN;
CREATE TABLE document (
    uri TEXT NOT NULL,
    pipeline TEXT NOT NULL,
    content BLOB NOT NULL,
    record BLOB,
    failure TEXT,
    PRIMARY KEY (uri, pipeline),
    CHECK ((record IS NULL) <> (failure IS NULL))
);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
COMMIT;
"""


class Ledger:
    """The ledger of one output.

    The file is made when there is something to put away: a run of a moment leaves none, unless it is told to.

    Args:
        path: the file.
        pipeline: the fingerprint of what makes records.
        retry: forget failures.
        at_once: make the file now.

    Raises:
        LedgerError: the file is no ledger.
    """

    def __init__(self, path: Path, pipeline: str, *, retry: bool = False, at_once: bool = False) -> None:
        self._path = path
        self._pipeline = pipeline
        self._retry = retry
        self._held: list[tuple[str, str, bytes, bytes | None, str | None]] = []
        self._size = 0
        self._since = time.monotonic()
        self._file: sqlite3.Connection | None = None
        if at_once or path.exists():
            self._file = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.put_away()
        finally:
            if self._file is not None:
                with self._told():
                    self._file.close()

    def get(self, task: Task) -> Packed | Failure | None:
        """What is known of the document, or nothing."""
        if self._file is None:
            return None
        with self._told():
            row = self._file.execute(
                "SELECT content, record, failure FROM document WHERE uri = ? AND pipeline = ?",
                (_key(task.uri), self._pipeline),
            ).fetchone()
        if row is None or row[0] != _hash(task) or (row[1] is None and self._retry):
            return None
        return Packed(row[1]) if row[1] is not None else Failure.model_validate_json(row[2])

    def put(self, task: Task, result: Packed | Failure) -> None:
        """Keep what the document gave, unless the next run may well have better luck with it."""
        if isinstance(result, Failure):
            if result.code in PASSING:
                return
            record, failed = None, result.model_dump_json()
        else:
            record, failed = result.content, None
        self._held.append((_key(task.uri), self._pipeline, _hash(task), record, failed))
        self._size += len(record or failed or "")
        if len(self._held) >= HELD or self._size >= HELD_BYTES or time.monotonic() - self._since >= HELD_SECONDS:
            self.put_away()

    def put_away(self) -> None:
        """Write what is held, all of it or none."""
        if self._held:
            if self._file is None:
                self._file = self._opened()
            with self._told(), self._file:
                self._file.executemany("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)", self._held)
        self._held.clear()
        self._size, self._since = 0, time.monotonic()

    def forget_others(self) -> None:
        """Let go of what other pipelines made, once all is done by this one."""
        if self._file is not None:
            with self._told(), self._file:
                self._file.execute("DELETE FROM document WHERE pipeline <> ?", (self._pipeline,))

    def _opened(self) -> sqlite3.Connection:
        with self._told():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=30)
            found = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if (found, connection.execute("PRAGMA user_version").fetchone()[0]) == (_APPLICATION, _VERSION):
                return _quick(connection)
            if found or tables:
                connection.close()
                raise LedgerError("the file is no ledger of this version", source=str(self._path), remedy=_REMEDY)
            connection.executescript(_NEW)
            return _quick(connection)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say which file it is that cannot be written or read."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OSError(None, str(error), str(self._path)) from error
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"the ledger is damaged: {error}", source=str(self._path), remedy=_REMEDY) from error


_REMEDY: Final = "remove it, and everything is done anew"


def _quick(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Transactions that survive the end of the process at any moment, without a flush of the disk for each."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -4096")
    return connection


def _hash(task: Task) -> bytes:
    """The hash of what the record depends on: content, its kind, and the time that it was fetched at."""
    text = isinstance(task.content, str)
    content = task.content.encode("utf-8", "surrogatepass") if isinstance(task.content, str) else task.content
    digest = hashlib.sha256(content)
    digest.update(f"{text} {task.retrieved_at}".encode())
    return digest.digest()


def _key(uri: str) -> str:
    """The address in characters that a database takes."""
    return uri if uri.isascii() else uri.encode("utf-8", "surrogatepass").decode("utf-8", "backslashreplace")
