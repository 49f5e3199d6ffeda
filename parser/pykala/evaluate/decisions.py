"""Which decision of a record is which of the gold, and what is right about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pykala.evaluate.context import place_of_words
from pykala.evaluate.counts import Field
from pykala.evaluate.found import Found, FoundDecision
from pykala.evaluate.gold import Gold, GoldDecision
from pykala.evaluate.verdicts import Verdict, either, extra, missed, right, wrong

DECIDED_WITH = (Field.DECISION_TYPES, Field.DECISION_MAKERS)


def decisions(gold: Gold, found: Found) -> Iterator[Verdict]:
    """Verdicts on acts, their types, makers and outcomes.

    An act is found where an entry quotes its anchor, or another place that states it; each entry answers to one act.
    """
    answering = answers(gold, found)
    for index, (wanted, one) in enumerate(zip(gold.decisions, answering, strict=True)):
        if one is None:
            place = place_of_words(found.text, gold.anchors(index))
            yield missed(Field.DECISIONS, f"{wanted.type}: {wanted.anchor}", place)
            yield from map(missed, DECIDED_WITH)
        else:
            yield right(Field.DECISIONS)
            yield from _details(wanted, one)
    for one in found.decisions:
        if not any(one is other for other in answering):
            yield extra(Field.DECISIONS, f"{one.type}: {one.text}", one.span)
            yield from map(extra, DECIDED_WITH)


def answers(gold: Gold, found: Found) -> tuple[FoundDecision | None, ...]:
    """For each act of the gold the entry that tells it, if there is one."""
    left = list(found.decisions)
    answering = []
    for index, wanted in enumerate(gold.decisions):
        one = _answer(wanted, gold.anchors(index), left)
        left = [other for other in left if other is not one]
        answering.append(one)
    return tuple(answering)


def _answer(wanted: GoldDecision, anchors: Sequence[str], left: Sequence[FoundDecision]) -> FoundDecision | None:
    """The entry that tells the act: of several by its anchor, then of its type, then the shortest."""
    ranked = []
    for one in left:
        rank = next((rank for rank, anchor in enumerate(anchors) if anchor and anchor in one.held), None)
        if rank is not None:
            ranked.append(((min(rank, 1), one.type != wanted.type, len(one.held)), one))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _details(wanted: GoldDecision, one: FoundDecision) -> Iterator[Verdict]:
    if wanted.type == one.type:
        yield right(Field.DECISION_TYPES)
    else:
        yield wrong(Field.DECISION_TYPES, wanted.type, one.type, one.span)
    yield _maker(wanted, one)
    if wanted.outcome or one.outcome:
        agree = wanted.outcome == one.outcome
        yield either(Field.OUTCOMES, wanted.outcome or None, one.outcome or None, agree=agree, place=one.span)


def _maker(wanted: GoldDecision, one: FoundDecision) -> Verdict:
    makers, named = wanted.makers.folded, one.makers.folded
    return either(
        Field.DECISION_MAKERS,
        wanted.makers if makers else None,
        one.makers if named else None,
        agree=bool(makers & named) or not (makers or named),
        place=one.span,
    )
