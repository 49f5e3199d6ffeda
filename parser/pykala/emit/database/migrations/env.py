"""Runs migrations on the connection that is handed in, within its transaction."""

from __future__ import annotations

from alembic import context

from pykala.emit.database.connect import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"], version_table=VERSION_TABLE, transactional_ddl=False
)
context.run_migrations()
