"""Days and intervals in figures."""

from __future__ import annotations

import re
from functools import cache

from pykala.extract.date_ledger import Ledger
from pykala.extract.numerals import matches

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


def read(ledger: Ledger) -> None:
    """Every day or interval in figures that carries its year."""
    for match in matches(_NUMERIC, ledger.text, sizes=(1, 2), follows=".-–"):
        _numeric(ledger, match)
    for pattern, sizes, sign in ((_ISO, (4,), "-"), (_SLASHED, (1, 2), "/")):
        for match in matches(pattern, ledger.text, sizes=sizes, follows=sign):
            _plain(ledger, match)
    for match in matches(_GLUED, ledger.text, sizes=(3, 4, 5), follows="."):
        _glued(ledger, match)


def _numeric(ledger: Ledger, match: re.Match[str]) -> None:
    start, end = match.span()
    if not ledger.free(match.start("d2"), end):
        return
    if match["d1"] and not ledger.free(start, end):
        start = match.start("d2")
    year = _year(match["y2"])
    if len(match["y2"].strip()) == 2 and not _short_year(ledger, match, start, end):
        return
    last = ledger.day(year, int(match["m2"]), int(match["d2"]))
    if last is None:
        if len(match["y2"].strip()) == 4:
            ledger.impossible("paiva", match.start("d2"), end)
        return
    if match["d1"] is None or start == match.start("d2"):
        ledger.add("paiva", start, end, last)
    else:
        _interval(ledger, match, year, last)


def _short_year(ledger: Ledger, match: re.Match[str], start: int, end: int) -> bool:
    """Whether two digits are a year: 10.02.03 is a class of the filing plan, 3.4.2 a chapter."""
    padded = len(match["d2"]) == len(match["m2"]) == 2 and (match["d2"] + match["m2"]).startswith("0")
    plausible = (15 if padded else 5) <= int(match["y2"]) <= 60
    if not plausible or not 1 <= int(match["m2"]) <= 12:
        ledger.refuse("paiva", start, end, "classification")
        return False
    return True


def _interval(ledger: Ledger, match: re.Match[str], year: int, last: str) -> None:
    start, end = match.span()
    first_year = _year(match["y1"]) if match["y1"] else year
    first = ledger.day(first_year, int(match["m1"] or match["m2"]), int(match["d1"]))
    if first is not None and first > last and not match["y1"] and match["m1"]:
        first = ledger.day(year - 1, int(match["m1"]), int(match["d1"]))  # 15.12.–6.1.2025 begins the year before
    if first is not None and first < last:
        ledger.add("vali", start, end, f"{first}/{last}")
        return
    if first is None:
        ledger.impossible("vali", start, match.end("m1") if match["m1"] else match.end("d1"))
    elif match["y1"]:
        ledger.add("paiva", start, match.end("y1"), first)
    ledger.add("paiva", match.start("d2"), end, last)


def _plain(ledger: Ledger, match: re.Match[str]) -> None:
    start, end = match.span()
    if not ledger.free(start, end):
        return
    value = ledger.day(int(match["y"]), int(match["m"]), int(match["d"]))
    if value is None:
        ledger.impossible("iso", start, end)
    else:
        ledger.add("iso", start, end, value)


def _glued(ledger: Ledger, match: re.Match[str]) -> None:
    value = ledger.day(int(match["y"]), int(match["m"]), int(match["d"]))
    if value is not None and ledger.free(*match.span()):
        ledger.add("liimattu", match.start("d"), match.end("y"), value)
        ledger.occupy(*match.span())


@cache
def _year(digits: str) -> int:
    number = int(digits)
    return number if number > 99 else 2000 + number
