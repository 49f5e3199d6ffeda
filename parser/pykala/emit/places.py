"""What ``-o OUT`` names: a file of some form, a folder, or a database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from pykala.emit.forms import Form, Unit


class WrongOutput(ValueError):
    """An output that records cannot be written to, or read back from; says which and why."""


class Kind(StrEnum):
    """The kinds of places that records are kept in."""

    LINES = ".jsonl"
    PACKED_LINES = ".jsonl.gz"
    PARQUET = ".parquet"
    CSV = ".csv"
    SQLITE = "sqlite:///"
    POSTGRESQL = "postgresql://"
    FOLDER = "a folder"


TABLES: Final = frozenset({Kind.PARQUET, Kind.SQLITE, Kind.POSTGRESQL})
"""Kinds that keep decisions in a table of their own."""

_FILES: Final = (Kind.LINES, Kind.PACKED_LINES, Kind.PARQUET, Kind.CSV)
_DATABASES: Final = (Kind.SQLITE, Kind.POSTGRESQL)
_NO_FOLDER: Final = frozenset({".json", ".ndjson", ".tsv", ".txt", ".html", ".xml", ".gz", ".zip", ".db", ".sqlite"})
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/")
_CHOICE: Final = (
    "OUT is a name that ends in .jsonl, .jsonl.gz, .parquet or .csv, a database sqlite:///FILE or "
    "postgresql://USER@HOST/NAME, or a folder"
)
_EXTRAS: Final = {
    Kind.PARQUET: ("pyarrow", "pykala[parquet]"),
    Kind.SQLITE: ("sqlalchemy", "pykala[database]"),
    Kind.POSTGRESQL: ("pg8000", "pykala[database]"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where records are kept.

    Attributes:
        kind: how they are kept there.
        path: the file or folder; of a database on a server, its name.
        address: of a database on a server, where it is.
    """

    kind: Kind
    path: Path
    address: str | None = None


def place_of(out: str) -> Place:
    """What the argument names, by its ending or its beginning alone.

    >>> place_of("records.jsonl").kind, place_of("out/records.jsonl.gz").kind, place_of("records").kind
    (<Kind.LINES: '.jsonl'>, <Kind.PACKED_LINES: '.jsonl.gz'>, <Kind.FOLDER: 'a folder'>)
    >>> place_of("sqlite:///out/records.db").path.as_posix()
    'out/records.db'

    Raises:
        WrongOutput: it names no kind of place that records are kept in.
    """
    if not out or out == "-":
        raise WrongOutput("without -o, records go to standard output")
    if out.startswith(_DATABASES):
        return _database(out)
    if _SCHEME.match(out):
        raise WrongOutput(f"{shown(out)}: {_CHOICE}")
    path = Path(out)
    for kind in _FILES:
        if path.name.lower().endswith(kind):
            return Place(kind, path)
    if path.suffix.lower() in _NO_FOLDER:
        raise WrongOutput(f"{out}: {_CHOICE}")
    return Place(Kind.FOLDER, path)


def check_out(out: str, *, unit: Unit = "bulletin", form: Form | None = None) -> None:
    """See that records can be written to a place.

    Args:
        out: the place as given.
        unit: what one row is to be.
        form: of another project that they are to be written in.

    Raises:
        WrongOutput: it names no kind of output, does not go with the other arguments, something of another kind is there,
            or what it needs is not installed.
    """
    place = place_of(out)
    _check_unit(place, unit, form)
    _check_what_is_there(place, out)
    needs(place, out)


def needs(place: Place, out: str) -> None:
    """See that what a kind of place needs is installed.

    Raises:
        WrongOutput: it is not.
    """
    module, extra = _EXTRAS.get(place.kind, (None, None))
    if module and find_spec(module) is None:
        raise WrongOutput(f"{shown(out)}: this form needs more packages: pip install '{extra}'")


def _check_unit(place: Place, unit: Unit, form: Form | None) -> None:
    if form is not None:
        if place.kind not in (Kind.LINES, Kind.PACKED_LINES, Kind.FOLDER):
            raise WrongOutput(f"--as {form} goes into a .jsonl or .jsonl.gz file or a folder, not into {place.kind}")
        if form is Form.ELASTICSEARCH and place.kind is Kind.FOLDER:
            raise WrongOutput(f"--as {form} is for a .jsonl or .jsonl.gz file or standard output, not for a folder")
    elif unit == "decision" and place.kind in TABLES:
        raise WrongOutput(f"{place.kind} has a table of decisions of its own: leave out --unit")
    check_form(unit, form)


def check_form(unit: Unit, form: Form | None) -> None:
    """See that a form has such a unit.

    Raises:
        WrongOutput: it has not.
    """
    if form not in (None, Form.ELASTICSEARCH) and unit == "decision":
        raise WrongOutput(f"--as {form} has units of its own: leave out --unit")


def _check_what_is_there(place: Place, out: str) -> None:
    path, kind = place.path, place.kind
    if kind is Kind.POSTGRESQL:
        return
    if kind is Kind.FOLDER:
        if path.exists() and not path.is_dir():
            raise WrongOutput(f"{out}: {_CHOICE}")
    elif kind is Kind.PARQUET:
        foreign = path.exists() and (
            not path.is_dir() or any(not one.name.endswith(".parquet") for one in path.iterdir())
        )
        if foreign:
            raise WrongOutput(
                f"{out} is in the way: a name that ends in .parquet is for a folder of .parquet files alone"
            )
    elif path.is_dir():
        raise WrongOutput(
            f"{out} is a folder; a name that {'is' if kind is Kind.SQLITE else 'ends in'} {kind} is for a file"
        )


def beside(out: str, ending: str) -> Path:
    """The file of a run that lies beside its output; of a database on a server, in the folder that one is in.

    >>> beside("out/records.jsonl", ".failures.jsonl").as_posix()
    'out/records.jsonl.failures.jsonl'
    >>> beside("postgresql://clerk@archive/records", ".failures.jsonl").as_posix()
    'records.failures.jsonl'

    Args:
        out: the output as given.
        ending: what the output's own name is followed by.
    """
    path = place_of(out).path
    named = path if path.name not in ("", "..") else path.resolve()
    return named.with_name(f"{named.name}{ending}")


def shown(out: str) -> str:
    """The output as it may be told to people: a password in an address stays unsaid.

    >>> shown("postgresql://clerk:secret@archive/records")
    'postgresql://clerk:***@archive/records'
    """
    hidden = re.sub(r"(?<=://)([^/@:]*):.*@", r"\1:***@", out)
    return re.sub(r"(?<=[?&]password=)[^&]*", "***", hidden)


def _database(out: str) -> Place:
    if out.startswith(Kind.SQLITE):
        name = out.removeprefix(Kind.SQLITE)
        if not name or name == ":memory:":
            raise WrongOutput(f"{out}: name the file of the database, such as sqlite:///records.db")
        return Place(Kind.SQLITE, Path(name))
    try:
        name = unquote(urlsplit(out).path).removeprefix("/")
    except ValueError as error:
        raise WrongOutput(f"{shown(out)}: {error}") from None
    if not name or "/" in name or name in (".", ".."):
        raise WrongOutput(f"{shown(out)}: name the database, such as postgresql://USER@HOST/NAME")
    return Place(Kind.POSTGRESQL, Path(name), out)
