"""A record against what is expected of its document."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from pykala.diff.compare import compare
from pykala.diff.goldens import read_golden, write_golden
from pykala.diff.model import DocumentDiff
from pykala.diff.terminal import show_document
from pykala.evaluate.context import context
from pykala.evaluate.counts import Field
from pykala.evaluate.documents import verdicts
from pykala.evaluate.found import found
from pykala.evaluate.gold import Gold
from pykala.evaluate.record_file import RecordFile
from pykala.evaluate.verdicts import Verdict
from pykala.explain.marks import plain
from pykala.record import Record
from pykala.testing.known import KNOWN_ENDING, Known, read_known, write_known

_WIDTH = 120
#: The key of a gold file under which each field stands; a field whose key a file does not have is not checked.
_KEYS = {
    Field.DECISION_TYPES: "decisions",
    Field.DECISION_MAKERS: "decisions",
    Field.OUTCOMES: "decisions",
    Field.QUALIFIERS: "amounts",
    Field.FUNDING_YEARS: "fundings",
    Field.FUNDING_FUNDS: "fundings",
}
_HEADER = ("language", "published", "municipality", "meeting_date")


class Mismatch(Exception):  # a failed test, not an error
    """A record that is not what is expected; its message says how, for people."""


def check(record: Record, golden: Path, ignored: frozenset[str] = frozenset()) -> None:
    """Compare a record with its golden file.

    Args:
        record: what was read.
        golden: a whole record, or facts; beside facts may lie known differences.
        ignored: classes and fields of changes that do not count.

    Raises:
        Mismatch: they differ.
        GoldenError: the golden file cannot be used.
    """
    expected = read_golden(golden)
    if isinstance(expected, Record):
        _check_record(expected, record, ignored)
    else:
        known = Counter(read_known(known_path(golden)))
        mistakes = _mistakes(expected, record, golden)
        came = Counter(one for one, _ in mistakes) - known
        went = known - Counter(one for one, _ in mistakes)
        if came or went:
            raise Mismatch(_told(record, mistakes, came, went))


def accept(record: Record, golden: Path, ignored: frozenset[str] = frozenset()) -> str | None:
    """Make a record what is expected: the golden record is written anew, facts stay and get their known differences.

    Args:
        record: what was read.
        golden: the golden file; where there is none, the record becomes one.
        ignored: as in :func:`check`.

    Returns:
        The file that was written, None where nothing had to be.
    """
    if golden.exists():
        try:
            check(record, golden, ignored)
        except Mismatch:
            expected = read_golden(golden)
            if isinstance(expected, Gold):
                path = known_path(golden)
                write_known(path, (one for one, _ in _mistakes(expected, record, golden)))
                return str(path)
        else:
            return None
    write_golden(golden, record)
    return str(golden)


def known_path(golden: Path) -> Path:
    """Where the known differences of a golden file are stated."""
    return golden.with_name(golden.name.removesuffix(".expected.json") + KNOWN_ENDING)


def _check_record(expected: Record, record: Record, ignored: frozenset[str]) -> None:
    one = compare(expected, record)
    left = tuple(change for change in one.changes if not {change.kind.value, change.field.value} & ignored)
    if left:
        raise Mismatch(_shown(one.model_copy(update={"changes": left})))


def _shown(one: DocumentDiff) -> str:
    stream = io.StringIO()
    show_document(one, Console(file=stream, width=_WIDTH, highlight=False, no_color=True))
    return stream.getvalue().rstrip()


# ---------------------------------------------------------------- facts


def _mistakes(gold: Gold, record: Record, path: Path) -> list[tuple[Known, Verdict]]:
    """What is read otherwise than the facts say, of those fields that they have."""
    held = set(json.loads(path.read_bytes()))
    read = found(RecordFile.model_validate(record.model_dump()))
    return [
        (Known(field=one.field.value, gold=one.gold, found=one.found), one)
        for one in verdicts(gold, read)
        if one.is_mistake and _is_checked(one, held)
    ]


def _is_checked(one: Verdict, held: set[str]) -> bool:
    if one.field is Field.HEADER:
        fact = (one.gold or one.found or "").partition(":")[0]
        return fact in held if fact in _HEADER else True
    return _KEYS.get(one.field, one.field.value) in held


def _told(record: Record, mistakes: Iterable[tuple[Known, Verdict]], came: Counter[Known], went: Counter[Known]) -> str:
    lines = [record.source.uri]
    left = Counter(came)
    for one, verdict in mistakes:
        if not left[one]:
            continue
        left[one] -= 1
        lines.append(f"  {_said(one)}")
        around = context(record.text, verdict.place)
        if around:
            lines.append(f"      …{plain(around.before)}⟦{plain(around.words)}⟧{plain(around.after)}…")
    lines += [f"  no more: {_said(one)}, which is a known difference" for one in went.elements()]
    return "\n".join(lines)


def _said(one: Known) -> str:
    field, gold, found = one.field.replace("_", " "), plain(one.gold or ""), plain(one.found or "")
    if one.found is None:
        return f"− missed {field}: {gold}"
    return f"+ extra {field}: {found}" if one.gold is None else f"~ wrong {field}: {found}, not {gold}"
