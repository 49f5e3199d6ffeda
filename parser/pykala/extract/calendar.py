"""The words of the calendar in Finnish, Swedish and English, compiled once."""

from __future__ import annotations

import re
from functools import cache

from pykala.model import Value
from pykala.rules import load

_ENDING = r"(?:n|ta|ssa|sta|hun|lle|lla|lta|ksi|na|t)?"
_PART_OF_SEASON = re.compile(r"^(?:alku|loppu|keski|sydän|kevät(?=kes|tal))")
_ORDINAL = r"(?:\.|st|nd|rd|th|:e)?"
_JOIN = r"(?:\s(?:ja|tai|sekä|och|eller|and|or)\s)"


class Words(Value):
    """Patterns around a year: what may stand before it, and what after it.

    Attributes:
        months_before: a month, two months or a day of a month, right before the year.
        season_before: a season or two, right before the year.
        year_of: the frame *vuoden* of a year that its month follows.
        after_year: the month or season that follows such a year.
        day_without_year: *23. helmikuuta* with no year after it.
    """

    months_before: re.Pattern[str]
    season_before: re.Pattern[str]
    year_of: re.Pattern[str]
    after_year: re.Pattern[str]
    day_without_year: re.Pattern[str]
    stems: tuple[tuple[str, int], ...]
    months: dict[str, int]
    seasons: dict[str, int]
    hints: tuple[str, ...]

    def near(self, text: str, start: int, end: int) -> bool:
        """Whether a month or season may stand beside a year: a cheap look before the patterns are tried."""
        around = f"{text[max(0, start - 24) : start]} {text[end : end + 24]}".casefold()
        return any(map(around.__contains__, self.hints))

    def month(self, word: str) -> int:
        """The number of a month by its word, or by the first half of *kesä–heinäkuu*."""
        folded = word.casefold()
        exact = self.months.get(folded)
        return exact or next(number for stem, number in self.stems if folded.startswith(stem))

    def season(self, word: str) -> int | None:
        """The EDTF number of a season by its word."""
        return self.seasons.get(_PART_OF_SEASON.sub("", word.casefold()))


@cache
def words() -> Words:
    """The calendar's words from ``rules/dates.toml``."""
    months, seasons = load("dates")["month"], load("dates")["season"]
    stems = "|".join(m["stem"] for m in months)
    foreign = "|".join(sorted((f for m in months for f in m["forms"]), key=len, reverse=True))
    part = r"(?:alku|loppu|keski|sydän|kevät(?=kes|tal))?"
    season = part + "(?:" + "|".join(sorted((f for s in seasons for f in s["forms"]), key=len, reverse=True)) + ")"
    finnish = rf"(?:{stems})kuu{_ENDING}"
    month = rf"(?:{finnish}|{foreign})"
    return Words(
        months_before=_months_before(month, stems),
        season_before=re.compile(
            rf"(?<!\w)(?:(?P<s1>{season}){_JOIN})?(?P<s2>{season})\s(?:vuonna\s|vuoden\s|år\s|of\s)?$", re.IGNORECASE
        ),
        year_of=re.compile(r"(?<!\w)(?:vuoden|v\.)\s$", re.IGNORECASE),
        after_year=re.compile(rf"\s({finnish}|{season})(?!\w)", re.IGNORECASE),
        day_without_year=re.compile(
            rf"(?<![\d.])(?:(?P<d1>\d{{1,2}})\.?\s?[-–]\s?)?(?P<d2>\d{{1,2}})(?:\.\s(?P<m2>{finnish})"
            rf"|(?:st|nd|rd|th)?\s(?P<m3>{foreign}))(?!\w)(?!,?\s\d{{4}})",
            re.IGNORECASE,
        ),
        stems=tuple((m["stem"], m["number"]) for m in months),
        months={f: m["number"] for m in months for f in (m["stem"], *m["forms"])},
        hints=("kuu", *sorted({f[:4] for e in (*months, *seasons) for f in e["forms"]})),
        seasons={f: s["number"] for s in seasons for f in s["forms"]},
    )


def _months_before(month: str, stems: str) -> re.Pattern[str]:
    """What may stand before a year to make it the year of a month or of a day.

    >>> bool(words().months_before.search("1. tammikuuta – 31. joulukuuta "))
    True
    """
    return re.compile(
        rf"""(?<![\w.])
        (?:(?P<d1>\d{{1,2}}){_ORDINAL}(?:\s(?P<dm>{month}))?\s?[-–—]\s?(?=\d)
          |(?P<m1>{month}|(?:{stems})(?=[-–]))(?:\s(?P<y1>(?:19|20)\d\d))?(?:-?(?P<and>{_JOIN})|\s?[-–—]\s?)(?!\d))?
        (?:(?P<d2>\d{{1,2}}){_ORDINAL}\s(?:of\s)?)?
        (?P<m2>{month})
        (?:\s(?P<d3>\d{{1,2}})\.?\s?p(?:äiv\w{{0,6}}|\.|:n\w*)|\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?=,))?
        ,?\s(?:vuonna\s|vuoden\s|v\.\s|år\s|of\s)?$""",
        re.VERBOSE | re.IGNORECASE,
    )
