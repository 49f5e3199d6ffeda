"""Records on a stream or in a folder, failures beside them; never a file half written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from pykala.emit.encoded import Encoded
from pykala.emit.places import beside
from pykala.emit.serialise import Unit, document, failure_lines, lines
from pykala.record import Failure


class Sink(Protocol):
    """Takes records one by one."""

    def write(self, name: str, record: Encoded) -> None:
        """Take one record, whose document is called ``name`` in this run."""


class Bytes(Protocol):
    """What bytes can be written to: a file, a pipe, a packer."""

    def write(self, content: bytes, /) -> object:
        """Take the bytes."""

    def flush(self) -> object:
        """Hand on what was taken."""


class StreamSink:
    """JSON Lines on a stream.

    Args:
        stream: where they go.
        unit: what one line is.
        at_once: hand on each document's lines as soon as they are known, for whoever reads along.
    """

    def __init__(self, stream: Bytes, unit: Unit, *, at_once: bool = False) -> None:
        self._stream = stream
        self._unit = unit
        self._at_once = at_once

    def write(self, name: str, record: Encoded) -> None:
        """Write the record's lines."""
        del name
        whole = self._unit == "bulletin"
        self._stream.write(record.line + b"\n" if whole else lines(record.decoded(), self._unit).encode())
        if self._at_once:
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


def failures_path(out: str) -> Path:
    """The file beside OUT that lists the documents which gave no record."""
    return beside(out, ".failures.jsonl")


def write_failures(out: str, failures: list[Failure]) -> None:
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
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
