"""Rows of a list whose heading or lead says that their numbers are money, also where each cell stands on its own line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from pykala.extract import money_heads
from pykala.extract.money import PLAIN_EUROS, Sum, Unit
from pykala.extract.numerals import SPACE, Numeral
from pykala.model import Value

_LONGEST_ROW = 120
_IDLE = 5  # lines without a sum after which a heading holds no longer
_REACH = 800  # characters from a heading to its first row
_SIGN = re.compile(rf"(?P<minus>[-–—−]){SPACE}?$|\+{SPACE}?$")
_UNIT_LINE = re.compile(
    rf"(?:^|[\s(,])(?:€|euroa?|eur|euroina|t€|M€|1{SPACE}?000{SPACE}?(?:€|euroa)|milj\.?{SPACE}?(?:€|euroa)|tuhatta{SPACE}euroa)\)?:?$",
    re.IGNORECASE,
)
_UNIT_ENDS = ("€", "euro", "euroa", "eur", "euroina")
_OWN_SUM = re.compile(rf"(?!1{SPACE}?000)(?<![\d ])\d[\d {SPACE[1:-1]},.]*(?:€|euro|eur|milj)", re.IGNORECASE)
_COUNTED = re.compile(r"[a-zåäö]+[aä][:,]?\s*$")
_GAP = re.compile(r"[ \u00a0]+(?:[-–] )?$")
_SENTENCE = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")


class _Heading(Value):
    """A line that says that the rows below are money; ``sure`` where it names the unit."""

    unit: Unit
    sure: bool


def find(text: str, numerals: Sequence[Numeral]) -> Iterator[Sum]:
    """Sums at the ends of rows under a heading such as *euroa* or a lead such as *avustukset seuraavasti:*.

    Args:
        text: the document's text.
        numerals: the numbers that belong to no sum yet, in order.
    """
    rows = {_line_end(text, n.end): n for n in numerals if n.sound and _closes_line(text, n)}
    if not rows:
        return
    before = {n.end: n for n in numerals if n.sound and not n.yearlike}
    ends = sorted(rows)
    heading: _Heading | None = None
    idle = 0
    position = text.rfind("\n", 0, max(0, ends[0] - _REACH)) + 1
    for line in text[position : ends[-1]].split("\n"):
        end = position + len(line)
        numeral = rows.get(end)
        if numeral is not None and heading is not None and _is_row(line, numeral, position, heading):
            idle = 0
            yield from _of_row(text, numeral, position, heading, before)
        elif line.strip():
            near = ends[bisect_left(ends, end)] - end < _REACH
            opened = _opens(line.strip()) if near else None
            idle = 0 if opened else idle + 1
            if opened or (heading is not None and (idle >= _IDLE or _ends_list(line))):
                heading = opened
        position = end + 1


def _opens(line: str) -> _Heading | None:
    """What a line says of the rows below it."""
    if "\t" in line:
        return None
    if line.endswith(":") and money_heads.captions_money(line):
        unit = money_heads.unit_of(line[-40:]) if "(" in line[-40:] else None
        return _Heading(unit or PLAIN_EUROS, sure=False)
    if money_heads.is_year_with_unit(line):
        return _Heading(PLAIN_EUROS, sure=False)
    if len(line) <= 80 and _ends_in_unit(line):
        unit = money_heads.unit_of(line) if not _OWN_SUM.search(line) else None
        return _Heading(unit, sure=True) if unit else None
    if len(line) <= 100 and line[-1] not in ".,;" and money_heads.is_column_head(line) and not _OWN_SUM.search(line):
        return _Heading(PLAIN_EUROS, sure=False)
    return None


def _ends_in_unit(line: str) -> bool:
    closed = line.removesuffix(":").removesuffix(")").lower()
    return closed.endswith(_UNIT_ENDS) and _UNIT_LINE.search(line) is not None


def _ends_list(line: str) -> bool:
    """A paragraph, or a heading that says that what follows is counted."""
    stripped = line.rstrip()
    if len(stripped) > 160 or (len(stripped) > 70 and stripped[-1] in ".!?") or "\t" in stripped:
        return True
    return len(stripped) < 60 and money_heads.counts(stripped)


def _closes_line(text: str, numeral: Numeral) -> bool:
    rest = text[numeral.end : numeral.end + 3].split("\n", 1)[0]
    return rest.strip(" .\u00a0*") == "" and (len(rest) < 3 or "\n" in text[numeral.end : numeral.end + 4])


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _is_row(line: str, numeral: Numeral, line_start: int, heading: _Heading) -> bool:
    label = line[: numeral.start - line_start]
    if "\t" in label or numeral.yearlike or len(label) > _LONGEST_ROW or _SENTENCE.search(label):
        return False
    large = numeral.grouped or not numeral.whole or numeral.value == 0
    if not re.search(r"[^\W\d]", label):  # a number alone on its line
        return re.fullmatch(r"[-–—−+\s]*", label) is not None and (large or (heading.sure and numeral.value >= 100))
    if heading.sure:
        return True
    return (large or numeral.value >= 100) and not _COUNTED.search(label)


def _of_row(
    text: str, last: Numeral, line_start: int, heading: _Heading, before: Mapping[int, Numeral]
) -> Iterator[Sum]:
    """The row's last number and those of the columns before it, parted by nothing but white space."""
    row = [last]
    while (gap := _GAP.search(text, line_start, row[0].start)) and (previous := before.get(gap.start())):
        if not (previous.grouped or not previous.whole or previous.value == 0 or previous.value >= 100):
            break
        row.insert(0, previous)
    yield from (_sum(text, numeral, line_start, heading.unit) for numeral in row)


def _sum(text: str, numeral: Numeral, line_start: int, unit: Unit) -> Sum:
    """A sign is kept where the number stands alone or the dash touches it; else the dash parts name and sum."""
    label = text[line_start : numeral.start]
    sign = _SIGN.search(label)
    alone = sign is not None and not label[: sign.start()].strip() and label == label.lstrip()
    minus = (
        sign is not None and sign["minus"] and (sign.end() - sign.start() == 1 or alone) and label.strip("-–—−") != " "
    )
    start = line_start + sign.start() if minus and sign else numeral.start
    value = numeral.value * unit.factor
    return Sum(start, numeral.end, -value if minus else value, unit.rule, unit.currency or "EUR", bare=True)
