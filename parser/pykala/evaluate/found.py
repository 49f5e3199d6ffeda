"""What a record says, in the form in which it is compared with gold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from pykala.evaluate.gold import HeaderFact
from pykala.evaluate.record_file import AmountRead, DecisionRead, RecordFile, Span
from pykala.evaluate.values import Names, Sum, Years, digits, fold, single_spaced, sum_of

GIVEN: Final = frozenset({"granted", "committed"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FoundDecision:
    """An act; ``held`` is all that it quotes, in which anchors are looked for, white space single."""

    type: str | None
    outcome: str | None
    makers: Names
    text: str
    held: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class FoundFunding:
    """A sum in the role of money given."""

    sum: Sum
    receivers: Names
    fund: Names
    years: frozenset[Years | None]
    span: Span | None


@dataclass(frozen=True, slots=True)
class FoundInstitution:
    """An institution by all its names, with where it is named first."""

    names: Names
    span: Span | None


@dataclass(frozen=True, slots=True)
class Found:
    """All that one record says; of equal values the first one's place counts."""

    kind: str | None
    text: str
    header: frozenset[HeaderFact]
    decisions: tuple[FoundDecision, ...]
    qualifiers: Mapping[Sum, set[str | None]]
    sums: Mapping[Sum, Span | None]
    years: Mapping[Years, Span | None]
    dates: Mapping[str | None, Span | None]
    institutions: tuple[FoundInstitution, ...]
    fundings: tuple[FoundFunding, ...]
    case_numbers: Mapping[str, str]
    sections: Mapping[str, str]


def found(record: RecordFile) -> Found:
    """The record's values, its references resolved."""
    institutions = {one.id: one for one in record.institutions}
    names = {key: Names(tuple(n for n in (one.name, *one.aliases) if n)) for key, one in institutions.items()}
    qualifiers: dict[Sum, set[str | None]] = {}
    for amount in record.amounts:
        qualifiers.setdefault(_sum(amount), set()).add(amount.qualifier)
    return Found(
        kind=record.kind,
        text=record.text,
        header=_header(record),
        decisions=tuple(_decision(one, record.text, names) for one in record.decisions),
        qualifiers=qualifiers,
        sums=_first((_sum(one), one.span) for one in record.amounts),
        years=_first(((one.start, one.end), one.span) for one in record.years),
        dates=_first((one.value, one.span) for one in record.dates),
        institutions=tuple(
            FoundInstitution(names[key], next((mention.span for mention in one.mentions), None))
            for key, one in institutions.items()
        ),
        fundings=tuple(_fundings(record, names)),
        case_numbers=_written(
            fold, record.case_numbers, (one.case_number for one in record.decisions if one.case_number)
        ),
        sections=_written(digits, record.sections, (one.section for one in record.decisions if one.section)),
    )


def _header(record: RecordFile) -> frozenset[HeaderFact]:
    facts = {
        "language": record.language,
        "published": record.published,
        "municipality": record.municipality,
        "meeting_date": record.meeting.date if record.meeting else None,
    }
    return frozenset((name, value) for name, value in facts.items() if value)


def _decision(one: DecisionRead, text: str, names: Mapping[str, Names]) -> FoundDecision:
    quoted = text[slice(*one.span)] if one.span else ""
    return FoundDecision(
        type=one.type,
        outcome=one.outcome,
        makers=_resolved((one.decision_maker,), names),
        text=one.text,
        held=single_spaced(f"{quoted} {one.text}"),
        span=one.span,
    )


def _fundings(record: RecordFile, names: Mapping[str, Names]) -> Iterator[FoundFunding]:
    ends: dict[str, Years] = {one.id: (one.start, one.end) for one in record.years}
    for amount in record.amounts:
        if amount.role in GIVEN:
            yield FoundFunding(
                sum=_sum(amount),
                receivers=_resolved(amount.recipients or (amount.recipient or None,), names),
                fund=_resolved((amount.fund,), names),
                years=frozenset(ends.get(one) if isinstance(one, str) else one for one in amount.years),
                span=amount.span,
            )


def _sum(amount: AmountRead) -> Sum:
    return sum_of(amount.value, amount.value_max, amount.currency, amount.per)


def _resolved(references: Iterable[str | None], names: Mapping[str, Names]) -> Names:
    """All names of what is referred to; a reference that no id answers to is a name itself."""
    return Names(tuple(name for key in references if key is not None for name in names.get(key, Names((key,))).written))


def _first(pairs: Iterable[tuple[T, Span | None]]) -> dict[T, Span | None]:
    places: dict[T, Span | None] = {}
    for value, span in pairs:
        places.setdefault(value, span)
    return places


def _written(key: Callable[[str], str], *groups: Iterable[str]) -> dict[str, str]:
    """What is compared, each with a way it is written."""
    return {key(one): one for group in groups for one in group}
