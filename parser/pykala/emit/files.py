"""Where records go: a stream, one file of JSON Lines, or a folder; never a file half written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from pykala.emit.encoded import Encoded
from pykala.emit.serialise import Unit, document, failure_lines, lines
from pykala.record import Failure

LINES_SUFFIX: Final = ".jsonl"


class Sink(Protocol):
    """Takes records one by one."""

    def write(self, name: str, record: Encoded) -> None:
        """Take one record, whose document is called ``name`` in this run."""


class StreamSink:
    """JSON Lines on a stream, each document's lines as soon as they are known."""

    def __init__(self, stream: BinaryIO, unit: Unit) -> None:
        self._stream = stream
        self._unit = unit

    def write(self, name: str, record: Encoded) -> None:
        """Write the record's lines."""
        del name
        whole = self._unit == "bulletin"
        self._stream.write(record.line + b"\n" if whole else lines(record.decoded(), self._unit).encode())
        self._stream.flush()


class FolderSink:
    """One ``NAME.json`` for each document."""

    def __init__(self, folder: Path, unit: Unit) -> None:
        self._folder = folder
        self._unit = unit

    def write(self, name: str, record: Encoded) -> None:
        """Write the record's file as a whole."""
        with whole_file(self._folder / f"{name}.json") as stream:
            stream.write(document(record.decoded(), self._unit).encode())


@contextmanager
def sink(out: Path, unit: Unit) -> Iterator[Sink]:
    """The sink for ``-o OUT``: a name that ends in ``.jsonl`` is one file, anything else a folder.

    The file appears when all is written; a run that breaks off leaves what was there before.
    """
    if out.suffix == LINES_SUFFIX:
        out.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(out) as stream:
            yield StreamSink(stream, unit)
    else:
        out.mkdir(parents=True, exist_ok=True)
        yield FolderSink(out, unit)


def failures_path(out: Path) -> Path:
    """The file beside OUT that lists the documents which gave no record."""
    named = out if out.name not in ("", "..") else out.resolve()
    return named.with_name(f"{named.name}.failures.jsonl")


def write_failures(out: Path, failures: list[Failure]) -> None:
    """List the failures beside OUT; where there are none, take away the list of an earlier run."""
    path = failures_path(out)
    if not failures:
        path.unlink(missing_ok=True)
        return
    with whole_file(path) as stream:
        stream.write(failure_lines(failures).encode())


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when all of it is written."""
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
