"""Records read back from where a run wrote them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from pykala.emit.places import Kind, Place, WrongOutput, needs, place_of, shown
from pykala.errors import NoRecords
from pykala.record import Record

MAX_RECORD: Final = 256 * 1024 * 1024
"""Bytes beyond which one record counts as hostile."""

_ELSEWHERE: Final = "name a .jsonl, .jsonl.gz or .parquet output, a folder or a database"
_OTHERS: Final = (
    ({"bulletin"}, "a row of --unit decision"),
    ({"@context"}, "an export --as schema.org"),
    ({"motions"}, "an export --as popolo"),
    ({"actions"}, "an export --as 6aika"),
    ({"index"}, "an export --as elasticsearch"),
)


def records(place: str) -> Iterator[Record]:
    """The records that a place holds, one at a time: of a database by their ids, else in the order in which they lie there.

    Args:
        place: what ``-o`` named: a file of JSON Lines, packed or not, a folder, a ``.parquet`` folder or a database.

    Raises:
        NoRecords: the place is not there, holds no whole records, or holds something else.
    """
    where = _place(place)
    match where.kind:
        case Kind.FOLDER:
            yield from _of_folder(where.path)
        case Kind.PARQUET:
            yield from _of_parquet(where.path)
        case Kind.SQLITE | Kind.POSTGRESQL:
            from pykala.emit.database.read import lines

            for line in lines(where):
                yield _record(line.encode(), shown(place), None)
        case _:
            yield from _of_file(where, place)


def _place(place: str) -> Place:
    try:
        where = place_of(place)
        needs(where, place)
    except WrongOutput as error:
        raise NoRecords(f"records cannot be read back from here: {error}", source=shown(place)) from None
    if where.kind is Kind.CSV:
        raise NoRecords("a CSV file does not hold whole records", source=place, remedy=_ELSEWHERE)
    if where.kind is not Kind.POSTGRESQL and not where.path.exists():
        raise NoRecords("there is no such file or folder", source=place, remedy="check the name")
    return where


def _of_file(where: Place, source: str) -> Iterator[Record]:
    try:
        with where.path.open("rb") as stream:
            packed = where.kind is Kind.PACKED_LINES
            yield from _of_lines(BufferedReader(gzip.GzipFile(fileobj=stream)) if packed else stream, source)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NoRecords(f"the file is damaged: {error}", source=source, remedy="write it again") from error


def _of_parquet(folder: Path) -> Iterator[Record]:
    from pyarrow import ArrowException

    from pykala.emit.parquet import lines

    try:
        for line in lines(folder):
            yield _record(line.encode(), str(folder), None)
    except (ArrowException, OSError) as error:
        reason = " ".join(str(error).split())
        raise NoRecords(f"this is no folder of Parquet files of pykala: {reason}", source=str(folder)) from error


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
    found = error.errors(include_url=False, include_input=False)
    named = {str(one["loc"][0]) for one in found if one["loc"]}
    for names, kind in _OTHERS:
        if named & names:
            return f"this is {kind}, which does not hold the whole record"
    where = ".".join(str(part) for part in found[0]["loc"])
    return f"this is no record of pykala: {where + ': ' if where else ''}{found[0]['msg']}"
