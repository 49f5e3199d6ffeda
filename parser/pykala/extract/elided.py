"""Numbers that borrow their unit from the sum beside them: *A Oy:lle 10 000 ja B ry:lle 5 000 euroa*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from pykala.extract import money, per
from pykala.extract.money import Sum
from pykala.extract.numerals import SPACE, Numeral

_AND = r"(?:ja|sekä|tai|och|samt|eller|and|or|mutta|men|but|&)"
_WORDS = r"(?:[^.\d\n:]|[.:](?=[a-zåäö]))"
_LINK = re.compile(rf"(?:{SPACE}?[,;/]{SPACE}?(?:{_AND}\s)?|\s{_AND}\s)(?P<words>{_WORDS}{{0,64}})")
_FROM_TO = re.compile(rf"(?::[a-zåäö]{{2,3}}{SPACE}|\s(?:till|to)\s)")
_CLAUSE = re.compile(r"\b(?:oli|olivat|on|ovat|haettiin|niissä|niistä|niiden|haettu|är|var)\b", re.IGNORECASE)
_ONWARD = re.compile(rf"{_WORDS}{{0,64}}(?:,|\s{_AND}\s|\(|josta|joista|varav){_WORDS}{{0,48}}")
_CLOSED = re.compile(
    rf"\s?(?:[,.;)]|$|\n|{_AND}\b)|{SPACE}(?:[A-ZÅÄÖ]?[\w-]+(?:lle|een|oon|aan|ään|iin|uun|yyn|öön|seen|siin|ksi)\b|till\b|för\b|i\b|på\b|to\b|for\b|in\b)"
)


#: How far apart the numbers of a series may stand, in characters: no more than their links hold.
_BACK, _ON = 80, 130


def find(text: str, sums: Sequence[Sum], left: Sequence[Numeral]) -> list[Sum]:
    """Sums among the numbers without a unit that stand in a series with one that has it.

    Args:
        text: the document's text.
        sums: the sums with a unit, in order.
        left: the numbers that belong to no sum, in order.
    """
    if not left:
        return []
    out: list[Sum] = []
    items: list[Sum | Numeral] = [*sums, *left]
    ordered = sorted(items, key=lambda item: item.start)
    for index, item in enumerate(ordered):
        if isinstance(item, Sum) and index and isinstance(ordered[index - 1], Numeral):
            out += _backward(text, item, _numbers(reversed(ordered[:index])))
    known = {s.start for s in out}
    for index, item in enumerate(ordered):
        if isinstance(item, Sum) and index + 1 < len(ordered) and isinstance(ordered[index + 1], Numeral):
            out += (s for s in _forward(text, item, _numbers(ordered[index + 1 :])) if s.start not in known)
    return out


def _numbers(items: Iterable[Sum | Numeral]) -> Iterator[Numeral]:
    """The numbers up to the next sum that has its own unit."""
    for item in items:
        if isinstance(item, Sum):
            return
        yield item


def _backward(text: str, total: Sum, numbers: Iterable[Numeral]) -> Iterator[Sum]:
    for numeral in numbers:
        if total.start - numeral.end > _BACK:
            return
        link = _LINK.fullmatch(text, numeral.end, total.start)
        if link is None and not _FROM_TO.fullmatch(text, numeral.end, total.start):
            return
        if link and _CLAUSE.search(link["words"]):
            return  # a clause of its own: *hakemuksia tuli 41, ja niissä haettu summa oli 3,9 miljoonaa euroa*
        if not _may_be_money(text, numeral, total, apart=bool(link and link["words"].strip())):
            return
        total = _borrow(numeral, replace(total, per=total.per or per.after(text, total.end)))
        yield total


def _forward(text: str, total: Sum, numbers: Iterable[Numeral]) -> Iterator[Sum]:
    for numeral in numbers:
        if (
            numeral.start - total.end > _ON
            or not _ONWARD.fullmatch(text, total.end, numeral.start)
            or not _CLOSED.match(text, numeral.end)
        ):
            return
        if not _may_be_money(text, numeral, total, apart=True):
            return
        total = _borrow(numeral, total)
        yield total


def _may_be_money(text: str, numeral: Numeral, total: Sum, *, apart: bool) -> bool:
    """Whether a number is of the kind of the sum that it stands with."""
    before = text[numeral.start - 1 : numeral.start]
    if not numeral.sound or numeral.yearlike or before.isalpha() or before in "-–/.§":
        return False
    if not apart:
        return abs(total.value) <= 1000 * max(numeral.value * total.factor, Decimal(1))
    if total.factor > 1:
        return not numeral.whole or numeral.value < 1000 or numeral.grouped
    if money.counted_before(text, numeral.start):
        return False
    return numeral.grouped or not numeral.whole or numeral.value >= 100


def _borrow(numeral: Numeral, total: Sum) -> Sum:
    shared = total.factor if total.factor > 1 and numeral.value < 1000 else 1
    return replace(total, start=numeral.start, end=numeral.end, value=numeral.value * shared, value_max=None, bare=True)
