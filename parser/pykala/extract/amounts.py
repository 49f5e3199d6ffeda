"""Every sum of money of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pykala.extract import dates, elided, lookalikes, money_rows, money_tables, numerals, per, qualifiers
from pykala.extract.money import Sum
from pykala.extract.sums import Sums
from pykala.model import Amount, Mention, Reading, Rejected, Table, Warning_


class _Evidence(NamedTuple):
    """A sum with the words around it that were read with it."""

    total: Sum
    qualifier: Mention | None
    per: Mention | None


def find(text: str, *, tables: Sequence[Table] = (), taken: Sequence[Mention] | None = None) -> Reading[Amount]:
    """Every sum of money, in order, each with what it is for and how it is limited.

    Args:
        text: the document's text.
        tables: its tables, whose cells take the unit of their table or column.
        taken: spans whose digits are no money, such as lookalikes and dates; by default these are read here.

    >>> [(str(a.value), a.per, a.qualifier) for a in find("enintään 1,5 miljoonaa euroa vuodessa").values]
    [('1500000.0', 'year', 'at_most')]
    """
    found, rejected, warnings = _read(text, tables, taken)
    return Reading(tuple(_amount(text, e) for e in found), rejected, warnings)


def evidence(text: str) -> tuple[Mention, ...]:
    """Every mention behind the sums of a text: the sums, their qualifiers, what they are for."""
    found, _, _ = _read(text, (), None)
    mentions = [m for e in found for m in (_amount(text, e), e.qualifier, e.per) if m is not None]
    return tuple(sorted(mentions, key=lambda m: m.start))


def _read(
    text: str, tables: Sequence[Table], taken: Sequence[Mention] | None
) -> tuple[list[_Evidence], tuple[Rejected, ...], tuple[Warning_, ...]]:
    if taken is None:
        lookalike = lookalikes.find(text)
        days = dates.find(text, taken=lookalike)
        taken = (*lookalike, *days.values, *days.rejected)
    numbers = tuple(numerals.scan(text, taken))
    sums = Sums(text, numbers)
    sums.read()
    found = sorted((*sums.found, *_unitless(text, tables, sums)), key=lambda s: s.start)
    return _surrounded(text, found), tuple(sorted(sums.rejected, key=lambda m: m.start)), tuple(sums.warnings)


def _unitless(text: str, tables: Sequence[Table], sums: Sums) -> list[Sum]:
    """Sums without a unit of their own: by their table first, then by their list, then by their neighbour."""
    used = set(sums.used)
    out: list[Sum] = []
    for read in (
        lambda left: money_tables.find(text, tables, left),
        lambda left: money_rows.find(text, left),
        lambda left: elided.find(text, sums.found, left),
    ):
        left = [n for n in sums.numerals if n.start not in used]
        starts = [n.start for n in left]
        for total in read(left):
            out.append(total)
            used.update(starts[bisect_left(starts, total.start) : bisect_left(starts, total.end)])
    return out


def _surrounded(text: str, sums: Sequence[Sum]) -> list[_Evidence]:
    """What limits each sum and what it is for; a column's head says it for its cells."""
    out: list[_Evidence] = []
    for total in sums:
        end = total.end
        limit = qualifiers.of(text, total.start, end)
        start = limit.start if limit and limit.start < total.start else total.start
        said = total.per or per.after(text, end) or per.before(text, start)
        out.append(_Evidence(total, limit, said))
    return out


def _amount(text: str, evidence: _Evidence) -> Amount:
    total, limit, said = evidence
    return Amount(
        total.rule,
        total.start,
        total.end,
        text[total.start : total.end],
        value=total.value,
        value_max=total.value_max,
        currency=total.currency,
        per=per.value(said) if said else None,
        qualifier=qualifiers.value(limit) if limit else "exact",
    )
