"""The sink for ``-o OUT``, by the form that OUT names."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pykala.emit.files import FolderSink, Sink, StreamSink, whole_file
from pykala.emit.places import Form, check_out, place_of
from pykala.emit.serialise import Unit


@contextmanager
def open_sink(out: str, *, unit: Unit) -> Iterator[Sink]:
    """The sink that writes to OUT.

    What is a file appears when all is written: a run that breaks off leaves what was there before.

    Args:
        out: a name that ends in ``.jsonl`` or ``.jsonl.gz``, or a folder.
        unit: what one row is.

    Raises:
        WrongOutput: OUT can be no output.
    """
    check_out(out)
    place = place_of(out)
    if place.form is Form.FOLDER:
        place.path.mkdir(parents=True, exist_ok=True)
        yield FolderSink(place.path, unit)
        return
    place.path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(place.path) as stream:
        if place.form is Form.PACKED_LINES:
            with packed(stream) as lines:
                yield StreamSink(lines, unit)
        else:
            yield StreamSink(stream, unit)


def packed(stream: BinaryIO) -> gzip.GzipFile:
    """A stream that packs what is written to it; the same content gives the same bytes, without a name or a time."""
    return gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0, compresslevel=6)
