"""Golden files: what is expected of a document, as a whole record or as the facts that people have written down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pykala.batch.inputs import GOLD_ENDING
from pykala.emit.files import whole_file
from pykala.emit.serialise import document
from pykala.errors import PykalaError
from pykala.evaluate.gold import Gold, first_of
from pykala.record import Record


class GoldenError(PykalaError):
    """A golden file that cannot be used."""

    code = "golden"
    remedy_by_default = "mend the file, or write it anew"


def read_golden(path: Path) -> Record | Gold:
    """What a golden file expects: a whole record, or facts in the form that ``pykala evaluate`` takes.

    A file with a ``text`` is a record.

    Raises:
        GoldenError: it cannot be read, or is neither.
    """
    try:
        data: Any = json.loads(path.read_bytes())
        if not isinstance(data, dict):
            raise GoldenError(f"holds no object but a {type(data).__name__}", source=str(path))
        return Record.model_validate(data) if "text" in data else Gold.model_validate(data)
    except OSError as error:
        raise GoldenError(error.strerror or "cannot be read", source=str(path)) from error
    except ValidationError as error:
        raise GoldenError(first_of(error), source=str(path)) from error
    except (ValueError, RecursionError) as error:
        raise GoldenError(f"is no JSON: {error}", source=str(path)) from error


def write_golden(path: Path, record: Record) -> None:
    """Write a whole record as a golden file, indented, in one go."""
    with whole_file(path) as stream:
        stream.write(document(record).encode())


def golden_records(root: Path, paths: Sequence[str]) -> Iterator[Record]:
    """The whole records among the golden files below some paths of a tree.

    Raises:
        GoldenError: there are none, or a golden file is malformed.
    """
    found = 0
    for path in paths:
        place = root / path
        files = sorted(place.rglob(f"*{GOLD_ENDING}")) if place.is_dir() else [place] * place.is_file()
        for file in files:
            golden = read_golden(file)
            if isinstance(golden, Record):
                found += 1
                yield golden
    if not found:
        raise GoldenError(
            f"there is no golden record (*{GOLD_ENDING}) below {', '.join(paths)}",
            remedy="compare files of records, or write golden records with pytest --pykala-accept",
        )
