"""Sums as people write them, in the page's language."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from pykala.pages.words import PageLanguage, Words
from pykala.record import decimal_string
from pykala.report.sums import Sum

_SIGNS: Final = {"EUR": "€"}
_SPACE: Final = "\u00a0"
_NARROW: Final = "\u202f"


def money(value: Decimal, currency: str, language: PageLanguage) -> str:
    """A sum with its currency; cents where there are any.

    >>> money(Decimal("1250000.5"), "EUR", PageLanguage.FI).replace(_NARROW, " ").replace(_SPACE, " ")
    '1 250 000,50 €'
    """
    return f"{figure(value, language)}{_SPACE}{_SIGNS.get(currency, currency)}"


def short(value: Decimal, currency: str, words: Words, language: PageLanguage) -> str:
    """A sum in three digits or so, where there is little room."""
    for power, unit in ((9, "billion"), (6, "million"), (3, "thousand")):
        if value >= 10**power:
            rounded = value.scaleb(-power)
            rounded = rounded.quantize(Decimal(1) if rounded >= 100 else Decimal("0.1"))
            return f"{figure(rounded, language, cents=False)}{_SPACE}{words[unit]}{_SIGNS.get(currency, currency)}"
    return money(value, currency, language)


def figure(value: Decimal, language: PageLanguage, *, cents: bool = True) -> str:
    """A number in groups of three, what stands after the point in two digits unless told otherwise."""
    whole, _, rest = decimal_string(abs(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", _NARROW)
    point = "," if language is PageLanguage.FI else "."
    minus = "−" if value < 0 else ""
    return f"{minus}{grouped}{point}{rest.ljust(2, '0') if cents else rest}" if rest else f"{minus}{grouped}"


def as_told(one: Sum, words: Words, language: PageLanguage) -> str:
    """A sum with what qualifies it: *at most*, *per year*, a range."""
    value = money(one.value, one.currency, language)
    if one.value_max is not None:
        value = f"{figure(one.value, language)}–{money(one.value_max, one.currency, language)}"
    if one.qualifier != "exact":
        value = f"{words[one.qualifier]} {value}"
    return f"{value} {words['per'].format(unit=one.per)}" if one.per else value
