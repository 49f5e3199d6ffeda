"""What ``-o OUT`` names: a file of some form, a folder, or a database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final


class WrongOutput(ValueError):
    """An output that records cannot be written to, or read back from; says which and why."""


class Form(StrEnum):
    """The forms that records are kept in."""

    LINES = ".jsonl"
    PACKED_LINES = ".jsonl.gz"
    FOLDER = "a folder"


_FILES: Final = {".jsonl": Form.LINES, ".jsonl.gz": Form.PACKED_LINES}
_NO_FOLDER: Final = frozenset({".json", ".ndjson", ".csv", ".tsv", ".txt", ".html", ".xml", ".gz", ".zip", ".parquet"})
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_CHOICE: Final = "OUT is a name that ends in .jsonl or .jsonl.gz, or a folder"


@dataclass(frozen=True, slots=True)
class Place:
    """Where records are kept.

    Attributes:
        form: how they are kept there.
        path: the file or folder.
    """

    form: Form
    path: Path


def place_of(out: str) -> Place:
    """What the argument names, by its ending alone.

    >>> place_of("records.jsonl").form, place_of("out/records.jsonl.gz").form, place_of("records").form
    (<Form.LINES: '.jsonl'>, <Form.PACKED_LINES: '.jsonl.gz'>, <Form.FOLDER: 'a folder'>)

    Raises:
        WrongOutput: it names no form that records are kept in.
    """
    if not out or out == "-":
        raise WrongOutput("without -o, records go to standard output")
    if _SCHEME.match(out):
        raise WrongOutput(f"{shown(out)}: {_CHOICE}")
    path = Path(out)
    for ending, form in _FILES.items():
        if path.name.lower().endswith(ending):
            return Place(form, path)
    if path.suffix.lower() in _NO_FOLDER:
        raise WrongOutput(f"{out}: {_CHOICE}")
    return Place(Form.FOLDER, path)


def check_out(out: str) -> None:
    """See that records can be written to a place.

    Raises:
        WrongOutput: it names no form of output, or something of another kind is there.
    """
    place = place_of(out)
    if place.form is Form.FOLDER:
        if place.path.exists() and not place.path.is_dir():
            raise WrongOutput(f"{out}: {_CHOICE}")
    elif place.path.is_dir():
        raise WrongOutput(f"{out} is a folder; a name that ends in {place.form} is for a file")


def beside(out: str, ending: str) -> Path:
    """The file of a run that lies beside its output.

    >>> beside("out/records.jsonl", ".failures.jsonl").as_posix()
    'out/records.jsonl.failures.jsonl'

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
    return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1:***@", out)
