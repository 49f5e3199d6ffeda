"""Rows of a list whose heading or lead says that their numbers are money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pykala.extract import money_heads
from pykala.extract.money import Sum, Unit
from pykala.extract.numerals import SPACE, Numeral

_HEADING = re.compile(r"^[^\n\t]{0,80}$", re.MULTILINE)
_ROW = re.compile(rf"^(?P<bullet>[-–—•*·]{SPACE})?(?P<label>[^\n\t]{{0,160}}?)(?P<gap>[:\t,]?{SPACE}{{0,3}}|[-–—]{SPACE}?)$")
_COUNTED = re.compile(r"[a-zåäö]+[aä][:,]?\s*$")
_ENDS_WITH_UNIT = re.compile(rf"(?:^|[\s(,])(?:€|euroa?|eur|euroina|t€|M€|1{SPACE}?000{SPACE}?(?:€|euroa)|milj\.{SPACE}?(?:€|euroa)|tuhatta{SPACE}euroa)\)?:?\s*$", re.IGNORECASE)


def find(text: str, numerals: Sequence[Numeral]) -> Iterator[Sum]:
    """Sums at the ends of rows under a heading such as *euroa* or a lead such as *avustukset seuraavasti:*.

    Args:
        text: the document's text.
        numerals: the numbers that belong to no sum yet, in order.
    """
    ends = {_line_end(text, n.end): n for n in numerals if _closes_line(text, n)}
    if not ends:
        return
    unit: Unit | None = None
    strict, idle, position = False, 0, 0
    for line in text.split("\n"):
        end = position + len(line)
        numeral = ends.get(end)
        if numeral is not None and unit is not None and _is_row(text, position, numeral, strict):
            idle = 0
            yield _sum(text, position, numeral, unit)
        elif line.strip():
            opened = _opens(line)
            if opened is not None:
                (unit, strict), idle = opened, 0
            else:
                idle += 1
                unit = unit if idle < 2 and len(line) < 80 else None
        position = end + 1


def _opens(line: str) -> tuple[Unit, bool] | None:
    """The unit that a line sets for the rows below it, and whether these must look like money themselves."""
    stripped = line.rstrip()
    if "\t" in line or len(line) > 400:
        return None
    if len(stripped) <= 80 and _ENDS_WITH_UNIT.search(stripped) and not re.search(rf"\d{SPACE}?(?:€|euro|eur|milj)", stripped.replace("1 000 ", "").replace("1000 ", "")):
        unit = money_heads.unit_of(stripped)
        return (unit, False) if unit else None
    if stripped.endswith(":") and money_heads.captions_money(stripped):
        unit = money_heads.unit_of(stripped[-40:]) if "(" in stripped[-40:] else None
        return (unit or Unit(0, 0, Decimal(1), "EUR", "units.euro"), True)
    return None


def _closes_line(text: str, numeral: Numeral) -> bool:
    return text[numeral.end : numeral.end + 2].strip(" .\u00a0") in ("", "\n") or text[numeral.end : numeral.end + 1] in ("\n", "")


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _is_row(text: str, line_start: int, numeral: Numeral, strict: bool) -> bool:
    label = text[line_start : numeral.start]
    row = _ROW.match(label)
    if row is None or "\t" in label or not numeral.sound or numeral.yearlike:
        return False
    if not re.search(r"[^\W\d]", row["label"]):
        return not strict and numeral.grouped
    if _COUNTED.search(label) and strict:
        return False
    return not strict or numeral.grouped or not numeral.whole or numeral.value >= 100 or numeral.value == 0


def _sum(text: str, line_start: int, numeral: Numeral, unit: Unit) -> Sum:
    return Sum(numeral.start, numeral.end, numeral.value * unit.factor, unit.rule, "EUR", bare=True)
