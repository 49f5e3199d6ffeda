"""What each document is called in a run: a name of its own, told apart without regard to case."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

#: Names that are kept in memory before they move to a temporary file, so that memory does not grow with the run.
HELD: Final = 5_000
LONGEST: Final = 200
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\ud800-\udc7f\udd00-\udfff]")


class Names:
    """Gives names that no earlier document has, as on file systems without upper and lower case.

    >>> names = Names()
    >>> [names.new(name) for name in ("minutes", "Minutes", "minutes-2", "agenda")]
    ['minutes', 'Minutes-2', 'minutes-2-2', 'agenda']
    """

    def __init__(self) -> None:
        self._counts: MutableMapping[str, int] = {}
        self._held: dict[str, int] | None = {}

    def new(self, wanted: str) -> str:
        """The name as wanted, or else with the first number from 2 that makes it new."""
        free, count = wanted, self._count(wanted.casefold())
        if count:
            while self._count((free := f"{wanted}-{count + 1}").casefold()):
                count += 1
            self._keep(wanted.casefold(), count + 1)
        self._keep(free.casefold(), 1)
        return free

    def _count(self, name: str) -> int:
        return self._held.get(name, 0) if self._held is not None else _looked_up(self._file, name)

    def _keep(self, name: str, count: int) -> None:
        if self._held is not None and len(self._held) < HELD:
            self._held[name] = count
            return
        if self._held is not None:
            self._file = _temporary_file(self._held)
            self._held = None
        self._file.execute("INSERT OR REPLACE INTO taken VALUES (?, ?)", (name, count))


def stem(uri: str) -> str:
    """What a document is called after: the last part of its path without its ending, fit to be a file's name.

    >>> stem("minutes/2024.11.html"), stem("a.zip!/../b:c.txt"), stem("../..")
    ('2024.11', 'b_c', '_')
    """
    name = _UNFIT.sub("_", PurePath(uri).stem)
    while len(name.encode("utf-8", "surrogateescape")) > LONGEST:
        name = name[:-1]
    return name if name.strip(". ") else "_"


def _temporary_file(held: dict[str, int]) -> sqlite3.Connection:
    """A table in a file that has no name and goes with this process."""
    import sqlite3

    connection = sqlite3.connect("", isolation_level=None)
    connection.execute("CREATE TABLE taken (name TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO taken VALUES (?, ?)", held.items())
    return connection


def _looked_up(connection: sqlite3.Connection, name: str) -> int:
    found = connection.execute("SELECT count FROM taken WHERE name = ?", (name,)).fetchone()
    return int(found[0]) if found else 0
