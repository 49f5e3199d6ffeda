"""Records read back from where a run wrote them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from pykala.emit.places import Form, WrongOutput, place_of
from pykala.errors import NoRecords
from pykala.record import Record

MAX_RECORD: Final = 256 * 1024 * 1024
"""Bytes beyond which one record counts as hostile."""


def records(place: str) -> Iterator[Record]:
    """The records that a place holds, one at a time, in the order in which they lie there.

    Args:
        place: what ``-o`` named: a file of JSON Lines, packed or not, or a folder.

    Raises:
        NoRecords: the place is not there, holds no records, or holds something else.
    """
    try:
        where = place_of(place)
    except WrongOutput as error:
        raise NoRecords(f"records cannot be read back from here: {error}", source=place) from None
    if not where.path.exists():
        raise NoRecords("there is no such file or folder", source=place, remedy="check the name")
    if where.form is Form.FOLDER:
        yield from _of_folder(where.path)
        return
    try:
        with where.path.open("rb") as stream:
            packed = where.form is Form.PACKED_LINES
            yield from _of_lines(BufferedReader(gzip.GzipFile(fileobj=stream)) if packed else stream, place)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NoRecords(f"the file is damaged: {error}", source=place, remedy="write it again") from error


def _of_lines(stream: BufferedReader, source: str) -> Iterator[Record]:
    number = 0
    while line := stream.readline(MAX_RECORD + 1):
        number += 1
        if len(line) > MAX_RECORD:
            raise NoRecords("the line is too long for a record", source=source, place=f"line {number}")
        if line.strip():
            yield _record(line, source, f"line {number}")


def _of_folder(folder: Path) -> Iterator[Record]:
    """The records of a folder's own ``.json`` files in sorted order."""
    files = sorted(path for path in folder.iterdir() if path.suffix == ".json" and not path.name.startswith("."))
    if not files:
        raise NoRecords("the folder holds no .json file", source=str(folder))
    for path in files:
        if path.stat().st_size > MAX_RECORD:
            raise NoRecords("the file is too long for a record", source=str(path))
        yield _record(path.read_bytes(), str(path), None)


def _record(text: bytes, source: str, place: str | None) -> Record:
    try:
        return Record.model_validate_json(text)
    except ValidationError as error:
        raise NoRecords(_reason(error), source=source, place=place) from None


def _reason(error: ValidationError) -> str:
    """What is wrong with a text that should be a record, in one sentence."""
    first = error.errors(include_url=False, include_input=False)[0]
    named = {str(one["loc"][0]) for one in error.errors(include_url=False, include_input=False) if one["loc"]}
    if "bulletin" in named:
        return "this is a row of --unit decision, which does not hold the whole record"
    where = ".".join(str(part) for part in first["loc"])
    return f"this is no record of pykala: {where + ': ' if where else ''}{first['msg']}"
