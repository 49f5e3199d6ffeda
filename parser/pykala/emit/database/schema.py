"""The tables as a database has them."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from pykala.emit.tables.layout import TABLES, Kind, Table

# Without a precision, PostgreSQL keeps numbers as they are; SQLite keeps whole numbers as such and others as doubles.
_TYPES: Final[dict[Kind, sa.types.TypeEngine[Any]]] = {
    Kind.TEXT: sa.Text(),
    Kind.INTEGER: sa.Integer(),
    Kind.DECIMAL: sa.Numeric(asdecimal=False),
}


@cache
def metadata() -> sa.MetaData:
    """All tables with their keys, references and indexes."""
    made = sa.MetaData()
    keys = {table.name: table.key for table in TABLES}
    for table in TABLES:
        _table(table, keys, made)
    return made


def _table(table: Table, keys: dict[str, tuple[str, ...]], made: sa.MetaData) -> sa.Table:
    columns = [sa.Column(one.name, _TYPES[one.kind], nullable=not one.required) for one in table.columns]
    references = [
        sa.ForeignKeyConstraint(
            one.columns,
            [f"{one.table}.{column}" for column in keys[one.table]],
            name=f"fk_{table.name}_{one.columns[-1]}",
            ondelete="CASCADE",
        )
        for one in table.references
    ]
    indexes = [sa.Index(f"ix_{table.name}_{column}", column) for column in table.looked_up]
    key = sa.PrimaryKeyConstraint(*table.key, name=f"pk_{table.name}")
    return sa.Table(table.name, made, *columns, key, *references, *indexes)
