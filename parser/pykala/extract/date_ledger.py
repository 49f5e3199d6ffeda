"""What was read as a date in one text so far, and what was refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from pykala.model import Date, Mention, Rejected, Warning_


class Ledger:
    """The dates of one text as they are found.

    Attributes:
        years_of: the years in which the text dates each day and month.
    """

    def __init__(self, text: str, taken: Iterable[Mention]) -> None:
        self.text = text
        self.occupied = bytearray(len(text) + 1)
        for mention in taken:
            self.occupy(mention.start, mention.end)
        self.values: list[Date] = []
        self.rejected: list[Rejected] = []
        self.warnings: list[Warning_] = []
        self.years_of: dict[tuple[int, int], set[int]] = defaultdict(set)

    def occupy(self, start: int, end: int) -> None:
        """Keep others from reading a stretch again."""
        self.occupied[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Whether nothing was read in a stretch yet."""
        return self.occupied.find(1, start, end) < 0

    def add(self, shape: str, start: int, end: int, value: str) -> None:
        """Keep a date."""
        self.values.append(Date(f"dates.{shape}", start, end, self.text[start:end], value))
        self.occupy(start, end)

    def refuse(self, shape: str, start: int, end: int, reason: str) -> None:
        """Keep what is no date, and why."""
        self.rejected.append(Rejected(f"dates.{shape}", start, end, self.text[start:end], reason))
        self.occupy(start, end)

    def impossible(self, shape: str, start: int, end: int) -> None:
        """Refuse a day that the calendar does not have, with a warning."""
        self.refuse(shape, start, end, "no such day")
        message = f"{self.text[start:end]!r} is no day of the calendar"
        self.warnings.append(Warning_("impossible-date", message, start, end))

    def day(self, year: int, month: int, day: int) -> str | None:
        """The day as EDTF, None where the calendar has no such day."""
        try:
            value = date(year, month, day).isoformat()
        except ValueError:
            return None
        self.years_of[day, month].add(year)
        return value
