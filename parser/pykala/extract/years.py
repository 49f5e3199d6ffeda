"""Years and spans of years that are said as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pykala.extract import dates as dates_
from pykala.extract import lookalikes, money_heads
from pykala.extract.numerals import matches
from pykala.model import Date, Mention, Reading, Rejected, Years
from pykala.rules import load

_DASH = r"[ \u00a0\u2009]?[-–—−][ \u00a0\u2009]?"
_YEAR = re.compile(
    rf"""(?:(?<![\d/_\w])|(?<=\bTA)|(?<=\bTP)|(?<=\bTS)|(?<=\bKS)|(?<=\bTAE)|(?<=\bTAM))(?<!\d[-–.:])(?<!(?<!\d{{3}})\d,)
    (?P<a>(?:19|20)\d\d)
    (?:{_DASH}(?P<b>(?:19|20)\d\d)(?![\d/]|[.,]\d) | [-–−](?P<short>\d\d)(?![\d/.,:-]) | /(?P<slash>(?:(?:19|20)\d\d|\d\d)(?![\d/.])))?
    (?!\d|[./]\d|[,]\d\d?(?!\d)|[-–]\d)""",
    re.VERBOSE,
)
_OLD = re.compile(r"(?P<a>1[1-8]\d\d)(?![\d/:]|[.,]\d|[-–]\d)")
_OLD_FRAME = re.compile(
    r"(?<!\w)(?:[Vv]uonna|[Vv]uoden|[Vv]uodelta|[Vv]uodesta|[Vv]uoteen|[Åå]r|[Ii]n|[Ss]ince)[ \u00a0]$"
)
_SHORT = re.compile(  # begins with the plain letter, which is found many times faster than what may stand before it
    r"v(?:(?<!\wv)|(?<=vv)(?<!\wvv))\.\s?(?P<a>[-–]\d\d)(?P<b>\s?[-–]\s?\d\d)?(?![\d%,.]\d|\d|\s?%)"
)
_UNIT = re.compile(
    r"(?::l+[ea])?[ \u00a0\u2009\u202f](?:[€$£%]|eur|kpl|hl|k?m[²2³3]|kk\b|h?a\b|mk\b|t€|M€|miljo|milj|mrd|kr\b)",
    re.IGNORECASE,
)
_SUM_OF = re.compile(r"[ \u00a0][:x*×=][ \u00a0]\d")
_NEXT = re.compile(r"(?P<ending>:[a-zåäö]{1,4})?[ \u00a0](?P<word>[a-zåäö]{3,})")
_PREVIOUS = re.compile(r"(?P<word>[\w.-]+)[ \u00a0\n]$")
_COUNTING = re.compile(
    r"\b(?:yhteensä|enintään|vähintään|yli|alle|kaikkiaan|högst|minst|sammanlagt)[ \u00a0]$", re.IGNORECASE
)


def find(text: str, *, taken: Sequence[Mention] | None = None, dates: Sequence[Date] | None = None) -> Reading[Years]:
    """Every year or span of years, in any frame or none, that is no part of a date or of an identifier.

    Args:
        text: the document's text.
        taken: spans that hold no years: lookalikes, and sums where they are known.
        dates: the dates of the text, whose years are theirs.

    >>> [(y.first, y.last) for y in find("vuosina 2025–2027, v. 2019-21 ja 2030").values]
    [(2025, 2027), (2019, 2021), (2030, 2030)]
    """
    taken = lookalikes.find(text) if taken is None else taken
    dates = dates_.find(text, taken=taken).values if dates is None else dates
    occupied = bytearray(len(text) + 1)
    for mention in (*taken, *dates):
        occupied[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    values: list[Years] = []
    rejected: list[Rejected] = []
    for mention in sorted(_candidates(text, occupied), key=lambda m: m.start):
        (rejected if isinstance(mention, Rejected) else values).append(mention)  # type: ignore[arg-type]
    return Reading(tuple(values), tuple(rejected))


def _candidates(text: str, occupied: bytearray) -> Iterator[Years | Rejected]:
    for match in matches(_YEAR, text, sizes=(4,)):
        if occupied.find(1, *match.span()) < 0:
            yield from _read(text, match)
        elif match["b"] and occupied.find(1, *match.span("a")) < 0:
            yield _single(text, match)
    for match in matches(_OLD, text, sizes=(4,)):
        start, end = match.span()
        if _OLD_FRAME.search(text, max(0, start - 10), start) and occupied.find(1, start, end) < 0:
            yield _single(text, match)
    for match in _SHORT.finditer(text):
        if occupied.find(1, *match.span()) < 0:
            yield _short(text, match)


def _read(text: str, match: re.Match[str]) -> Iterator[Years | Rejected]:
    reason = _refusal(text, match)
    if reason is not None:
        yield Rejected("years.vuosi", match.start(), match.end(), match[0], reason)
        return
    first = int(match["a"])
    last = _last(match, first)
    if last is None:
        yield _single(text, match)
    elif last > first:
        yield Years("years.vali", match.start(), match.end(), match[0], first, last)
    elif match["b"]:  # a span told backwards is two years
        yield _single(text, match)
        yield Years("years.vuosi", match.start("b"), match.end("b"), match["b"], last, last)
    else:
        yield Rejected("years.vali", match.start(), match.end(), match[0], "a code")


def _last(match: re.Match[str], first: int) -> int | None:
    told = match["b"] or match["short"] or match["slash"]
    if told is None:
        return None
    return int(told) if len(told) == 4 else first - first % 100 + int(told)


def _single(text: str, match: re.Match[str]) -> Years:
    start, end = match.span("a")
    return Years("years.vuosi", start, end, text[start:end], int(match["a"]), int(match["a"]))


def _short(text: str, match: re.Match[str]) -> Years:
    start, end = match.span("a")[0], match.end()
    first = _century(match["a"])
    last = _century(match["b"]) if match["b"] else first
    return Years("years.lyhyt", start, end, text[start:end], first, max(first, last))


def _century(digits: str) -> int:
    number = int(digits.strip(" -–"))
    return 2000 + number if number < 70 else 1900 + number


def _refusal(text: str, match: re.Match[str]) -> str | None:
    """Why a number that looks like a year is none."""
    if _UNIT.match(text, match.end()) and not _framed(text, match.start()) and not _heads_column(text, match.start()):
        return "a measure"
    if match["slash"] and _last(match, int(match["a"])) != int(match["a"]) + 1:
        return "serial number"
    if _SUM_OF.match(text, match.end()):
        return "a calculation"
    if match["b"] or match["short"] or _framed(text, match.start()):
        return None
    following = _NEXT.match(text, match.end())
    if following is not None and _counted(match["a"], following):
        return "a count"
    if _COUNTING.search(text, max(0, match.start() - 14), match.start()):
        return "a count"
    return None


def _heads_column(text: str, position: int) -> bool:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    return all(money_heads.is_year_with_unit(cell) for cell in line.split("\t") if any(map(str.isdigit, cell)))


def _framed(text: str, start: int) -> bool:
    previous = _PREVIOUS.search(text, max(0, start - 32), start)
    return previous is not None and bool(_frames().match(previous["word"]))


def _counted(year: str, following: re.Match[str]) -> bool:
    """Whether the next word is what is counted: *2000:lle opiskelijalle*, and of round numbers any partitive."""
    ending = (following["ending"] or "")[1:]
    if ending and following["word"].endswith(ending):
        return True
    if ending and year.endswith("00"):
        return True
    return year.endswith("00") and bool(_partitives().search(following["word"]))


@cache
def _frames() -> re.Pattern[str]:
    stems, forms = _words("frame", "stems"), _words("frame", "forms")
    return re.compile(rf"(?:[\w-]*(?:{stems})\w*|(?:{forms}))$", re.IGNORECASE)


@cache
def _partitives() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('counted', 'suffixes')})$")


def _words(kind: str, field: str) -> str:
    entries: Iterable[dict[str, list[str]]] = load("years")[kind]
    return "|".join(re.escape(form) for entry in entries for form in entry[field])
