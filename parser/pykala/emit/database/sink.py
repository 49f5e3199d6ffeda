"""Writes records into a database; a record that changed replaces what it said before, with all that belongs to it."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final, cast

import sqlalchemy as sa

from pykala.emit.database.connect import engine_of, told_of, upgrade, writing
from pykala.emit.database.schema import metadata
from pykala.emit.encoded import Encoded
from pykala.emit.places import Kind, Place
from pykala.emit.tables.derive import Row, Value, rows_of
from pykala.errors import NotWritten
from pykala.record import Record

_RECORDS: Final = 64
_BYTES: Final = 8 * 1024 * 1024
"""How much is held before it is written: records, and bytes of them."""
_ESCAPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class DatabaseSink:
    """The tables of records; of two documents of the same bytes the last counts."""

    def __init__(self, engine: sa.Engine, place: Place) -> None:
        self._engine = engine
        self._place = place
        self._held: dict[str, Encoded] = {}
        self._bytes = 0

    def write(self, name: str, record: Encoded) -> None:
        """Take the record; it is written with others in one transaction."""
        del name
        self._held[record.decoded().id] = record
        self._bytes += len(record.line)
        if len(self._held) >= _RECORDS or self._bytes >= _BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if not self._held:
            return
        with told_of(self._place), writing(self._engine) as connection:
            replace(connection, self._held)
        self._held.clear()
        self._bytes = 0


@contextmanager
def database(place: Place) -> Iterator[DatabaseSink]:
    """The sink of a database, whose tables are made or brought up to date first.

    Raises:
        NotWritten: the database cannot be reached, or does not take the records.
    """
    with told_of(place):
        if place.kind is Kind.SQLITE:
            place.path.parent.mkdir(parents=True, exist_ok=True)
        engine = engine_of(place)
        with writing(engine) as connection:
            if upgrade(connection):
                derive_again(connection)
    sink = DatabaseSink(engine, place)
    try:
        yield sink
    except NotWritten:
        raise
    except BaseException:
        sink.flush()  # what a broken run has read is kept
        raise
    sink.flush()


def replace(connection: sa.Connection, records: dict[str, Encoded]) -> None:
    """Put the records in the place of those of the same ids; what is there already in the same bytes stays."""
    bulletins = metadata().tables["bulletins"]
    there = sa.select(bulletins.c.id, bulletins.c.record).where(bulletins.c.id.in_(list(records)))
    stored = {key: line for key, line in connection.execute(there)}  # noqa: C416  # rows are no pairs to mypy
    changed = {key: one for key, one in records.items() if stored.get(key) != one.line.decode()}
    _put(connection, changed, [key for key in changed if key in stored])


def derive_again(connection: sa.Connection) -> None:
    """Fill the tables of today from the records that the database holds."""
    for lines in pages(connection):
        records = {Record.model_validate_json(line).id: Encoded(line.encode()) for line in lines}
        _put(connection, records, list(records))


def pages(connection: sa.Connection) -> Iterator[list[str]]:
    """The lines of the records by pages, in the order of their ids."""
    bulletins = metadata().tables["bulletins"]
    asked = sa.select(bulletins.c.id, bulletins.c.record).order_by(bulletins.c.id).limit(_RECORDS)
    last = ""
    while page := connection.execute(asked.where(bulletins.c.id > last)).all():
        last = page[-1][0]
        yield [line for _, line in page]


def _put(connection: sa.Connection, records: dict[str, Encoded], stored: Sequence[str]) -> None:
    bulletins = metadata().tables["bulletins"]
    if stored:
        connection.execute(sa.delete(bulletins).where(bulletins.c.id.in_(stored)))  # and with them all that is theirs
    fill(connection, records, metadata().tables.values())


def fill(connection: sa.Connection, records: dict[str, Encoded], tables: Iterable[sa.Table]) -> None:
    """Insert the rows of records that are not there.

    Args:
        connection: within a transaction.
        records: by their ids.
        tables: those to fill, each after all that it refers to.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for one in records.values():
        for name, row in rows_of(one):
            rows[name].append(row)
    for table in tables:
        if rows[table.name]:
            _insert(connection, table, rows[table.name])


def _insert(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(sa.insert(table), rows)
        return
    # COPY, since the driver would send rows of an INSERT one by one, each waiting for its answer.
    names = list(table.columns.keys())
    lines = "".join("\t".join(_copied(row[name]) for name in names) + "\n" for row in rows)
    copy = f"COPY {table.name} ({', '.join(names)}) FROM STDIN"
    with closing(connection.connection.cursor()) as cursor:
        cast(Any, cursor).execute(copy, stream=io.BytesIO(lines.encode()))


def _copied(value: Value) -> str:
    r"""A value in COPY's text format.

    >>> print(_copied(None), _copied(5), _copied("two\nlines"), _copied("\\."))
    \N 5 two\nlines \\.
    """
    if value is None:
        return r"\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)
