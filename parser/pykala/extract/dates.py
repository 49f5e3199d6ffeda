"""Days, months, seasons and intervals, as EDTF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from pykala.extract import lookalikes
from pykala.extract.calendar import Words, words
from pykala.extract.numerals import matches
from pykala.model import Date, Mention, Reading, Rejected, Warning_

_DASH = r"\s{0,2}[-–—−]\s{0,2}"
_NUMERIC = re.compile(
    rf"""(?<![\d,])(?<!\d\.)
    (?:(?P<d1>\d{{1,2}})(?:\.\s?(?P<m1>\d{{1,2}})(?:\.\s?(?P<y1>(?:19|20)\d\d|\d\d(?=[^\d.]))|\.)?{_DASH}|\.{_DASH}|[-–]))?
    (?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.(?P<y2>\s?(?:19|20)\d\d|\d\d)(?!\d|\.\d|[-/]\d)""",
    re.VERBOSE,
)
_GLUED = re.compile(  # "Kaupunginhallitus21311.05.20201": section, date and item of a table whose cells ran together
    r"(?<=[a-zåäö])\d{1,3}(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>(?:19|20)\d\d)\d{1,2}(?=\s*(?:\n|$))"
)
_ISO = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])")
_SLASHED = re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\d/])")
_YEARLESS = re.compile(
    rf"(?<![\d,/-])(?<!\d\.)(?:(?P<d1>\d{{1,2}})\.(?P<m1>\d{{1,2}}\.)?{_DASH})?(?P<d2>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?!\s?\d{{4}}|\d)(?P<m3>)"
)
_YEAR = re.compile(r"(?<![\d.,/:-])(?:19|20)\d\d(?![\d-]|[.,:/]\d)|(?<=[^\d][–-])(?:19|20)\d\d(?!\d)")
_TOLD_YEAR = re.compile(r"\s(?:vuonna|v\.|år|in)\s((?:19|20)\d\d)(?!\d)")
_LIST = re.compile(r"[\s,]*(?:(?:ja|sekä|tai|och|and|eller|or)\s)?(?:[a-zåäö]{2}\s)?")


class _Day(NamedTuple):
    year: int | None
    month: int
    day: int


def find(text: str, *, taken: Sequence[Mention] | None = None) -> Reading[Date]:
    """Every day, month, season or interval that carries its year, or takes it from the same day elsewhere.

    Args:
        text: the document's text.
        taken: spans that are no dates; by default what :func:`lookalikes.find` reads.

    >>> [(d.text, d.value) for d in find("Haku 1.1.–28.2.2017, tulokset syksyllä 2017").values]
    [('1.1.–28.2.2017', '2017-01-01/2017-02-28'), ('syksyllä 2017', '2017-23')]
    """
    blocked = lookalikes.find(text) if taken is None else taken
    reader = _Reader(text, blocked)
    reader.read()
    return Reading(
        tuple(sorted(reader.values, key=lambda m: m.start)),
        tuple(sorted(reader.rejected, key=lambda m: m.start)),
        tuple(sorted(reader.warnings, key=lambda w: w.start or 0)),
    )


class _Reader:
    """One pass over one text."""

    def __init__(self, text: str, taken: Iterable[Mention]) -> None:
        self.text = text
        self.occupied = bytearray(len(text) + 1)
        for mention in taken:
            self._occupy(mention.start, mention.end)
        self.values: list[Date] = []
        self.rejected: list[Rejected] = []
        self.warnings: list[Warning_] = []
        self.years_of: dict[tuple[int, int], set[int]] = defaultdict(set)

    def read(self) -> None:
        """Figures first, for words and days without a year lean on them."""
        for match in matches(_NUMERIC, self.text):
            self._numeric(match)
        for pattern in (_ISO, _SLASHED):
            for match in matches(pattern, self.text):
                self._plain(match)
        for match in matches(_GLUED, self.text):
            self._glued(match)
        for match in matches(_YEAR, self.text):
            self._around_year(match)
        self._yearless()

    # ------------------------------------------------------------ bookkeeping

    def _occupy(self, start: int, end: int) -> None:
        self.occupied[start:end] = b"\1" * (end - start)

    def _free(self, start: int, end: int) -> bool:
        return not any(self.occupied[start:end])

    def _add(self, shape: str, start: int, end: int, value: str) -> None:
        self.values.append(Date(f"dates.{shape}", start, end, self.text[start:end], value))
        self._occupy(start, end)

    def _refuse(self, shape: str, start: int, end: int, reason: str) -> None:
        self.rejected.append(Rejected(f"dates.{shape}", start, end, self.text[start:end], reason))
        self._occupy(start, end)

    def _impossible(self, shape: str, start: int, end: int) -> None:
        self._refuse(shape, start, end, "no such day")
        message = f"{self.text[start:end]!r} is no day of the calendar"
        self.warnings.append(Warning_("impossible-date", message, start, end))

    def _day(self, year: int, month: int, day: int) -> str | None:
        """The day as EDTF, None where the calendar has no such day."""
        try:
            value = date(year, month, day).isoformat()
        except ValueError:
            return None
        self.years_of[day, month].add(year)
        return value

    # ------------------------------------------------------------ figures

    def _numeric(self, match: re.Match[str]) -> None:
        start, end = match.span()
        if not self._free(match.start("d2"), end):
            return
        if match["d1"] and not self._free(start, end):
            start = match.start("d2")
        year = _year(match["y2"])
        if len(match["y2"].strip()) == 2 and not self._short_year(match, start, end):
            return
        last = self._day(year, int(match["m2"]), int(match["d2"]))
        if last is None:
            if len(match["y2"].strip()) == 4:
                self._impossible("paiva", match.start("d2"), end)
            return
        if match["d1"] is None or start == match.start("d2"):
            self._add("paiva", start, end, last)
        else:
            self._interval(match, year, last)

    def _short_year(self, match: re.Match[str], start: int, end: int) -> bool:
        """Whether two digits are a year: 10.02.03 is a class of the filing plan, 3.4.2 a chapter."""
        padded = len(match["d2"]) == len(match["m2"]) == 2 and (match["d2"] + match["m2"]).startswith("0")
        plausible = (15 if padded else 5) <= int(match["y2"]) <= 60
        if not plausible or not 1 <= int(match["m2"]) <= 12:
            self._refuse("paiva", start, end, "classification")
            return False
        return True

    def _interval(self, match: re.Match[str], year: int, last: str) -> None:
        start, end = match.span()
        first_year = _year(match["y1"]) if match["y1"] else year
        first = self._day(first_year, int(match["m1"] or match["m2"]), int(match["d1"]))
        if first is not None and first > last and not match["y1"] and match["m1"]:
            first = self._day(year - 1, int(match["m1"]), int(match["d1"]))  # 15.12.–6.1.2025 begins the year before
        if first is not None and first < last:
            self._add("vali", start, end, f"{first}/{last}")
            return
        if first is None:
            self._impossible("vali", start, match.end("m1") if match["m1"] else match.end("d1"))
        elif match["y1"]:
            self._add("paiva", start, match.end("y1"), first)
        self._add("paiva", match.start("d2"), end, last)

    def _plain(self, match: re.Match[str]) -> None:
        start, end = match.span()
        if not self._free(start, end):
            return
        value = self._day(int(match["y"]), int(match["m"]), int(match["d"]))
        if value is None:
            self._impossible("iso", start, end)
        else:
            self._add("iso", start, end, value)

    def _glued(self, match: re.Match[str]) -> None:
        value = self._day(int(match["y"]), int(match["m"]), int(match["d"]))
        if value is not None and self._free(*match.span()):
            self._add("liimattu", match.start("d"), match.end("y"), value)
            self._occupy(*match.span())

    # ------------------------------------------------------------ words

    def _around_year(self, match: re.Match[str]) -> None:
        if not self._free(*match.span()):
            return
        year, vocabulary = int(match[0]), words()
        if not vocabulary.near(self.text, match.start(), match.end()):
            return
        left = vocabulary.months_before.search(self.text, max(0, match.start() - 64), match.start())
        if left is not None:
            self._months(left, year, match.end())
            return
        season = vocabulary.season_before.search(self.text, max(0, match.start() - 40), match.start())
        if season is not None:
            self._seasons(season, year, match.end())
            return
        self._after_year(year, match, vocabulary)

    def _after_year(self, year: int, match: re.Match[str], vocabulary: Words) -> None:
        """*vuoden 2021 keväällä*, *vuoden 2024 kesäkuussa*."""
        frame = vocabulary.year_of.search(self.text, max(0, match.start() - 8), match.start())
        right = vocabulary.after_year.match(self.text, match.end())
        if frame is None or right is None:
            return
        season = vocabulary.season(right[1])
        number = season or vocabulary.month(right[1])
        shape = "kausi" if season else "kuukausi"
        self._add(shape, frame.start(), right.end(), f"{year}-{number:02d}")

    def _months(self, left: re.Match[str], year: int, end: int) -> None:
        month = words().month(left["m2"])
        day = left["d2"] or left["d3"] or left["d4"]
        if left["d1"] and day:
            self._day_span(left, year, end)
        elif day:
            value = self._day(year, month, int(day))
            if value is None:
                self._impossible("kuukausipaiva", left.start(), end)
            else:
                self._add("kuukausipaiva", left.start(), end, value)
        elif left["m1"]:
            self._month_span(left, year, end)
        else:
            self._add("kuukausi", left.start("m2"), end, f"{year}-{month:02d}")

    def _day_span(self, left: re.Match[str], year: int, end: int) -> None:
        month = words().month(left["m2"])
        opening = words().month(left["dm"]) if left["dm"] else month
        first, last = self._day(year, opening, int(left["d1"])), self._day(year, month, int(left["d2"] or 0))
        if first and last and first < last:
            self._add("paivavali", left.start(), end, f"{first}/{last}")
        else:
            self._impossible("paivavali", left.start(), end)

    def _month_span(self, left: re.Match[str], year: int, end: int) -> None:
        first, last = words().month(left["m1"]), words().month(left["m2"])
        first_year = int(left["y1"]) if left["y1"] else year
        if left["and"]:
            self._add("kuukausi", *left.span("m1"), f"{first_year}-{first:02d}")
            self._add("kuukausi", left.start("m2"), end, f"{year}-{last:02d}")
            return
        if not left["y1"] and first > last:
            first_year -= 1
        start = left.start("m1")
        if self.values and self.values[-1].start == start:
            self.values.pop()  # the first month was read with its own year before
        self._add("kuukausivali", start, end, f"{first_year}-{first:02d}/{year}-{last:02d}")

    def _seasons(self, left: re.Match[str], year: int, end: int) -> None:
        number = words().season(left["s2"])
        if number == 24 and re.compile(_DASH + r"\d{2,4}").match(self.text, end):
            return  # a winter over the turn of the year is told as its two years
        if left["s1"]:
            self._add("kausi", *left.span("s1"), f"{year}-{words().season(left['s1'])}")
        self._add("kausi", left.start("s2"), end, f"{year}-{number}")

    # ------------------------------------------------------------ days without a year

    def _yearless(self) -> None:
        for match in reversed(list(self._days_without_year())):
            self._settle(match)

    def _days_without_year(self) -> Iterator[re.Match[str]]:
        for pattern in (_YEARLESS, words().day_without_year):
            for match in matches(pattern, self.text):
                if self._free(*match.span()) and _plausible(match):
                    yield match

    def _settle(self, match: re.Match[str]) -> None:
        day = int(match["d2"])
        name = _month_of(match)
        month = int(name) if name.isdigit() else words().month(name)
        start, end = match.span()
        told = _TOLD_YEAR.match(self.text, end)
        if told is not None:  # "26.4. vuonna 2021": the year is part of the date
            year: int | None = int(told[1])
            end = told.end()
        else:
            year = self._year_of_phrase(end) or self._year_elsewhere(day, month)
        value = self._day(year, month, day) if year else None
        if value is None:
            self._refuse("vuodeton", *match.span(), "a day without a year")
            return
        if match["d1"] and year:
            opening = match.groupdict().get("m1")
            first = self._day(year, int(opening[:-1]) if opening else month, int(match["d1"]))
            value = f"{first}/{value}" if first and first < value else value
        self._add("vuodeton", start, end, value)

    def _year_of_phrase(self, end: int) -> int | None:
        """The year of the dated day that a list of days leads to."""
        link = _LIST.match(self.text, end)
        after = link.end() if link else end
        for value in self.values:
            if value.start == after:
                return int(value.value[:4])
        return None

    def _year_elsewhere(self, day: int, month: int) -> int | None:
        years = self.years_of.get((day, month), set())
        return min(years) if len(years) == 1 else None


def _plausible(match: re.Match[str]) -> bool:
    month = _month_of(match)
    return 1 <= int(match["d2"]) <= 31 and (not month.isdigit() or 1 <= int(month) <= 12)


def _month_of(match: re.Match[str]) -> str:
    return match["m2"] or match["m3"]


@cache
def _year(digits: str) -> int:
    number = int(digits)
    return number if number > 99 else 2000 + number
