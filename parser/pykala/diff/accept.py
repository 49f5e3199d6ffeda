"""What was accepted, applied to golden files: whole records, or facts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pykala.batch.inputs import GOLD_ENDING
from pykala.diff.apply import Conflict, apply
from pykala.diff.facts import apply_to_facts, written
from pykala.diff.goldens import GoldenError, read_golden, write_golden
from pykala.diff.golds import Golds
from pykala.diff.model import Change, Decisions, Field
from pykala.emit.files import whole_file
from pykala.errors import PykalaError
from pykala.evaluate.cases import without_ending
from pykala.evaluate.gold import first_of
from pykala.record import Record


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of the accepted changes of one document.

    Attributes:
        document: its name.
        golden: its golden file.
        changes: how many were accepted.
        state: ``written``, ``removed``, or ``unchanged`` where the file says nothing of what has changed.
        error: why nothing was done, if so.
    """

    document: str
    golden: Path | None
    changes: int
    state: str
    error: PykalaError | None = None


def read_decisions(path: Path) -> Decisions:
    """What a review page has exported.

    Raises:
        GoldenError: it cannot be read, or is something else.
    """
    try:
        return Decisions.model_validate_json(path.read_bytes())
    except OSError as error:
        raise GoldenError(error.strerror or "cannot be read", source=str(path), remedy="check the name") from error
    except ValidationError as error:
        raise GoldenError(first_of(error), source=str(path), remedy="export the decisions anew") from error


def accept(decisions: Decisions, goldens: Path, *, dry: bool = False) -> Iterator[Accepted]:
    """Apply the accepted changes to the golden files of their documents, each file as a whole or not at all.

    Args:
        decisions: what was decided.
        goldens: the folder of golden files.
        dry: write nothing.

    Yields:
        What became of each document, sorted by name.
    """
    by_document: defaultdict[str, list[Change]] = defaultdict(list)
    for change in decisions.accepted:
        by_document[change.document].append(change)
    golds = Golds(goldens, empty=True)
    for document in sorted(by_document):
        changes = by_document[document]
        path = golds.path_of(document)
        try:
            path, state = _accepted(document, changes, path, goldens, dry=dry)
            yield Accepted(document, path, len(changes), state)
        except PykalaError as error:
            yield Accepted(document, path, len(changes), "conflict", error)


def _accepted(
    document: str, changes: Sequence[Change], path: Path | None, goldens: Path, *, dry: bool
) -> tuple[Path, str]:
    whole = next((change for change in changes if change.field is Field.DOCUMENT), None)
    if whole is not None:
        return _whole(document, whole, path, goldens, dry=dry)
    if path is None:
        raise Conflict("there is no golden file of this document", source=document, remedy="check the folder")
    golden = read_golden(path)
    if isinstance(golden, Record):
        record = apply(golden, changes)
        if not dry:
            write_golden(path, record)
        return path, "written"
    return path, _facts(path, changes, dry=dry)


def _facts(path: Path, changes: Iterable[Change], *, dry: bool) -> str:
    facts = json.loads(path.read_bytes())
    new = apply_to_facts(facts, changes)
    if new == facts:
        return "unchanged"
    if not dry:
        with whole_file(path) as stream:
            stream.write(written(new).encode())
    return "written"


def _whole(document: str, change: Change, path: Path | None, goldens: Path, *, dry: bool) -> tuple[Path, str]:
    """A document that came gets a golden record; of one that went, the golden file goes."""
    if change.new is None:
        if path is None:
            raise Conflict("there is no golden file of this document", source=document, remedy="check the folder")
        if not dry:
            path.unlink()
        return path, "removed"
    if path is not None:
        raise Conflict(f"there is a golden file already: {path}", source=document)
    name = f"{without_ending(Path(document).name)}{GOLD_ENDING}"
    beside = Path(document).parent
    place = (beside if beside.is_dir() and beside.resolve().is_relative_to(goldens.resolve()) else goldens) / name
    if not dry:
        write_golden(place, Record.model_validate(change.new.content["record"]))
    return place, "written"
