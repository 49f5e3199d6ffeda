"""Reads records back from a database."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from pykala.emit.database.connect import engine_of, name_of, told_of
from pykala.emit.database.sink import pages
from pykala.emit.places import Place
from pykala.errors import NoRecords, NotWritten


def lines(place: Place) -> Iterator[str]:
    """The records that the database holds, each as its line, in the order of their ids.

    Raises:
        NoRecords: it cannot be reached, or has no such table.
    """
    try:
        with told_of(place), engine_of(place).connect() as connection:
            if not sa.inspect(connection).has_table("bulletins"):
                raise NoRecords("the database has no table of bulletins", source=name_of(place))
            for page in pages(connection):
                yield from page
    except NotWritten as error:
        raise NoRecords(error.message, source=error.source) from error
