"""What captions, columns and rows say of the numbers that belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from pykala.extract.money import Unit
from pykala.extract.numerals import SPACE
from pykala.rules import load

_THOUSANDS = re.compile(rf"(?<![\d.,])1[ \u00a0.]?000{SPACE}?(?=€|e\b|eur)", re.IGNORECASE)
_UNIT = re.compile(
    rf"(?:[Mm]ilj(?:\.|oonaa|oonina)?{SPACE}?(?:€|euro\w*|eur\b|e\b)|(?<!\w)(?i:t€|teur|k€|m€|meur)|[Tt]uhatta{SPACE}euro\w*|[Tt]uhansi\w*{SPACE}euro\w*|(?<!\w)t\.?{SPACE}?(?:€|euro\w*)|€|(?i:euro(?:a|t|ina|n|s|ja)?\b|eur\b)|\be\b)"
)
_YEAR_UNIT = re.compile(
    rf"(?P<label>[^\d\n\t:]{{0,60}})20[0-4]\d(?:[-–](?:20)?\d\d)?{SPACE}?(?:€|e|eur|euroa?|t€|1000{SPACE}?€|milj\.{SPACE}?€|M€)"
)
_YEAR_UNIT_ENDS = ("€", "e", "eur", "euroa")
_SCALES = (
    ("milj", 1000000),
    ("m€", 1000000),
    ("meur", 1000000),
    ("tuha", 1000),
    ("t€", 1000),
    ("t.", 1000),
    ("t ", 1000),
    ("teur", 1000),
    ("k€", 1000),
)


def unit_of(words: str) -> Unit | None:
    """The unit that a heading names: *(1 000 €)*, *milj. euroa*, *Avustus, euroa*.

    >>> unit_of("Toimintatuotot (1 000 €)").factor
    Decimal('1000')
    >>> unit_of("Lisätyöt €/h").factor, unit_of("Milj. €").factor
    (Decimal('1'), Decimal('1000000'))
    """
    thousand = _THOUSANDS.search(words)
    match = _UNIT.search(words, thousand.end() if thousand else 0)
    if match is None:
        return None
    factor = 1000 if thousand else next((f for sign, f in _SCALES if match[0].lower().startswith(sign)), 1)
    return Unit(match.start(), match.end(), Decimal(factor), "EUR", "units.euro")


def is_money(words: str) -> bool | None:
    """Whether a head's words are of money (*Haettu 2024*), of something else (*kpl*), or say nothing."""
    if counts(words):
        return False
    money, other = _heads()
    if money.search(words):
        return True
    return False if other.search(words) else None


def is_year_with_unit(line: str) -> bool:
    """Whether a line heads a column with its year and unit: *2023 €*, *Myönnettävä rahoitus 2022 €*.

    >>> is_year_with_unit("Sidottava rahoitus 2024 €"), is_year_with_unit("Rannan Kyläyhdistys ry 2024 €")
    (True, False)
    """
    stripped = line.strip()
    match = _YEAR_UNIT.fullmatch(stripped) if stripped.endswith(_YEAR_UNIT_ENDS) else None
    return match is not None and (not match["label"].strip() or is_money(match["label"] + " ") is True)


def is_column_head(line: str) -> bool:
    """Whether a line looks like the heads of columns of money: *TA 2023 Haettu 2024 TAE 2024*, *Myönnetty*."""
    return _column_heads().search(line) is not None and not counts(line)


def counts(words: str) -> bool:
    """Whether a head or a row's label says outright that its numbers are no money: *lkm*, *%*, *htv*."""
    return _counts().search(words) is not None


def captions_money(words: str) -> bool:
    """Whether a caption or lead says that what follows is money."""
    return _captions().search(words) is not None


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    entries = load("money_tables")["head"]
    true, false = (_stems(s for e in entries if e["money"] is kind for s in e["stems"]) for kind in (True, False))
    return true, false


@cache
def _counts() -> re.Pattern[str]:
    return _stems(s for e in load("money_tables")["count"] for s in e["stems"])


@cache
def _column_heads() -> re.Pattern[str]:
    return re.compile("|".join(e["pattern"] for e in load("money_tables")["column_head"]))


@cache
def _captions() -> re.Pattern[str]:
    return _stems(s for e in load("money_tables")["caption"] for s in e["stems"])


def _stems(stems: Iterable[str]) -> re.Pattern[str]:
    """Stems at the start of a word; a stem that ends with a blank is a whole word."""
    ordered = sorted(stems, key=lambda s: (-len(s), s))
    forms = (re.escape(s.rstrip()) + (r"(?!\w)" if s.endswith(" ") else "") for s in ordered)
    return re.compile(rf"(?<![\w€])(?:{'|'.join(forms)})", re.IGNORECASE)
