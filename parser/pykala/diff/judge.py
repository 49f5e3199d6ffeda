"""What gold says of a change: fixed, broken, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pykala.diff.entries import Portrait, portrait
from pykala.diff.model import Change, Field, Kind, Side, Verdict
from pykala.evaluate.decisions import answers
from pykala.evaluate.documents import named
from pykala.evaluate.found import GIVEN, Found, found
from pykala.evaluate.fundings import given
from pykala.evaluate.gold import Gold, GoldDecision, GoldFunding
from pykala.evaluate.record_file import RecordFile
from pykala.evaluate.values import Names, digits, fold, sum_of
from pykala.record import Record

Right = bool | None


@dataclass(frozen=True, slots=True)
class Held:
    """One of the two records as gold sees it.

    Attributes:
        decisions: for each decision that the gold knows, what it says of it.
        institutions: the institutions that the gold knows.
        fundings: for each sum in the role of money given, what the gold says of it; None where it knows none such.
        values: by field, what it says, each value once.
    """

    of: Portrait
    decisions: Mapping[str, GoldDecision]
    institutions: frozenset[str]
    fundings: Mapping[str, GoldFunding | None]
    values: Mapping[Field, frozenset[object]]


def judged(changes: Iterable[Change], gold: Gold, old: Record | None, new: Record | None) -> tuple[Change, ...]:
    """The changes of one document with their verdicts.

    Args:
        changes: what differs between the records.
        gold: what the document holds.
        old: the record before, None where there was none.
        new: the record now.
    """
    if old is None or new is None:
        verdict = Verdict.FIXED if new else Verdict.BROKEN
        return tuple(change.model_copy(update={"verdict": verdict}) for change in changes)
    before, after = _held(gold, old), _held(gold, new)
    return tuple(change.model_copy(update={"verdict": _verdict(change, gold, before, after)}) for change in changes)


def _held(gold: Gold, record: Record) -> Held:
    of, read = portrait(record), found(RecordFile.model_validate(record.model_dump()))
    decisions = {id(one): wanted for one, wanted in zip(answers(gold, read), gold.decisions, strict=True)}
    known = {id(one) for one in named(gold, read)}
    money = {id(one): wanted for one, wanted in zip(given(gold, read), gold.fundings, strict=True)}
    giving = [entry for entry in record.amounts if entry.role in GIVEN]
    return Held(
        of,
        {
            of.refs[entry.id]: decisions[id(one)]
            for entry, one in zip(record.decisions, read.decisions, strict=True)
            if id(one) in decisions
        },
        frozenset(
            of.refs[entry.id]
            for entry, one in zip(record.institutions, read.institutions, strict=True)
            if id(one) in known
        ),
        {of.refs[entry.id]: money.get(id(one)) for entry, one in zip(giving, read.fundings, strict=True)},
        _values(read),
    )


def _values(read: Found) -> dict[Field, frozenset[object]]:
    return {
        Field.AMOUNTS: frozenset(read.sums),
        Field.YEARS: frozenset(read.years),
        Field.DATES: frozenset(read.dates),
        Field.CASE_NUMBERS: frozenset(read.case_numbers),
        Field.SECTIONS: frozenset(read.sections),
    }


def _wanted(gold: Gold) -> dict[Field, frozenset[object]]:
    return {
        Field.AMOUNTS: frozenset(gold.qualifiers),
        Field.YEARS: frozenset(gold.years),
        Field.DATES: frozenset(gold.dates),
        Field.CASE_NUMBERS: frozenset(map(fold, gold.case_numbers)),
        Field.SECTIONS: frozenset(map(digits, gold.sections)),
    }


_VALUE: Mapping[Field, Callable[[Mapping[str, Any]], object]] = {
    Field.AMOUNTS: lambda said: sum_of(said["value"], said["value_max"], said["currency"], said["per"]),
    Field.YEARS: lambda said: (said["start"], said["end"]),
    Field.DATES: lambda said: said["value"],
    Field.CASE_NUMBERS: lambda said: fold(said["number"]),
    Field.SECTIONS: lambda said: digits(said["number"]),
}


def _verdict(change: Change, gold: Gold, before: Held, after: Held) -> Verdict:
    match change.field:
        case Field.DECISIONS:
            judge = _of if change.facet is None else _of_both
            return judge(_decision(change, change.old, before), _decision(change, change.new, after))
        case Field.INSTITUTIONS if change.kind in (Kind.ADDED, Kind.REMOVED) or change.facet in ("name", "aliases"):
            return _of(
                change.old.ref in before.institutions if change.old else None,
                change.new.ref in after.institutions if change.new else None,
            )
        case Field.AMOUNTS if change.facet not in (None, "value"):
            judge = _of if change.facet == "role" else _of_both
            return judge(_funding(change, change.old, before), _funding(change, change.new, after))
        case field if field in _VALUE and change.facet in (None, "value"):
            verdict = _set(change, gold, before, after)
            if verdict is Verdict.UNJUDGED and field is Field.AMOUNTS:
                return _exactness(change, gold, before, after)
            return verdict
        case _:
            return _header(change, gold)


def _of(before: Right, after: Right) -> Verdict:
    """The verdict on something that was right or not and is so now; None where there is nothing, or nobody knows."""
    if before is None and after is None:
        return Verdict.UNJUDGED
    was = before if before is not None else not after
    now = after if after is not None else not before
    if was == now:
        return Verdict.UNJUDGED
    return Verdict.FIXED if now else Verdict.BROKEN


def _of_both(before: Right, after: Right) -> Verdict:
    """The verdict on a detail of something that is there on both sides, as gold has it."""
    return Verdict.UNJUDGED if before is None or after is None else _of(before, after)


def _set(change: Change, gold: Gold, before: Held, after: Held) -> Verdict:
    """The verdict on values each of which counts once: it matters whether the record says it anywhere else."""
    value, wanted = _VALUE[change.field], _wanted(gold)[change.field]
    effect = 0
    if change.old:
        gone = value(_whole(change.old, before))
        if gone not in after.values[change.field]:
            effect += -1 if gone in wanted else 1
    if change.new:
        come = value(_whole(change.new, after))
        if come not in before.values[change.field]:
            effect += 1 if come in wanted else -1
    return Verdict.FIXED if effect > 0 else Verdict.BROKEN if effect < 0 else Verdict.UNJUDGED


def _whole(side: Side, held: Held) -> Mapping[str, Any]:
    entry = held.of.by_ref.get(side.ref)
    return entry.content if entry else side.content


def _exactness(change: Change, gold: Gold, before: Held, after: Held) -> Verdict:
    """The verdict on a sum that the record says elsewhere, too, or says as more or less exact than before."""
    if change.old is None or change.new is None:
        return _of(_funding(change, change.old, before), _funding(change, change.new, after))
    sums = [sum_of(said["value"], said["value_max"], said["currency"], said["per"]) for said in _contents(change)]
    return _of(
        *(said["qualifier"] in gold.qualifiers.get(one, ()) for said, one in zip(_contents(change), sums, strict=True))
    )


def _contents(change: Change) -> list[Mapping[str, Any]]:
    return [side.content for side in (change.old, change.new) if side]


def _decision(change: Change, side: Side | None, held: Held) -> Right:
    """Whether a decision, or what the change is about in it, is right; of a decision unknown to gold only its presence is."""
    if side is None:
        return None
    wanted = held.decisions.get(side.ref)
    match change.facet:
        case None | "words":
            return wanted is not None
        case _ if wanted is None:
            return None
        case "type":
            return bool(side.content["type"] == wanted.type)
        case "outcome":
            return bool((side.content["outcome"] or None) == (wanted.outcome or None))
        case "decision_maker":
            makers = _names(side.content["decision_maker"], held)
            return bool(makers & wanted.makers.folded) or not (makers or wanted.makers.folded)
        case _:
            return None


def _names(ref: str | None, held: Held) -> frozenset[str]:
    entry = held.of.by_ref.get(ref) if ref else None
    return Names((entry.content["name"], *entry.content["aliases"])).folded if entry else frozenset()


def _funding(change: Change, side: Side | None, held: Held) -> Right:
    """Whether a sum in the role of money given is as gold has it; None where it is not given, or gold does not tell."""
    if side is None or side.ref not in held.fundings:
        return None
    wanted, entry = held.fundings[side.ref], held.of.by_ref.get(side.ref)
    if change.facet in (None, "role", "recipients"):
        return wanted is not None
    if wanted is None or entry is None:
        return None
    match change.facet:
        case "years":
            spans = {one.ref: (one.content["start"], one.content["end"]) for one in held.of.lists[Field.YEARS]}
            return {spans[ref] for ref in entry.content["years"]} == set(wanted.years)
        case "fund":
            funds, found = Names(wanted.fund or ()).folded, _names(entry.content["fund"], held)
            return bool(funds & found) or not (funds or found)
        case _:
            return None


def _header(change: Change, gold: Gold) -> Verdict:
    """The verdict on what the bulletin says of itself."""
    sides = [side.content if side else {} for side in (change.old, change.new)]
    match change.field:
        case Field.LANGUAGE | Field.PUBLISHED:
            wanted = getattr(gold, change.field.value)
            return _of(*(side[change.field.value] == wanted for side in sides))
        case Field.MUNICIPALITY:
            return _of(*((side["municipality"] or {}).get("name") == gold.municipality for side in sides))
        case Field.MEETING if change.facet in (None, "date"):
            return _of(*(side.get("date") == gold.meeting_date for side in sides))
        case _:
            return Verdict.UNJUDGED
