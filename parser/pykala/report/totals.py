"""Totals by receiver, fund, body and year: sums of what counts, currencies apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pykala.report.counted import Counted
from pykala.report.sums import Sum

Label = tuple[str | None, ...]


class By(StrEnum):
    """What totals are told by; the values name their CSV files."""

    RECIPIENT = "recipients"
    BODY = "bodies"
    FUND = "funds"
    DECIDED = "years-decided"
    FOR = "years-for"


@dataclass(frozen=True, slots=True)
class Total:
    """What counts of one receiver, fund, body or year in one currency.

    Attributes:
        label: what the total is of, one part for each of :data:`COLUMNS`; None where nothing is told.
        total: in the currency's units.
        sums: how many sums make it up.
        inexact: how much of it is told as *at most*, *about* and the like.
    """

    label: Label
    currency: str
    total: Decimal
    sums: int
    inexact: Decimal


COLUMNS: Mapping[By, tuple[str, ...]] = {
    By.RECIPIENT: ("recipient",),
    By.BODY: ("publisher", "body"),
    By.FUND: ("publisher", "fund"),
    By.DECIDED: ("year_decided",),
    By.FOR: ("years_for",),
}
_LABELS: Mapping[By, Callable[[Sum], Label]] = {
    By.RECIPIENT: lambda one: (" + ".join(one.recipients) or None,),
    By.BODY: lambda one: (one.publisher, one.body),
    By.FUND: lambda one: (one.publisher if one.fund else None, one.fund),
    By.DECIDED: lambda one: (one.decided[:4] if one.decided else None,),
    By.FOR: lambda one: (", ".join(map(span, one.years)) or None,),
}


def label_of(one: Sum, by: By) -> Label:
    """What a sum's total is of.

    Sums given to several receivers together are no receiver's own, and a span of years is no year's own.
    """
    return _LABELS[by](one)


def folded(label: Label) -> Label:
    """The same label however its letters and spaces are written."""
    return tuple(part and " ".join(part.casefold().split()) for part in label)


def totals(sums: Iterable[Counted], by: By) -> tuple[Total, ...]:
    """Totals in the order of their currency, then years ascending, else the largest first; last what tells none."""
    groups: dict[tuple[Label, str], list[Counted]] = defaultdict(list)
    for one in sums:
        if one.counts:
            groups[folded(label_of(one.sum, by)), one.sum.currency].append(one)
    found = [_total(group, by) for group in groups.values()]
    if by in (By.DECIDED, By.FOR):
        return tuple(sorted(found, key=lambda one: (one.currency, one.label[0] is None, _spelt(one.label))))
    return tuple(sorted(found, key=lambda one: (one.currency, one.label[-1] is None, -one.total, _spelt(one.label))))


def currencies(sums: Iterable[Counted]) -> tuple[str, ...]:
    """The currencies that count, that of most sums first."""
    counts = Counter(one.sum.currency for one in sums if one.counts)
    return tuple(sorted(counts, key=lambda currency: (-counts[currency], currency)))


def span(years: tuple[int, int]) -> str:
    """Years as they are written.

    >>> span((2025, 2025)), span((2025, 2027))
    ('2025', '2025–2027')
    """
    first, last = years
    return str(first) if first == last else f"{first}–{last}"


def _spelt(label: Label) -> list[str]:
    return [part or "" for part in label]


def _total(group: list[Counted], by: By) -> Total:
    spellings = Counter(label_of(one.sum, by) for one in group)
    label = min(spellings, key=lambda one: (-spellings[one], _spelt(one)))
    return Total(
        label=label,
        currency=group[0].sum.currency,
        total=sum((one.counts for one in group), Decimal(0)),
        sums=len(group),
        inexact=sum((one.counts for one in group if one.sum.qualifier != "exact"), Decimal(0)),
    )
