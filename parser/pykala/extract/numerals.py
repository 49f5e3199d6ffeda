"""Numbers in digits: groups of thousands parted by spaces, dots or commas, and decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from pykala.model import Mention, Value
from pykala.rules.stems import trie

SPACE = "[ \u00a0\u2007\u2009\u202f]"
BLANK = "\x00"  # stands for a digit that is no part of any sum
_BROKEN = rf"\n(?=\d{{3}}(?:{SPACE}\d{{3}})*(?:,\d\d)?{SPACE}(?:euro|€|eur\b|milj))"
_NUMBER = re.compile(
    rf"""(?<![\d{BLANK}])(?<!\d[.,:/])
    (?P<whole> \d{{1,3}}(?:(?:{SPACE}|{_BROKEN})\d{{3}})+(?!\d)
             | \d{{1,3}}(?:\.\d{{3}})+(?!\d)
             | \d{{1,3}}(?:,\d{{3}}){{2,}}(?!\d)
             | \d{{1,3}}(?:,\d{{3}})+(?=\.\d\d(?!\d))
             | \d+ )
    (?: ,(?P<decimals>\d{{1,6}})(?!\d)
      | (?P<slip>,\s\d\d)(?=\s?(?:euro|€|eur))
      | \.(?P<point>\d{{1,2}})(?!\d|\.\d)
      | (?P<even>,\s?[-–—]{{1,2}}(?!\s?\d)) )?""",
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"\d+")
_SEPARATORS = re.compile(rf"{SPACE}|[.,\n]")


def spelled_as(forms: Iterable[str]) -> str:
    """A pattern of words and phrases, whatever space stands within a phrase."""
    return trie(forms).replace(r"\ ", SPACE)


class Numeral(Value):
    """A number in digits.

    Attributes:
        grouped: written in groups of thousands.
        whole: written without decimals.
        english: the value if a single comma parts thousands (*800,000*), where both readings are possible.
        slip: a blank stands inside it (*312 540, 60*).
        sound: no group begins with a nought that cannot be there.
    """

    start: int
    end: int
    value: Decimal
    grouped: bool
    whole: bool
    english: Decimal | None = None
    slip: bool = False
    sound: bool = True

    @property
    def yearlike(self) -> bool:
        """Four digits in one piece that may be a year."""
        return self.end - self.start == 4 and self.whole and not self.grouped and 1900 <= self.value <= 2099


def _mask(text: str, taken: Iterable[Mention]) -> str:
    """The text with the digits of what is taken blanked, every offset unchanged."""
    pieces, done = [], 0
    for mention in sorted(taken, key=lambda m: m.start):
        if mention.end <= done:
            continue
        start = max(mention.start, done)
        pieces += [text[done:start], _DIGIT.sub(BLANK, text[start : mention.end])]
        done = mention.end
    return "".join([*pieces, text[done:]])


def scan(text: str, taken: Iterable[Mention] = ()) -> Iterator[Numeral]:
    """Every number in digits, in order.

    Args:
        text: the document's text.
        taken: spans whose digits belong to no number.

    >>> [str(n.value) for n in scan("5.437,15 ja 1 200 000 sekä 312 540, 60 euroa")]
    ['5437.15', '1200000', '312540.60']
    """
    masked = _mask(text, taken)
    done = 0
    for start, _ in runs(text):
        if start < done or masked[start] == BLANK:
            continue
        match = _NUMBER.match(masked, start)
        if match is not None:
            done = match.end()
            yield _numeral(match)


def matches(
    pattern: re.Pattern[str], text: str, *, sizes: tuple[int, ...], follows: str = ""
) -> Iterator[re.Match[str]]:
    """Where a pattern that begins with digits matches, tried only where digits begin: many times faster.

    Args:
        pattern: begins with a run of digits.
        text: where it is looked for.
        sizes: how many digits the run may have.
        follows: the characters of which one comes after the run, any where empty.
    """
    done = 0
    for start, end in _runs_of(text, sizes):
        if start < done or (follows and text[end : end + 1] not in follows):
            continue
        match = pattern.match(text, start)
        if match is not None:
            done = match.end()
            yield match


@lru_cache(maxsize=4)
def runs(text: str) -> list[tuple[int, int]]:
    """Where digits begin and end, in order; remembered, because several readers ask for the same document's."""
    return [run.span() for run in _RUN.finditer(text)]


@lru_cache(maxsize=8)
def _runs_of(text: str, sizes: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in runs(text) if end - start in sizes]


def _numeral(match: re.Match[str]) -> Numeral:
    whole, comma, slip, point, even = match.groups()
    grouped = not whole.isdecimal()
    digits = _SEPARATORS.sub("", whole) if grouped else whole
    decimals = comma or point or (slip[2:] if slip and grouped else None)
    return Numeral(
        match.start(),
        match.end() if decimals or even else match.end("whole"),
        Decimal(f"{digits}.{decimals}" if decimals else digits),
        grouped,
        whole=not decimals,
        english=_english(digits, comma) if comma and not grouped else None,
        slip=slip is not None and grouped,
        sound=not (len(digits) > 1 and digits.startswith("0")),
    )


def _english(digits: str, decimals: str) -> Decimal | None:
    if len(decimals) != 3 or len(digits) > 3 or digits.startswith("0"):
        return None
    return Decimal(digits + decimals)
