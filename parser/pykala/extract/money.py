"""Units of money and multipliers, and the sum that they make of a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from pykala.extract.numerals import SPACE, spelled_as
from pykala.model import Mention, Value
from pykala.rules import load
from pykala.rules.stems import lowered, trie

_ONE = Decimal(1)
_FOLLOWING = re.compile(rf"{SPACE}([a-zåäö][a-zåäö-]{{2,}})")
#: Currencies that may stand before a number, and the beginnings of words for money.
_PREFIXED = ("eur", "usd", "sek", "gbp")
_STEMS = tuple("euro milj mrd mil tuha tusen thou bill mark mk kruun kron dollar pun snt eur".split())
_PARTITIVE = re.compile(r"[aä]$|er$|ar$|or$")
_CLAUSE = re.compile(r"[^,.;:()\n]*$")
_PLURAL = re.compile(
    r"(?<!\w)[A-ZÅÄÖa-zåäö][a-zåäö]+(?:oita|öitä|eitä|jia|jiä|ksia|ksiä|isia|isiä|tuja|tyjä|ksiä|[lnrstk]ia|[lnrstk]iä|uja|yjä|[hklmnprstv]oja|[hklmnprstv]öjä)(?!\w)"
)
_WITHIN_WORDS = ("-", "_")
_ADVERBIAL = re.compile(r"(?:ss|ll|lt|n)[aä]$|(?:eur|or|år|för|per|var|har|är|or|eller)$|st[aä]$")


class Sum(Value):
    """A number read as money, before its surroundings are looked at.

    Attributes:
        factor: what the number was multiplied with, which numbers before it may share.
        bare: it has no unit of its own.
        per: what the head of its column says that it is for.
    """

    start: int
    end: int
    value: Decimal
    rule: str
    currency: str = "EUR"
    value_max: Decimal | None = None
    factor: Decimal = _ONE
    bare: bool = False
    per: Mention | None = None


class Unit(Value):
    """A unit as written: where it stands, what it is worth; no currency for a multiplier alone."""

    start: int
    end: int
    factor: Decimal
    currency: str | None
    rule: str


#: What a number is worth whose row, column or table says only that it is money.
PLAIN_EUROS = Unit(0, 0, Decimal(1), "EUR", "units.euro")


class _Grammar(Value):
    """The rules compiled; most numbers have no unit, which a look at a letter or two tells before a pattern is tried.

    Attributes:
        signs: units of a single character.
        openings: the first two letters of every unit.
        closings: the last letters of what may stand before a number.
    """

    after: re.Pattern[str]
    signs: frozenset[str]
    openings: frozenset[str]
    prefix: re.Pattern[str]
    closings: frozenset[str]
    words: re.Pattern[str]
    entries: dict[str, dict[str, Any]]
    context: re.Pattern[str]
    vague: re.Pattern[str]


def unit_after(text: str, position: int) -> Unit | None:
    """The multiplier and currency that follow a number.

    >>> unit_after("2,3 milj. euroa", 3).factor
    Decimal('1000000')
    """
    grammar = _grammar()
    opening = text[position : position + 3].lstrip()[:2].lower()
    if opening.rstrip() not in grammar.openings and opening[:1] not in grammar.signs:
        return None
    match = grammar.after.match(text, position)
    return _unit(match) if match else None


def unit_before(text: str, position: int) -> Unit | None:
    """The currency that stands before a number, as in *EUR 800,000*."""
    grammar = _grammar()
    if text[max(0, position - 3) : position].rstrip()[-1:].lower() not in grammar.closings:
        return None
    match = grammar.prefix.search(text, max(0, position - 12), position)
    return Unit(match.start(), match.end(), *_worth(match["currency"])) if match else None


def unit_words(text: str) -> Iterator[int]:
    """Where words begin that may be a multiplier or a currency."""
    for match in _grammar().words.finditer(lowered(text)):
        start = match.start()
        before = text[start - 1 : start]
        if not (before.isalnum() or before in _WITHIN_WORDS):
            yield start


def is_singular(text: str, unit: Unit) -> bool:
    """Whether a multiplier stands for one of itself: *miljoonan euron hanke*."""
    first = text[unit.start : unit.end].split(maxsplit=1)[0].casefold()
    return any(first in entry["singular"] for entry in load("units")["multiplier"])


def is_vague(text: str, position: int) -> bool:
    """Whether the word before a unit says no number: *muutaman miljoonan*."""
    return _grammar().vague.search(text, max(0, position - 16), position) is not None


def speaks_of_money(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text has a word that says that it is about money."""
    return _grammar().context.search(text, start, end) is not None


