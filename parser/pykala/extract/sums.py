"""Sums that carry a unit of money: in digits, in words, as ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec.structs import replace

from pykala.extract import money, money_heads, number_words
from pykala.extract.money import Sum, Unit
from pykala.extract.numerals import SPACE, Numeral
from pykala.model import Rejected, Warning_

_IN_WORDS = re.compile(rf"{SPACE}\((?P<words>[a-zåäö][a-zåäö \-]{{2,60}})\)", re.IGNORECASE)
_ENDING = re.compile(r":[a-zåäö]{1,3}(?= )")  # "5 000:n euron"
_DASHES = frozenset("-–—−")
_LONGEST_DASH = 3  # with what stands on both sides of it
_DASH = re.compile(rf"(?:{SPACE}|\n)?[-–—−](?:{SPACE}|\n)?$")
_MINUS = re.compile(rf"(?:^|(?<=[\s(\[:=\t]))[-–—−]({SPACE}?)$")
_STATED = re.compile(  # words after which a dash with a blank on both sides is a minus and not a dash
    r"(?:[:=(\t]|\b(?:on|oli|olisi|ovat|olivat|oli\s+yhteensä|yhteensä|noin|tulos|muutos|jää|jäi|muodostui|muodostuu|är|var|was|is))[ \u00a0]?$",
    re.IGNORECASE,
)
_OPENS_UNIT = re.compile(r"(?:^|[(\[\n\t]|, )$")
_CLOSES_UNIT = re.compile(r"[)\]]?(?: \([^()\n\t]{0,40}\))?:?\s*(?:[\n\t]|$)")
_ENGLISH = re.compile(r"\b(?:the|and|of)\b", re.IGNORECASE)
_NORDIC = re.compile(r"\b(?:ja|on|och|att|som)\b", re.IGNORECASE)


class Sums:
    """The sums of one text that carry their own unit, and the numbers that are left."""

    def __init__(self, text: str, numerals: Sequence[Numeral]) -> None:
        self.text = text
        self.numerals = numerals
        self.found: list[Sum] = []
        self.rejected: list[Rejected] = []
        self.warnings: list[Warning_] = []
        self.used: set[int] = set()  # starts of numerals that belong to a sum
        self._units: dict[int, Unit] = {}

    def read(self) -> None:
        """Digits first: a number in words is looked for only where no digits stand before the unit."""
        for index, numeral in enumerate(self.numerals):
            unit = self._unit_of(numeral)
            if unit is not None:
                self._take(index, numeral, unit)
        for numeral in self.numerals:
            if numeral.start not in self.used:
                self._prefixed(numeral)
        self._in_words()
        self.found.sort(key=lambda s: s.start)

    # ------------------------------------------------------------ digits

    def _unit_of(self, numeral: Numeral) -> Unit | None:
        text, position = self.text, numeral.end
        if text.startswith(":", position) and (ending := _ENDING.match(text, position)):
            position = ending.end()
        spelt = _IN_WORDS.match(text, position) if text.startswith("(", position + 1) else None
        if spelt and number_words.value(spelt["words"]) is not None:
            position = spelt.end()
        elif self._bracketed(numeral):
            position += 1
        return money.unit_after(text, position)

    def _bracketed(self, numeral: Numeral) -> bool:
        return self.text[numeral.start - 1 : numeral.start] == "(" and self.text[numeral.end : numeral.end + 1] == ")"

    def _take(self, index: int, numeral: Numeral, unit: Unit) -> None:
        if unit.currency is None and (money.unit_before(self.text, numeral.start) or not self._is_money(numeral, unit)):
            return
        if not numeral.sound:
            self._refuse(numeral, unit.rule)
            return
        value = self._value(numeral, unit)
        if self._is_header(numeral, unit):
            self.rejected.append(
                Rejected(unit.rule, numeral.start, unit.end, self.text[numeral.start : unit.end], "unit of a table")
            )
            self.used.add(numeral.start)
            return
        start = self._words_before(numeral)
        self._units[numeral.start] = unit
        total = Sum(start, unit.end, value * unit.factor, unit.rule, unit.currency or "EUR", factor=unit.factor)
        self._add(self._range(index, value, total))
        self.used.add(numeral.start)
        if numeral.slip:
            self._warn("odd-number", numeral.start, unit.end, "a blank stands inside the number")

    def _add(self, total: Sum) -> None:
        self.found.append(total if total.value_max is not None else self._signed(total))

    def _value(self, numeral: Numeral, unit: Unit) -> Decimal:
        """A single comma before three digits parts thousands in English, and decimals in Finnish and Swedish."""
        if numeral.english is not None and unit.factor == 1 and _is_english(self.text):
            return numeral.english
        return numeral.value

    def _is_header(self, numeral: Numeral, unit: Unit) -> bool:
        """*(1 000 €)* and *1000 euroa* alone on a line or in a cell say the unit of a table."""
        if numeral.yearlike and unit.currency is not None:
            return self._heads_column(numeral.start)
        if numeral.value != 1000 or unit.factor != 1 or unit.currency is None:
            return False
        return bool(_OPENS_UNIT.search(self.text, max(0, numeral.start - 2), numeral.start)) and bool(
            _CLOSES_UNIT.match(self.text, unit.end)
        )

    def _heads_column(self, position: int) -> bool:
        """Whether the line is a head such as *Rahoitus 2024 €*, or one of heads only."""
        start = self.text.rfind("\n", 0, position) + 1
        end = self.text.find("\n", position)
        line = self.text[start : end if end >= 0 else len(self.text)]
        return all(money_heads.is_year_with_unit(cell) for cell in line.split("\t") if any(map(str.isdigit, cell)))

    def _words_before(self, numeral: Numeral) -> int:
        """*kuusi (6) miljoonaa*: the sum begins with the words."""
        if self._bracketed(numeral):
            words = number_words.before(self.text, numeral.start - 1)
            return words[0] if words else numeral.start
        return numeral.start

    def _refuse(self, numeral: Numeral, rule: str) -> None:
        text = self.text[numeral.start : numeral.end]
        self.rejected.append(Rejected(rule, numeral.start, numeral.end, text, "odd groups of digits"))
        self._warn("odd-number", numeral.start, numeral.end, f"{text!r} begins with a nought")
        self.used.add(numeral.start)

    def _warn(self, code: str, start: int, end: int, message: str) -> None:
        self.warnings.append(Warning_(code, message, start, end))

    # ------------------------------------------------------------ ranges and signs

    def _range(self, index: int, value: Decimal, total: Sum) -> Sum:
        """Joins the number before a dash, which may take the unit of the one after it."""
        lower = self.numerals[index - 1] if index else None
        if lower is None or not lower.sound:
            return total
        unit = self._units.get(lower.start)
        end = unit.end if unit else lower.end
        dash = _DASH.fullmatch(self.text, end, total.start) if 0 < total.start - end <= _LONGEST_DASH else None
        if dash is None or (lower.start in self.used and unit is None):
            return total
        low = self._low(lower, unit, value, total, tight=len(dash[0]) == 1)
        if low is None or not low < total.value:
            return total
        if unit:
            self.found.pop()
        self.used.add(lower.start)
        return replace(total, start=lower.start, value=low, value_max=total.value)

    def _low(self, lower: Numeral, unit: Unit | None, value: Decimal, total: Sum, *, tight: bool) -> Decimal | None:
        if unit:
            factor = unit.factor if unit.currency or unit.factor > 1 else total.factor
            return lower.value * factor
        if lower.yearlike and not tight:
            return None
        if not tight and lower.value * 20 < value:
            return None  # "Luokka 2 - 500 euroa": a label and a sum
        if lower.value < 1000 and lower.value < value and total.factor > 1:
            return lower.value * total.factor
        if tight and value >= 1000 and value % 1000 == 0 and 0 < lower.value < value / 1000 and total.factor == 1:
            return lower.value * 1000  # "5–10 000 euroa"
        return lower.value

    def _signed(self, total: Sum) -> Sum:
        """A minus is kept as printed; a dash that opens a row is its bullet, one between words is a dash."""
        if _DASHES.isdisjoint(self.text[max(0, total.start - 3) : total.start]):
            return total
        minus = _MINUS.search(self.text, max(0, total.start - 3), total.start)
        if minus is None:
            return total
        if minus[1]:
            opens_row = self.text[: minus.start()][-1:] in ("", "\n")
            if opens_row or not _STATED.search(self.text, max(0, minus.start() - 16), minus.start()):
                return total
        return replace(total, start=minus.start(), value=-total.value)

    # ------------------------------------------------------------ units before the number

    def _prefixed(self, numeral: Numeral) -> None:
        unit = money.unit_before(self.text, numeral.start)
        if unit is None or not numeral.sound or any(s.start <= unit.start < s.end for s in self.found[-40:]):
            return
        value = numeral.english if numeral.english is not None else numeral.value
        end, factor = numeral.end, Decimal(1)
        many = money.unit_after(self.text, numeral.end)
        letter = money.fused(self.text[numeral.end : numeral.end + 1])
        if many is not None and many.currency is None:
            end, factor, value = many.end, many.factor, numeral.value
        elif letter is not None and not self.text[numeral.end + 1 : numeral.end + 2].isalnum():
            end, factor, value = numeral.end + 1, letter, numeral.value
        total = Sum(unit.start, end, value * factor * unit.factor, unit.rule, unit.currency or "EUR", factor=factor)
        self.found.append(total)
        self.found.sort(key=lambda s: s.start)
        self.used.add(numeral.start)

    # ------------------------------------------------------------ words

    def _in_words(self) -> None:
        in_digits = sorted((s.start, s.end) for s in self.found)
        begun = read_to = 0
        for position in money.unit_words(self.text):
            while begun < len(in_digits) and in_digits[begun][0] <= position:
                read_to = max(read_to, in_digits[begun][1])
                begun += 1
            total = self._word_sum(position) if position >= read_to else None
            if total is not None:
                self.found.append(total)
                read_to = total.end

    def _word_sum(self, position: int) -> Sum | None:
        unit = money.unit_after(self.text, position)
        if unit is None:
            return None
        words = number_words.before(self.text, position)
        if words is None and (unit.factor == 1 or unit.currency is None or not money.is_singular(self.text, unit)):
            return None
        if words is None and (money.is_vague(self.text, position) or self._digit_before(position)):
            self.rejected.append(Rejected(unit.rule, position, unit.end, self.text[position : unit.end], "no number"))
            return None
        start, value = words or (position, Decimal(1))
        if unit.currency is None and not self._is_money(None, unit, start):
            return None
        return Sum(start, unit.end, value * unit.factor, unit.rule, unit.currency or "EUR", factor=unit.factor)

    def _digit_before(self, position: int) -> bool:
        return self.text[max(0, position - 2) : position].strip()[-1:].isdigit()

    # ------------------------------------------------------------ multipliers without a currency

    def _is_money(self, numeral: Numeral | None, unit: Unit, start: int | None = None) -> bool:
        """Whether *1,2 miljoonaa* is money: nothing is counted, and its sentence speaks of money."""
        begin = start if numeral is None else numeral.start
        begin = begin if begin is not None else unit.start
        following = money.counted_after(self.text, unit.end) or money.counted_before(self.text, begin)
        around = money.speaks_of_money(self.text, max(0, begin - 240), min(len(self.text), unit.end + 240))
        if following is None and around:
            return True
        reason = "a count" if following else "no unit of money"
        self.rejected.append(Rejected(unit.rule, begin, unit.end, self.text[begin : unit.end], reason))
        return False


@lru_cache(maxsize=4)
def _is_english(text: str) -> bool:
    head = text[:4000]
    return len(_ENGLISH.findall(head)) > 2 * len(_NORDIC.findall(head))
