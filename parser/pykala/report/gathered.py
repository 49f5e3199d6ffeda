"""What a report needs of many records, taken in one pass that keeps no record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pykala.record import Record
from pykala.report.counted import Counted, counted
from pykala.report.sums import Sum, day_of, of_record


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that the report tells.

    Attributes:
        bulletins: how many were read, each once.
        read_twice: how many came a second time in the same bytes.
        sums: every sum granted or committed, with what of it is counted.
        decisions: how many of each type on each day (EDTF, None where the bulletin tells none).
    """

    bulletins: int
    read_twice: int
    sums: tuple[Counted, ...]
    decisions: Mapping[tuple[str, str | None], int]


def gathered(records: Iterable[Record]) -> Gathered:
    """Read records once."""
    seen: set[str] = set()
    found: list[Sum] = []
    decisions: Counter[tuple[str, str | None]] = Counter()
    twice = 0
    for reading, record in enumerate(records):
        found.extend(of_record(record, reading))
        if record.id in seen:
            twice += 1
            continue
        seen.add(record.id)
        decisions.update((decision.type, day_of(record)) for decision in record.decisions)
    return Gathered(len(seen), twice, counted(found), decisions)
