"""The changes to decide about: those of two sets of records, or of a diff that was written down before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from pykala.diff.differences import differences
from pykala.diff.golds import Golds
from pykala.diff.model import Diff
from pykala.emit.load import records
from pykala.errors import PykalaError
from pykala.evaluate.gold import first_of

#: Bytes of a diff beyond which no browser shows it well.
MOST_BYTES: Final = 256 * 1024 * 1024


class NoDiff(PykalaError):
    """A file that should hold a diff and does not."""

    code = "no-diff"
    remedy_by_default = "write one with pykala diff OLD NEW --json FILE"


def changes_of(old: str, new: str, gold: Path | None, told: Callable[[int], None] = lambda _: None) -> Diff:
    """Compare two sets of records.

    Args:
        old: where the records before are.
        new: where the records now are.
        gold: a folder of gold files, which tell what has been fixed or broken.
        told: called with the number of documents compared so far.

    Raises:
        PykalaError: the records cannot be read.
        WrongFile: there is no gold, or it is malformed.
    """
    golds = Golds(gold) if gold else None
    with differences((old, records(old)), (new, records(new)), gold=golds, told=told) as found:
        return found.whole()


def changes_in(path: Path) -> Diff:
    """The diff that a file holds.

    Raises:
        NoDiff: it cannot be read, or holds something else.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NoDiff("the file is too long for a diff", source=str(path), remedy="leave changes out with --only")
        return Diff.model_validate_json(path.read_bytes())
    except OSError as error:
        raise NoDiff(error.strerror or "cannot be read", source=str(path)) from error
    except ValidationError as error:
        raise NoDiff(f"this is no diff: {first_of(error)}", source=str(path)) from error
