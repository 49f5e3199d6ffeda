"""What the bulletins of a run say, counted: meetings, sections and their gaps, pages that say nothing, fields that are there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from pykala.errors import PykalaError
from pykala.fetch.replay import Fetched
from pykala.fetch.tally import Failure
from pykala.record import Record

Parse = Callable[[Fetched], Record]

#: What a record may hold, by the name that a report gives it.
FIELDS: Final[dict[str, Callable[[Record], bool]]] = {
    "title": lambda record: record.title is not None,
    "body": lambda record: record.meeting is not None and record.meeting.body is not None,
    "meeting_date": lambda record: record.meeting is not None and record.meeting.date is not None,
    "sections": lambda record: bool(record.sections),
    "case_numbers": lambda record: bool(record.case_numbers),
    "decisions": lambda record: bool(record.decisions),
    "decision_makers": lambda record: any(one.decision_maker for one in record.decisions),
    "amounts": lambda record: bool(record.amounts),
    "dates": lambda record: bool(record.dates),
    "institutions": lambda record: bool(record.institutions),
}
_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_DECIDES: Final = frozenset({"minutes", "bulletin"})


@dataclass(slots=True)
class Survey:
    """What the bulletins of one source say.

    Attributes:
        documents: how many were read.
        meetings: each with its body and day.
        sections: § numbers by body and year.
        fields: in how many documents each field is.
        empty: minutes and bulletins in which no decision was read.
        unread: documents that gave no record.
    """

    documents: int = 0
    meetings: set[tuple[str, str]] = field(default_factory=set)
    sections: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    fields: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    empty: list[str] = field(default_factory=list)
    unread: list[Failure] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Take a record into account."""
        self.documents += 1
        for name, holds in FIELDS.items():
            self.fields[name] += holds(record)
        if record.kind in _DECIDES and not record.decisions:
            self.empty.append(record.source.uri)
        meeting = record.meeting
        if meeting is None or meeting.body is None or meeting.date is None:
            return
        self.meetings.add((meeting.body, meeting.date))
        numbers = (int(number) for section in record.sections for number in _NUMBER.findall(section))
        self.sections[meeting.body, meeting.date[:4]].update(numbers)

    def gaps(self) -> list[dict[str, str]]:
        """Numbers that are missing between the first and the last § of a body's year; some may be secret by law."""
        return [
            {"body": body, "year": year, "missing": missing}
            for (body, year), numbers in sorted(self.sections.items())
            if (missing := ranges(set(range(min(numbers, default=0), max(numbers, default=0))) - numbers))
        ]


def survey(documents: Iterable[Fetched], parse: Parse) -> Survey:
    """Read documents and count what they say."""
    counted = Survey()
    for document in documents:
        try:
            counted.add(parse(document))
        except PykalaError as error:
            counted.unread.append(Failure(document.uri, error.code, error.message))
        except Exception as error:  # noqa: BLE001  # a defect of a reader is told as this page's, and the run comes to its end
            counted.unread.append(Failure(document.uri, "internal", f"{type(error).__name__}: {error}"))
    return counted


def ranges(numbers: set[int]) -> str:
    """Numbers in short.

    >>> ranges({3, 4, 5, 9})
    '3–5, 9'
    """
    said: list[list[int]] = []
    for number in sorted(numbers):
        if said and number == said[-1][-1] + 1:
            said[-1][1:] = [number]
        else:
            said.append([number])
    return ", ".join("–".join(map(str, one)) for one in said)
