"""Numbers in words: *puolitoista*, *kolmesataatuhatta*, *en och en halv*, *two*."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pykala.model import Value
from pykala.rules import load
from pykala.rules.stems import trie

_LONGEST = 72  # characters of a number in words


class _Grammar(Value):
    whole: re.Pattern[str]
    part: re.Pattern[str]
    numbers: dict[str, Decimal]
    scales: dict[str, int]
    teens: frozenset[str]
    lead: re.Pattern[str]


def before(text: str, end: int) -> tuple[int, Decimal] | None:
    """The number in words that ends at ``end`` (white space apart), as its start and value.

    >>> before("noin puolitoista miljoonaa", 17)
    (5, Decimal('1.5'))
    """
    grammar = _grammar()
    lead = grammar.lead.search(text, max(0, end - 24), end)
    if lead is None:
        return None
    match = grammar.whole.search(text, max(0, end - _LONGEST), end)
    return (match.start(1), _value(match[1])) if match else None


def value(word: str) -> Decimal | None:
    """The value of a number in words, None for any other words."""
    match = _grammar().whole.fullmatch(word)
    return _value(word) if match else None


def _value(words: str) -> Decimal:
    """Adds up as one hears it: what stands before a hundred or thousand counts it."""
    grammar = _grammar()
    total, section, current = Decimal(0), Decimal(0), Decimal(0)
    for part in grammar.part.findall(words.casefold()):
        scale = grammar.scales.get(part)
        if part in grammar.teens:
            current += 10
        elif scale is None or (scale == 10 and not 1 < current < 10):
            current += grammar.numbers[part]
        elif scale == 1000:
            total += (section + current or Decimal(1)) * 1000
            section = current = Decimal(0)
        else:
            section += (current or Decimal(1)) * scale
            current = Decimal(0)
    return total + section + current


@cache
def _grammar() -> _Grammar:
    data = load("numerals")
    numbers = {form: Decimal(entry["value"]) for entry in data["number"] for form in entry["forms"]}
    halves = {form: value for form, value in numbers.items() if value == Decimal("0.5")}
    numbers |= {f"{link} {form}": value for link in ("ja", "och", "and") for form, value in halves.items()}
    scales = {form: int(entry["value"]) for entry in data["scale"] for form in entry["forms"]}
    teens = frozenset(form for entry in data["teen"] for form in entry["forms"])
    part = trie({*numbers, *scales, *teens})
    return _Grammar(
        whole=re.compile(rf"(?<![\w-])((?:{part})(?:[ -]?(?:{part}))*)\s?$", re.IGNORECASE),
        part=re.compile(part),
        numbers=numbers,
        scales=scales,
        teens=teens,
        lead=re.compile(rf"(?:{part})\s?$", re.IGNORECASE),
    )
