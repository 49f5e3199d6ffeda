"""A folder of Parquet files, one for each table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from pykala.emit.encoded import Encoded
from pykala.emit.files import whole_folder
from pykala.emit.tables.derive import Row, rows_of
from pykala.emit.tables.layout import DIGITS, PLACES, TABLES, Kind, Table

_TYPES: Final = {Kind.TEXT: pa.string(), Kind.INTEGER: pa.int64(), Kind.DECIMAL: pa.decimal128(DIGITS, PLACES)}
_ROWS: Final = 8_000
_BYTES: Final = 8 * 1024 * 1024
"""How much is held before a row group is written: rows of a table, and bytes of records."""


class ParquetSink:
    """The tables of records as Parquet files; of two documents of the same bytes the first counts."""

    def __init__(self, writers: dict[str, pq.ParquetWriter]) -> None:
        self._writers = writers
        self._rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self._held = 0
        self._seen: set[str] = set()

    def write(self, name: str, record: Encoded) -> None:
        """Take the record's rows."""
        del name
        rows = list(rows_of(record))
        identity = str(rows[0][1]["id"])
        if identity in self._seen:
            return
        self._seen.add(identity)
        for table, row in rows:
            self._rows[table].append(row)
        self._held += len(record.line)
        if self._held >= _BYTES or any(len(held) >= _ROWS for held in self._rows.values()):
            self.flush()

    def flush(self) -> None:
        """Write what is held, each table's rows as one row group."""
        for table, held in self._rows.items():
            if held:
                writer = self._writers[table]
                writer.write_table(pa.Table.from_pylist(held, schema=writer.schema))
                held.clear()
        self._held = 0


@contextmanager
def parquet_folder(folder: Path) -> Iterator[ParquetSink]:
    """A sink whose folder appears only when all of it is written."""
    with whole_folder(folder) as inside, ExitStack() as stack:
        sink = ParquetSink({table.name: stack.enter_context(_writer(inside, table)) for table in TABLES})
        yield sink
        sink.flush()


def schema(table: Table) -> pa.Schema:
    """The columns of a table with their types."""
    return pa.schema([pa.field(one.name, _TYPES[one.kind], nullable=not one.required) for one in table.columns])


def _writer(folder: Path, table: Table) -> pq.ParquetWriter:
    return pq.ParquetWriter(folder / f"{table.name}.parquet", schema(table), compression="zstd")


def lines(folder: Path) -> Iterator[str]:
    """The records that the folder's bulletins hold, each as its line."""
    with pq.ParquetFile(folder / "bulletins.parquet") as file:
        for batch in file.iter_batches(batch_size=64, columns=["record"]):
            for line in batch.column(0):
                yield line.as_py()
