"""Numbers that borrow their unit from a neighbour, a heading or a table."""

from __future__ import annotations

from collections.abc import Sequence

from pykala.extract.money import Sum
from pykala.extract.numerals import Numeral
from pykala.model import Table


def find(text: str, sums: Sequence[Sum], left: Sequence[Numeral], tables: Sequence[Table]) -> list[Sum]:
    """Sums among the numbers that carry no unit of their own."""
    return []