def counted_after(text: str, position: int) -> str | None:
    """The word after a multiplier if it is what is counted (*1,2 miljoonaa asukasta*)."""
    match = _FOLLOWING.match(text, position)
    if match is None or match[1] in load("units")["uncounted"][0]["forms"]:
        return None
    word = match[1]
    return word if _PARTITIVE.search(word) and not _ADVERBIAL.search(word) else None


def counted_before(text: str, position: int) -> str | None:
    """What is counted where it stands before the number: *Kävijöitä on noin 1,2 miljoonaa*."""
    clause = _CLAUSE.search(text, max(0, position - 80), position)
    if clause is None:
        return None
    words = (w for w in _PLURAL.findall(clause[0]) if not _grammar().context.match(w))
    return next((w for w in words if not _grammar().context.search(w)), None)


def fused(letter: str) -> Decimal | None:
    """The factor of a letter glued to a number after a currency sign: *€2.5m*."""
    for entry in load("units")["multiplier"]:
        if letter in entry.get("fused", ()):
            return Decimal(entry["factor"])
    return None


def _unit(match: re.Match[str]) -> Unit:
    many, currency, alone = match.group("many", "currency", "alone")
    end = match.end("body")
    if alone:
        return Unit(match.start("alone"), end, *_worth(alone))
    factor, code, rule = _worth(many)
    if currency:
        each, code, rule = _worth(currency)
        factor *= each
    return Unit(match.start("many"), end, factor, code, rule)


@lru_cache(maxsize=1024)
def _worth(form: str) -> tuple[Decimal, str | None, str]:
    """What a form of a unit is worth, in which currency, and by which rule."""
    entries = _grammar().entries
    plain = re.sub(SPACE, " ", form)
    entry = entries.get(plain) or entries[plain.casefold()]
    return Decimal(entry["factor"]), entry.get("currency"), f"units.{entry['id']}"


@cache
def _grammar() -> _Grammar:
    data = load("units")
    entries: dict[str, dict[str, Any]] = {}
    for entry in (*data["multiplier"], *data["unit"]):
        for form in (*entry["forms"], *entry.get("symbols", ())):
            entries[form] = entry
    symbols = [s for entry in data["unit"] for s in entry.get("symbols", ())]
    currency, many = _currency(data["unit"], symbols), spelled_as(f for e in data["multiplier"] for f in e["forms"])
    ending = "(?::[a-zåäö]{1,6})?"
    return _Grammar(
        after=re.compile(
            rf"(?P<body>(?:{SPACE}|\n)?(?:(?P<many>(?i:{many}))(?!\w){ending}(?:(?:{SPACE}|\n)?(?P<currency>{currency}){ending})?"
            rf"|(?P<alone>{currency}){ending}))"
        ),
        signs=frozenset(form for form in entries if len(form) == 1),
        openings=frozenset(form[:2].rstrip().lower() for form in entries),
        prefix=re.compile(rf"(?<![\w])(?P<currency>{spelled_as(symbols)}|(?i:{'|'.join(_PREFIXED)})){SPACE}?$"),
        closings=frozenset(form[-1].lower() for form in (*symbols, *_PREFIXED)),
        words=re.compile(trie(_STEMS)),
        entries=entries,
        context=re.compile(spelled_as(s for e in data["context"] for s in e["stems"]), re.IGNORECASE),
        vague=re.compile(rf"(?<!\w)(?:{spelled_as(f for e in data['vague'] for f in e['forms'])})\s$", re.IGNORECASE),
    )


def _currency(units: Iterable[dict[str, Any]], symbols: Iterable[str]) -> str:
    exact = spelled_as(f for e in units if e.get("exact") for f in e["forms"])
    loose = spelled_as(f for e in units if not e.get("exact") for f in e["forms"])
    return rf"(?:{exact})(?!\w)|{spelled_as(symbols)}|(?i:{loose})(?!\w)"
