"""The store of a fetch: one WARC file that only grows, each record on disk before the next page is asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO, FileIO
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from pykala.errors import StoreBusy, StoreError
from pykala.fetch import archive, records
from pykala.fetch.archive import Entry
from pykala.fetch.exchange import Exchange
from pykala.fetch.index import Index, Outcome, Page, Run
from pykala.fetch.members import Torn, begins_as_warc
from pykala.fetch.records import Asked, moment

ENDING: Final = ".warc.gz"
_GONE: Final = frozenset({404, 410})


def now() -> datetime:
    """The time of a record that no server's answer has dated."""
    return datetime.now(UTC)


class Store:
    """A WARC file open for one run at a time; use :meth:`open`.

    Attributes:
        path: of the file.
        index: what it knows.
        repaired: bytes of a torn record that were cut from its end at opening.
    """

    def __init__(self, path: Path, stream: FileIO, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.index = Index()
        self.repaired = 0
        self._stream = stream
        self._clock = clock
        self._run = ""

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = now) -> Store:
        """Open a store, or begin one, for this process alone.

        A record that a stopped run left half written is cut off; all others are read for what they tell.

        Args:
            path: a name that ends in ``.warc.gz``.
            clock: gives the time of each record.

        Raises:
            StoreBusy: another run has it open.
            StoreError: it is no gzipped WARC file, is damaged in its middle, or cannot be written.
        """
        if not path.name.endswith(ENDING):
            raise StoreError("a store is one file", source=str(path), remedy=f"give a name that ends in {ENDING}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = path.open("a+b", buffering=0)
        except OSError as error:
            raise StoreError(error.strerror or str(error), source=str(path), remedy="check the path") from error
        store = cls(path, stream, clock)
        try:
            _lock(stream, path)
            store._read()
        except BaseException:
            stream.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others have it."""
        self._stream.close()

    # ------------------------------------------------------------ a run

    def begin(self, plan: Mapping[str, Any], software: str) -> Run:
        """Open a run, or go on with the latest one if that had the same plan and came to no end."""
        run = self.index.unfinished(records.plan_digest(plan))
        if run is None:
            identifier = records.new_id()
            self._append(records.opening(identifier, plan, date=moment(self._clock()), software=software))
            run = self.index.runs[-1]
        self._run = run.id
        return run

    def end(self, report: Mapping[str, Any]) -> None:
        """Close the run with its report."""
        self._append(records.closing(self._run, report, date=moment(self._clock())))

    def visited(self, address: str) -> Page | None:
        """The page, if this run got an answer for it already."""
        page = self.index.pages.get(address)
        return page if page is not None and self._run in page.runs else None

    # ------------------------------------------------------------ pages

    def keep(self, asked: Asked, exchange: Exchange, content: bytes) -> Outcome:
        """Keep what a server said: new content as it came, known content as a mention of the record that has it.

        Args:
            asked: what was asked for.
            exchange: the answer; of a redirect, the last one.
            content: its body, decoded.
        """
        page = self.index.pages.get(asked.address)
        current = page.current if page else None
        if exchange.status in _GONE:
            return self._absent(asked, exchange, content, current)
        profile = records.sameness(current, exchange, content) if current is not None else None
        if current is not None and profile is not None:
            self._append(records.revisit(asked, exchange, run=self._run, same_as=current, profile=profile))
            return "same"
        self._append(records.response(asked, exchange, content, run=self._run, supersedes=current))
        return "changed" if current is not None else "new"

    def pass_by(self, asked: Asked, exchange: Exchange) -> None:
        """Keep a response on the way to a page: a redirect, or a failure after which the request was repeated."""
        self._append(records.passage(asked, exchange, run=self._run))

    def bury(self, page: Page, reason: str) -> None:
        """Say that a bulletin is no more where it was; what it said stays in the store."""
        if page.current is not None:
            self._append(
                records.tombstone(page.asked, reason, date=moment(self._clock()), run=self._run, of=page.current)
            )

    def fail(self, asked: Asked, error: Mapping[str, Any]) -> None:
        """Keep the reason for which a page did not come."""
        self._append(records.failure(asked, error, date=moment(self._clock()), run=self._run))

    def content(self, entry: Entry, limit: int) -> bytes:
        """What a record of the store holds, decoded; see :func:`pykala.fetch.archive.content`."""
        with self.path.open("rb") as stream:
            return archive.content(stream, entry, limit)

    def said(self, entry: Entry) -> dict[str, Any]:
        """The JSON of a report or failure."""
        found = json.loads(self.content(entry, 1 << 24))
        return found if isinstance(found, dict) else {}

    # ------------------------------------------------------------ the file

    def _absent(self, asked: Asked, exchange: Exchange, content: bytes, current: Entry | None) -> Outcome:
        self._append(records.response(asked, exchange, content, run=self._run, supersedes=current))
        page = self.index.pages[asked.address]
        if current is not None and page.tombstone is None:
            self.bury(page, "gone")
        return "absent"

    def _append(self, record: bytes) -> None:
        """Write a record in one piece and have it on the disk before anything else happens."""
        offset = self._stream.seek(0, os.SEEK_END)
        try:
            left = memoryview(record)
            while left:
                left = left[self._stream.write(left) :]
            os.fsync(self._stream.fileno())
        except OSError as error:
            self._stream.truncate(offset)
            raise StoreError(
                error.strerror or str(error), source=str(self.path), remedy="make room on the disk and run again"
            ) from error
        for entry in archive.scan(BytesIO(record), str(self.path)):
            self.index.add(Entry(offset, entry.length, entry.fields, entry.status, entry.http))

    def _read(self) -> None:
        """Take all records into account, and cut off what a stopped run left half written."""
        self._refuse_others()
        try:
            for entry in archive.scan(self._stream, str(self.path)):
                self.index.add(entry)
        except Torn as torn:
            self.repaired = self._stream.seek(0, os.SEEK_END) - torn.offset
            self._stream.truncate(torn.offset)
            os.fsync(self._stream.fileno())
        if self._stream.seek(0, os.SEEK_END) == 0:
            _sync_folder(self.path.parent)

    def _refuse_others(self) -> None:
        """Touch no file that is not ours: what looks torn in another format is whole."""
        self._stream.seek(0)
        if not begins_as_warc(self._stream.read(512) or b""):
            raise StoreError("it is no gzipped WARC file", source=str(self.path), remedy="give another name")
        self._stream.seek(0)


def _lock(stream: FileIO, path: Path) -> None:
    """Keep other runs out until the file is closed, be it by the end of the process."""
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreBusy("another run has it open", source=str(path)) from error


def _sync_folder(folder: Path) -> None:
    """Have a new file's name on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
