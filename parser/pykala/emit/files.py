"""Records on a stream or in a folder, failures beside them; never a file half written."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from pykala.emit.encoded import Encoded
from pykala.emit.places import Kind, beside, place_of
from pykala.emit.rendering import Rendering
from pykala.emit.serialise import failure_lines
from pykala.record import Failure

_PART: Final = ".part"


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
    """Lines on a stream.

    Args:
        stream: where they go.
        rendering: the lines of a record.
        at_once: hand on each document's lines as soon as they are known, for whoever reads along.
    """

    def __init__(self, stream: Bytes, rendering: Rendering, *, at_once: bool = False) -> None:
        self._stream = stream
        self._rendering = rendering
        self._at_once = at_once

    def write(self, name: str, record: Encoded) -> None:
        """Write the record's lines."""
        del name
        self._stream.write(self._rendering(record))
        if self._at_once:
            self._stream.flush()


class FolderSink:
    """One ``NAME.json`` for each document.

    Args:
        folder: where they go.
        rendering: the document of a record.
    """

    def __init__(self, folder: Path, rendering: Rendering) -> None:
        self._folder = folder
        self._rendering = rendering

    def write(self, name: str, record: Encoded) -> None:
        """Write the record's file as a whole."""
        with whole_file(self._folder / f"{name}.json") as stream:
            stream.write(self._rendering(record))


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


def clear_parts(out: str) -> None:
    """Take away what a run that was killed left half written; only for a run that no other one runs beside."""
    path = place_of(out).path
    for whole in (path, failures_path(out)):
        for part in whole.parent.glob(f"{glob.escape(_beginning(whole))}*{_PART}"):
            shutil.rmtree(part) if part.is_dir() else part.unlink(missing_ok=True)
    if place_of(out).kind is Kind.FOLDER:
        for part in path.glob(f".*{_PART}"):
            part.unlink(missing_ok=True)


def _beginning(path: Path) -> str:
    """How the hidden name of a file begins while it is not whole; names have an end."""
    return f".{path.name[:50]}."


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when all of it is written."""
    handle, temporary = tempfile.mkstemp(prefix=_beginning(path), suffix=_PART, dir=path.parent)
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


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder of files that appears under its name, in the place of an older one, only when all of it is written.

    Between two renames there is a moment without it, in which only a power failure leaves the older one under a hidden name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_beginning(path), suffix=_PART, dir=path.parent) as rooms:
        new, old = Path(rooms, "new"), Path(rooms, "old")
        new.mkdir()
        yield new
        for file in new.iterdir():
            _settle(file)
        if path.exists():
            path.rename(old)
        try:
            new.rename(path)
        except BaseException:
            if old.exists():
                old.rename(path)
            raise


def _settle(file: Path) -> None:
    """See that a file's bytes lie on the disk."""
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
