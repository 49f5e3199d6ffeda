"""Days without a year, which take it from their own phrase or from the same day elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pykala.extract.calendar import words
from pykala.extract.date_ledger import Ledger
from pykala.extract.numerals import matches

_DASH = r"\s{0,2}[-–—−]\s{0,2}"
_YEARLESS = re.compile(
    rf"(?<![\d,/-])(?<!\d\.)(?:(?P<d1>\d{{1,2}})\.(?P<m1>\d{{1,2}}\.)?{_DASH})?(?P<d2>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?!\s?\d{{4}}|\d)(?P<m3>)"
)
_TOLD_YEAR = re.compile(r"\s(?:vuonna|v\.|år|in)\s((?:19|20)\d\d)(?!\d)")
_ANDS = ("ja", "tai", "sekä", "och", "eller")
_DAYS = re.compile(rf"(?<![\d.])(?:\d{{1,2}}\.,\s){{0,6}}\d{{1,2}}\.\s(?:{'|'.join(_ANDS)})\s$")
_DAY = re.compile(r"(\d{1,2})\.")
_LINKED = re.compile(r"(?:,\s|\s(?:ja|sekä|tai|och|eller)\s)(?:[a-zåäö]{2}\s)?$")
_LIST = re.compile(r"[\s,]*(?:(?:ja|sekä|tai|och|and|eller|or)\s)?(?:[a-zåäö]{2}\s)?")


def read(ledger: Ledger) -> None:
    """Every day without a year, the last first: a list takes its year from its end."""
    _days_of_list(ledger)
    for match in reversed(list(_days_without_year(ledger))):
        _settle(ledger, match)


def _days_of_list(ledger: Ledger) -> None:
    """*5., 12. ja 19.6.2025*: days that take month and year from the end of their list."""
    for value in [v for v in ledger.values if v.rule == "dates.paiva"]:
        before = ledger.text[max(0, value.start - 8) : value.start]
        listed = before.rstrip().endswith(_ANDS) and before[-1:].isspace()
        days = _DAYS.search(ledger.text, max(0, value.start - 40), value.start) if listed else None
        for day in _DAY.finditer(ledger.text, days.start(), days.end()) if days else ():
            told = ledger.day(int(value.value[:4]), int(value.value[5:7]), int(day[1]))
            if told and told < value.value and ledger.free(*day.span()):
                ledger.add("vuodeton", *day.span(), told)


def _days_without_year(ledger: Ledger) -> Iterator[re.Match[str]]:
    for pattern, follows in ((_YEARLESS, "."), (words().day_without_year, "")):
        for match in matches(pattern, ledger.text, sizes=(1, 2), follows=follows):
            if ledger.free(*match.span()) and _plausible(match):
                yield match


def _settle(ledger: Ledger, match: re.Match[str]) -> None:
    day = int(match["d2"])
    name = _month_of(match)
    month = int(name) if name.isdigit() else words().month(name)
    start, end = match.span()
    told = _TOLD_YEAR.match(ledger.text, end)
    if told is not None:  # "26.4. vuonna 2021": the year is part of the date
        year: int | None = int(told[1])
        end = told.end()
    else:
        year = _year_of_phrase(ledger, start, end) or _year_elsewhere(ledger, day, month)
    value = ledger.day(year, month, day) if year else None
    if value is None:
        ledger.refuse("vuodeton", *match.span(), "a day without a year")
        return
    if match["d1"] and year:
        opening = match.groupdict().get("m1")
        first = ledger.day(year, int(opening[:-1]) if opening else month, int(match["d1"]))
        value = f"{first}/{value}" if first and first < value else value
    ledger.add("vuodeton", start, end, value)


def _year_of_phrase(ledger: Ledger, start: int, end: int) -> int | None:
    """The year of the dated day that a list of days leads to, or of the one right before it."""
    link = _LIST.match(ledger.text, end)
    after = link.end() if link else end
    back = _LINKED.search(ledger.text, max(0, start - 12), start)
    for value in ledger.values:
        if value.start == after or (back is not None and value.end == back.start()):
            return int(value.value[-10:-6] if "/" in value.value else value.value[:4])
    return None


def _year_elsewhere(ledger: Ledger, day: int, month: int) -> int | None:
    years = ledger.years_of.get((day, month), set())
    return min(years) if len(years) == 1 else None


def _plausible(match: re.Match[str]) -> bool:
    month = _month_of(match)
    return 1 <= int(match["d2"]) <= 31 and (not month.isdigit() or 1 <= int(month) <= 12)


def _month_of(match: re.Match[str]) -> str:
    return match["m2"] or match["m3"]
