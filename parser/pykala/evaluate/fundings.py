"""Which sum of a record is which funding of the gold, and whether its years and its fund are right."""

from __future__ import annotations

from collections.abc import Iterator

from pykala.evaluate.context import place_of_sum
from pykala.evaluate.counts import Field
from pykala.evaluate.found import Found, FoundFunding
from pykala.evaluate.gold import Gold, GoldFunding
from pykala.evaluate.values import Names, spans_in_words
from pykala.evaluate.verdicts import Verdict, either, extra, missed, right, wrong


def fundings(gold: Gold, found: Found) -> Iterator[Verdict]:
    """Verdicts on money given: the sum with its recipient, then its years and its fund.

    One right recipient is enough; money that names none answers only to money that names none.
    """
    answering = given(gold, found)
    for wanted, one in zip(gold.fundings, answering, strict=True):
        if one is None:
            place = found.sums.get(wanted.sum) or place_of_sum(found.text, wanted.sum)
            yield missed(Field.FUNDINGS, _told(wanted), place)
        else:
            yield right(Field.FUNDINGS)
            yield from _details(wanted, one)
    for one in found.fundings:
        if not any(one is other for other in answering):
            yield extra(Field.FUNDINGS, _told(one), one.span)


def given(gold: Gold, found: Found) -> tuple[FoundFunding | None, ...]:
    """For each funding of the gold the sum that is it, if there is one; each sum is one funding."""
    left = list(found.fundings)
    answering = []
    for wanted in gold.fundings:
        fitting = [one for one in left if _same(wanted, one)]
        one = next((one for one in fitting if one.years == frozenset(wanted.years)), fitting[0] if fitting else None)
        left = [other for other in left if other is not one]
        answering.append(one)
    return tuple(answering)


def _same(wanted: GoldFunding, one: FoundFunding) -> bool:
    receivers, named = wanted.receivers.folded, one.receivers.folded
    return wanted.sum == one.sum and (bool(receivers & named) or not (receivers or named))


def _details(wanted: GoldFunding, one: FoundFunding) -> Iterator[Verdict]:
    years = frozenset(wanted.years)
    if years or one.years:
        told, read = spans_in_words(years), spans_in_words(one.years)
        yield right(Field.FUNDING_YEARS) if years == one.years else wrong(Field.FUNDING_YEARS, told, read, one.span)
    fund = Names(wanted.fund or ())
    funds, named = fund.folded, one.fund.folded
    if funds or named:
        yield either(
            Field.FUNDING_FUNDS,
            fund if funds else None,
            one.fund if named else None,
            agree=bool(funds & named),
            place=one.span,
        )


def _told(funding: GoldFunding | FoundFunding) -> str:
    return f"{funding.sum} to {funding.receivers if funding.receivers.written else 'nobody named'}"
