"""Days, months and seasons in words, all found from the year beside them."""

from __future__ import annotations

import re

from pykala.extract.calendar import Words, words
from pykala.extract.date_ledger import Ledger
from pykala.extract.numerals import matches

_TURN = re.compile(r"\s{0,2}[-–—−]\s{0,2}\d{2,4}")
_YEAR = re.compile(r"(?<![\d.,/:-])(?:19|20)\d\d(?![\d-]|[.,:/]\d)|(?<=[^\d][–-])(?:19|20)\d\d(?!\d)")


def read(ledger: Ledger) -> None:
    """Every month, season or day of a month whose year stands beside it."""
    for match in matches(_YEAR, ledger.text, sizes=(4,)):
        _around_year(ledger, match)


def _around_year(ledger: Ledger, match: re.Match[str]) -> None:
    if not ledger.free(*match.span()):
        return
    year, vocabulary = int(match[0]), words()
    if not vocabulary.near(ledger.text, match.start(), match.end()):
        return
    left = vocabulary.months_before.search(ledger.text, max(0, match.start() - 64), match.start())
    if left is not None:
        _months(ledger, left, year, match.end())
        return
    season = vocabulary.season_before.search(ledger.text, max(0, match.start() - 40), match.start())
    if season is not None:
        _seasons(ledger, season, year, match.end())
        return
    _after_year(ledger, year, match, vocabulary)


def _after_year(ledger: Ledger, year: int, match: re.Match[str], vocabulary: Words) -> None:
    """*vuoden 2021 keväällä*, *vuoden 2024 kesäkuussa*."""
    frame = vocabulary.year_of.search(ledger.text, max(0, match.start() - 8), match.start())
    right = vocabulary.after_year.match(ledger.text, match.end())
    if frame is None or right is None:
        return
    season = vocabulary.season(right[1])
    number = season or vocabulary.month(right[1])
    shape = "kausi" if season else "kuukausi"
    ledger.add(shape, frame.start(), right.end(), f"{year}-{number:02d}")


def _months(ledger: Ledger, left: re.Match[str], year: int, end: int) -> None:
    month = words().month(left["m2"])
    day = left["d2"] or left["d3"] or left["d4"]
    if left["d1"] and day:
        _day_span(ledger, left, year, end)
    elif day:
        value = ledger.day(year, month, int(day))
        if value is None:
            ledger.impossible("kuukausipaiva", left.start(), end)
        else:
            ledger.add("kuukausipaiva", left.start(), end, value)
    elif left["m1"]:
        _month_span(ledger, left, year, end)
    else:
        ledger.add("kuukausi", left.start("m2"), end, f"{year}-{month:02d}")


def _day_span(ledger: Ledger, left: re.Match[str], year: int, end: int) -> None:
    month = words().month(left["m2"])
    opening = words().month(left["dm"]) if left["dm"] else month
    first, last = ledger.day(year, opening, int(left["d1"])), ledger.day(year, month, int(left["d2"] or 0))
    if first and last and first < last:
        ledger.add("paivavali", left.start(), end, f"{first}/{last}")
    else:
        ledger.impossible("paivavali", left.start(), end)


def _month_span(ledger: Ledger, left: re.Match[str], year: int, end: int) -> None:
    first, last = words().month(left["m1"]), words().month(left["m2"])
    first_year = int(left["y1"]) if left["y1"] else year
    if left["and"]:
        ledger.add("kuukausi", *left.span("m1"), f"{first_year}-{first:02d}")
        ledger.add("kuukausi", left.start("m2"), end, f"{year}-{last:02d}")
        return
    if not left["y1"] and first > last:
        first_year -= 1
    start = left.start("m1")
    if ledger.values and ledger.values[-1].start == start:
        ledger.values.pop()  # the first month was read with its own year before
    ledger.add("kuukausivali", start, end, f"{first_year}-{first:02d}/{year}-{last:02d}")


def _seasons(ledger: Ledger, left: re.Match[str], year: int, end: int) -> None:
    number = words().season(left["s2"])
    if number == 24 and _TURN.match(ledger.text, end):
        return  # a winter over the turn of the year is told as its two years
    if left["s1"]:
        ledger.add("kausi", *left.span("s1"), f"{year}-{words().season(left['s1'])}")
    ledger.add("kausi", left.start("s2"), end, f"{year}-{number}")
