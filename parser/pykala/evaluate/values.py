"""When two values are equal: names without case and dashes, numbers without trailing zeros, sections by their digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

_DASHES: Final = re.compile(r"[‐‑‒–—−]")
_QUOTES: Final = re.compile(r"[\"'”“’«»]")
_SOFT_HYPHEN: Final = "\u00ad"

Years = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money; a range is one sum, both ends of which have to be right.

    Attributes:
        value: the number in its normal form, of a range both ends.
    """

    value: str
    currency: str
    per: str | None

    def __str__(self) -> str:
        ends = "–".join(_grouped(end) for end in self.value.split(".."))
        return f"{ends} {self.currency}" + (f" per {self.per}" if self.per else "")


@dataclass(frozen=True, slots=True)
class Names:
    """What one institution may be called, the first name being the one to show."""

    written: tuple[str, ...]

    @property
    def folded(self) -> frozenset[str]:
        """The names as they are compared."""
        return frozenset(map(fold, self.written))

    def __str__(self) -> str:
        return self.written[0] if self.written else "(no name)"


def fold(name: str) -> str:
    """A name without case, quotes, soft hyphens and differences of dash and space.

    >>> fold("”UMO –  säätiö”"), fold("ESPOON KAUPUNKI")
    ('umo - säätiö', 'espoon kaupunki')
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace(_SOFT_HYPHEN, "")
    return single_spaced(_QUOTES.sub("", _DASHES.sub("-", plain))).strip()


def single_spaced(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text)


def digits(section: str) -> str:
    """What tells one section from another: *§ 74* and *74 §* are the same.

    >>> digits("§ 74"), digits("74 §")
    ('74', '74')
    """
    return re.sub(r"\D", "", section)


def sum_of(value: object, value_max: object, currency: str | None, per: str | None) -> Sum:
    """A sum as it is compared; euro unless told.

    >>> sum_of("1500000", None, "EUR", "year") == sum_of("1500000.00", None, None, "year")
    True
    >>> str(sum_of("650", "720.5", "EUR", "k-m2"))
    '650–720.5 EUR per k-m2'
    """
    ends = (value,) if value_max is None else (value, value_max)
    return Sum("..".join(map(_normal, ends)), currency or "EUR", per)


def spans_in_words(years: Iterable[Years | None]) -> str:
    """Years and spans of years in order, as people write them."""
    return ", ".join(sorted(years_in_words(span) for span in years if span is not None)) or "no years"


def years_in_words(span: Years) -> str:
    """A year, or both ends of a span.

    >>> years_in_words((2025, 2025)), years_in_words((2025, 2027))
    ('2025', '2025–2027')
    """
    return "–".join(str(year) for year in dict.fromkeys(span))


def _normal(number: object) -> str:
    try:
        return str(Decimal(str(number)).normalize())
    except InvalidOperation:
        return "no number"


def _grouped(number: str) -> str:
    try:
        return f"{Decimal(number):,f}".replace(",", "\u00a0")
    except InvalidOperation:
        return number
