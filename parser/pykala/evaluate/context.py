"""Where a document speaks of a value that its record lacks, and the words around a place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from pykala.evaluate.record_file import Span
from pykala.evaluate.values import Sum, Years

AROUND: Final = 60
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_LONGEST_NUMBER: Final = 18


@dataclass(frozen=True, slots=True)
class Context:
    """Words of the text with what stands before and after them, each on one line."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"…{self.before}[{self.words}]{self.after}…"


def context(text: str, place: Span | None) -> Context | None:
    """The words at a place and around it; None where there is no such place."""
    if place is None or not 0 <= place[0] < place[1] <= len(text):
        return None
    start, end = place
    parts = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
    return Context(*(re.sub(r"\s+", " ", part) for part in parts))


def place_of_words(text: str, wanted: Iterable[str]) -> Span | None:
    """Where the text holds the first of the phrases that it holds, whatever its white space.

    >>> place_of_words("Jaosto hyväksyi  suunnitelman.", ["hyväksyi suunnitelman"])
    (7, 29)
    """
    for phrase in wanted:
        pattern = r"\s+".join(map(re.escape, phrase.split()))
        match = re.search(pattern, text) if pattern else None
        if match:
            return match.span()
    return None


def place_of_sum(text: str, wanted: Sum) -> Span | None:
    """Where the text writes the number in digits, with or without groups, or in millions.

    >>> text = "yhteensä 1 500 000 euroa eli 1,5 miljoonaa"
    >>> place_of_sum(text, Sum("1.5E+6", "EUR", None)), place_of_sum("noin 1,5 miljoonaa", Sum("1.5E+6", "EUR", None))
    ((9, 18), (5, 8))
    """
    try:
        number = Decimal(wanted.value.split("..")[0])
        plain, millions = f"{abs(number):f}", f"{(abs(number) / 1_000_000).normalize():f}"
    except InvalidOperation:
        return None
    return _number(text, plain) or (_number(text, millions) if abs(number) >= 10_000 else None)


def place_of_years(text: str, wanted: Years) -> Span | None:
    """Where the text writes the first year, best with the last year soon after it."""
    first, last = wanted[0], wanted[-1]
    both = re.search(rf"(?<!\d){first}\D{{1,12}}{last}(?!\d)", text) if first != last else None
    match = both or re.search(rf"(?<![\d.]){first}(?!\d)", text) or re.search(rf"(?<!\d){first}(?!\d)", text)
    return match.span() if match else None


def place_of_date(text: str, wanted: str) -> Span | None:
    """Where the text writes a day in digits.

    >>> place_of_date("Kokous pidettiin 2.12.2024.", "2024-12-02")
    (17, 26)
    """
    match = _DATE.match(wanted)
    if not match:
        return None
    year, month, day = map(int, match.groups())
    written = re.search(rf"(?<!\d)0?{day}\.\s?0?{month}\.\s?(?:{year}|{year % 100:02}(?!\d))?", text)
    return written.span() if written else None


def place_of_name(text: str, names: Iterable[str]) -> Span | None:
    """Where the text has one of the names, its last word possibly inflected."""
    for name in names:
        *lead, last = name.split() or [""]
        stem = last[: max(3, len(last) - 3)] if len(last) > 4 else last
        pattern = r"\s+".join((*map(re.escape, lead), re.escape(stem) + r"[\w:-]{0,12}"))
        match = re.search(pattern, text, re.IGNORECASE) if stem else None
        if match:
            return match.span()
    return None


def _number(text: str, plain: str) -> Span | None:
    """The place of a number as it may be written: groups of three apart, a comma for the point."""
    whole, _, part = plain.partition(".")
    if len(plain) > _LONGEST_NUMBER:
        return None
    groups = re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole)
    pattern = r"[ .\u00a0\u2009\u202f]?".join(groups) + (rf"[.,]{part.rstrip('0')}" if part.strip("0") else "")
    match = re.search(rf"(?<![\d,.]){pattern}(?![\d])", text)
    return match.span() if match else None
