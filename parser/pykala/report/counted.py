"""Which sums may be added up: each euro that is given counts once, and what does not count says why.

A bulletin tells one grant several times: as a total, in parts by receiver, in parts by year. Within one decision, sums
that name their receivers count each; those that name nobody count only by what they exceed the named ones, for they
are their total or a part of it. ``docs/report.sql`` says the same in SQL, and a test holds both together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from pykala.report.sums import Sum

_GIVES_NOTHING: Final = frozenset(
    {"denied", "rejected", "noted", "closed", "tabled", "returned", "withdrawn", "proposed", "stated", "repealed"}
)


class Left(StrEnum):
    """Why a sum is left out of all totals, or counts only in part."""

    NO_DECISION = "no-decision"  # no decision of the bulletin gives it
    NOT_GIVEN = "not-given"  # its decision proposes, refuses, notes …
    RATE = "rate"  # a year, a month, a person …: how often is not told
    RANGE = "range"
    NEGATIVE = "negative"
    SAME_BULLETIN = "same-bulletin"  # the bulletin was read before
    OTHER_BULLETIN = "other-bulletin"  # another bulletin tells the same case of the same day in more sums
    REPEATED = "repeated"  # told again in the same decision
    TOTAL = "total"  # the total of other sums of its decision, or a part of what counts


@dataclass(frozen=True, slots=True)
class Counted:
    """A sum and what of it is counted.

    Attributes:
        counts: what goes into every total; zero where the sum is left out.
        why: the reason where ``counts`` is less than the value.
    """

    sum: Sum
    counts: Decimal
    why: Left | None = None


def counted(sums: Iterable[Sum]) -> tuple[Counted, ...]:
    """Every sum with what of it is counted, in the order given."""
    listed = tuple(sums)
    reasons = dict(_single(listed))
    reasons |= _told_elsewhere([one for one in listed if _key(one) not in reasons])
    groups: dict[object, list[Sum]] = defaultdict(list)
    for one in listed:
        if _key(one) not in reasons:
            groups[one.reading, one.decision, one.currency].append(one)
    shares = {_key(one.sum): one for group in groups.values() for one in _of_decision(group)}
    return tuple(shares.get(_key(one)) or Counted(one, Decimal(0), reasons[_key(one)]) for one in listed)


def _key(one: Sum) -> tuple[int, str]:
    return one.reading, one.id


def _single(sums: Sequence[Sum]) -> Iterator[tuple[tuple[int, str], Left]]:
    """What is left out for a reason of its own."""
    first: dict[str, int] = {}
    for one in sums:
        if first.setdefault(one.bulletin, one.reading) != one.reading:
            yield _key(one), Left.SAME_BULLETIN
        elif one.decision is None:
            yield _key(one), Left.NO_DECISION
        elif one.act in _GIVES_NOTHING:
            yield _key(one), Left.NOT_GIVEN
        elif one.per is not None:
            yield _key(one), Left.RATE
        elif one.value_max is not None:
            yield _key(one), Left.RANGE
        elif one.value < 0:
            yield _key(one), Left.NEGATIVE


def _told_elsewhere(sums: Sequence[Sum]) -> Mapping[tuple[int, str], Left]:
    """The sums of a case that another bulletin tells of the same day in more sums (of equally many, the first)."""
    tellings: dict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)
    for one in sums:
        if one.case_number and one.decided:
            tellings[one.publisher, one.case_number, one.decided][one.reading] += 1
    fullest = {case: min(times, key=lambda reading: (-times[reading], reading)) for case, times in tellings.items()}
    return {
        _key(one): Left.OTHER_BULLETIN
        for one in sums
        if fullest.get((one.publisher, one.case_number or "", one.decided or ""), one.reading) != one.reading
    }


def _of_decision(sums: Sequence[Sum]) -> Iterator[Counted]:
    """What counts of the sums of one decision in one currency."""
    once: dict[object, Sum] = {}
    for one in sums:
        first = once.setdefault((one.value, one.recipients, one.years, one.fund), one)
        if first is not one:
            yield Counted(one, Decimal(0), Left.REPEATED)
    named = [one for one in once.values() if one.recipients]
    totals = {one.id for one in named if _is_total(one, named)}
    covered = Decimal(0)
    for one in named:
        if one.id in totals:
            yield Counted(one, Decimal(0), Left.TOTAL)
        else:
            covered += one.value
            yield Counted(one, one.value)
    yield from _beyond(covered, [one for one in once.values() if not one.recipients])


def _is_total(one: Sum, named: Sequence[Sum]) -> bool:
    """Whether a sum is exactly the total of two or more others, whose receivers are all among its own."""
    parts = [
        other.value
        for other in named
        if other is not one and set(other.recipients) <= set(one.recipients) and within(other, one)
    ]
    return len(parts) > 1 and sum(parts) == one.value


def _beyond(covered: Decimal, nameless: Sequence[Sum]) -> Iterator[Counted]:
    """What the sums that name nobody add to those that do: their total, less what is covered."""
    if not nameless:
        return
    kept = _apart(nameless)
    reached = Decimal(0)
    for one in nameless:
        if one not in kept:
            yield Counted(one, Decimal(0), Left.TOTAL)
            continue
        before, reached = reached, reached + one.value
        counts = max(reached - covered, Decimal(0)) - max(before - covered, Decimal(0))
        yield Counted(one, counts, None if counts == one.value else Left.TOTAL)


def _apart(nameless: Sequence[Sum]) -> Sequence[Sum]:
    """Sums of which none tells of money that another one tells of, too: the parts where they make up their total exactly."""
    largest = max(nameless, key=lambda one: one.value)
    others = [one for one in nameless if one is not largest]
    parts = sum(one.value for one in others)
    if largest.value < parts or not all(within(one, largest) for one in others):
        return nameless
    return others if len(others) > 1 and parts == largest.value else [largest]


def within(part: Sum, whole: Sum) -> bool:
    """Whether the years of one sum may lie within those of another; where either tells none, they may."""
    if not part.years or not whole.years:
        return True
    return whole.years[0][0] <= part.years[0][0] and max(y for _, y in part.years) <= max(y for _, y in whole.years)
