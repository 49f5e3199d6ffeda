"""A database by its place, with the tables of today, and its errors in our words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import event

from pykala.emit.places import Kind, Place, shown
from pykala.errors import NotWritten

VERSION_TABLE: Final = "pykala_version"
_PATIENCE: Final = 30  # seconds that one run waits for another
_WRITES: Final = "pykala_writes"
_LOCK: Final = 0x70796B  # PostgreSQL's advisory locks are numbers: ours


def name_of(place: Place) -> str:
    """The database as people are told of it."""
    return shown(place.address) if place.address else f"{Kind.SQLITE}{place.path}"


def engine_of(place: Place) -> sa.Engine:
    """The way to a database; nothing is opened yet."""
    if place.address is None:
        return _sqlite(place.path)
    url = sa.make_url(place.address).set(drivername="postgresql+pg8000")
    if url.password is None and (password := os.environ.get("PGPASSWORD")):
        url = url.set(password=password)  # as every client of PostgreSQL does; a command line is no place for it
    return sa.create_engine(url, poolclass=sa.NullPool, connect_args={"timeout": _PATIENCE})


def _sqlite(path: Path) -> sa.Engine:
    """SQLite with references that hold and transactions that begin when they are told to, also around changes of tables."""
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401  # a driver's connection
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")  # a file may come from anywhere

    @event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction beside which no other run writes."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


def upgrade(connection: sa.Connection, revision: str = "head") -> bool:
    """Bring the tables up to a revision; tells whether there were older ones.

    Args:
        connection: within a transaction.
        revision: of the migrations.

    Raises:
        NotWritten: the tables are newer than this program.
    """
    config = Config()
    config.set_main_option("script_location", "pykala.emit.database:migrations")
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    before = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    if before is not None and before not in {one.revision for one in script.walk_revisions()}:
        raise NotWritten(
            f"its tables are of revision {before}, which this version does not know", remedy="install a newer pykala"
        )
    if before == script.get_current_head():
        return False
    command.upgrade(config, revision)
    return before is not None


@contextmanager
def told_of(place: Place) -> Iterator[None]:
    """Tell errors of the database in one sentence that names it, without what was sent to it.

    Raises:
        NotWritten: instead of what the database raised.
    """
    try:
        yield
    except NotWritten as error:
        error.source = error.source or name_of(place)
        raise
    except (sa.exc.SQLAlchemyError, CommandError) as error:
        raise NotWritten(_reason(error), source=name_of(place)) from error


def _reason(error: Exception) -> str:
    original = getattr(error, "orig", None) or error
    first = original.args[0] if original.args else original
    said = first.get("M", first) if isinstance(first, dict) else first
    return " ".join(str(said).split())
