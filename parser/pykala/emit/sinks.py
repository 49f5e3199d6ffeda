"""The sink for ``-o OUT``, by the kind of place that OUT names."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pykala.emit.files import Bytes, FolderSink, Sink, StreamSink, whole_file
from pykala.emit.forms import Form, Unit
from pykala.emit.places import Kind, Place, check_form, check_out, place_of
from pykala.emit.rendering import as_document, as_lines


@contextmanager
def open_sink(out: str, *, unit: Unit = "bulletin", form: Form | None = None) -> Iterator[Sink]:
    """The sink that writes to OUT.

    What is a file, or a folder of Parquet files, appears when all is written: a run that breaks off leaves what was there
    before. A folder of JSON and a database keep what was written until then.

    Args:
        out: a name that ends in ``.jsonl``, ``.jsonl.gz``, ``.parquet`` or ``.csv``, ``sqlite:///FILE``,
            ``postgresql://…``, or a folder.
        unit: what one row is.
        form: of another project, instead of ours.

    Raises:
        WrongOutput: OUT can be no such output.
        NotWritten: a database does not take the records.
    """
    check_out(out, unit=unit, form=form)
    place = place_of(out)
    match place.kind:
        case Kind.FOLDER:
            place.path.mkdir(parents=True, exist_ok=True)
            yield FolderSink(place.path, as_document(unit, form))
        case Kind.PARQUET:
            from pykala.emit.parquet import parquet_folder

            with parquet_folder(place.path) as parquet:
                yield parquet
        case Kind.SQLITE | Kind.POSTGRESQL:
            from pykala.emit.database.sink import database

            with database(place) as rows:
                yield rows
        case Kind.LINES | Kind.PACKED_LINES | Kind.CSV:
            with _file(place, unit, form) as sink:
                yield sink


def stream_sink(stream: Bytes, *, unit: Unit = "bulletin", form: Form | None = None) -> Sink:
    """The sink that writes lines to a stream, each document's as soon as they are known.

    Raises:
        WrongOutput: the form has no such unit.
    """
    check_form(unit, form)
    return StreamSink(stream, as_lines(unit, form), at_once=True)


@contextmanager
def _file(place: Place, unit: Unit, form: Form | None) -> Iterator[Sink]:
    place.path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(place.path) as stream:
        if place.kind is Kind.CSV:
            from pykala.emit.spreadsheet import CsvSink

            yield CsvSink(stream, unit)
        elif place.kind is Kind.PACKED_LINES:
            with packed(stream) as packer:
                yield StreamSink(packer, as_lines(unit, form))
        else:
            yield StreamSink(stream, as_lines(unit, form))


def packed(stream: BinaryIO) -> gzip.GzipFile:
    """A stream that packs what is written to it; the same content gives the same bytes, without a name or a time."""
    return gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0, compresslevel=6)
