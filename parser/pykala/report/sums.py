"""Every sum that a record says is granted or committed, flat, with the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pykala.record import AmountEntry, Decision, Record

GIVEN_ROLES: Final = frozenset({"granted", "committed"})
_AROUND: Final = 110  # characters of text shown on each side of a figure


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a bulletin with some of the text around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum of money in the role of money given, with what its bulletin says of it.

    Attributes:
        reading: number of the bulletin among those read, from 0.
        bulletin: id of the bulletin, the same for the same bytes.
        publisher: whose bulletin it is; see :func:`publisher_of`.
        decided: EDTF of the meeting, or of publication where no meeting is told.
        decision: id of the decision in its bulletin.
        act: type of that decision.
        body: who decided: the body, else the office holder, else the body that met.
        years: first and last year of each span that it is for, sorted.
        quote: its words.
    """

    reading: int
    bulletin: str
    uri: str
    title: str | None
    publisher: str
    decided: str | None
    body: str | None
    decision: str | None
    act: str | None
    case_number: str | None
    section: str | None
    id: str
    rule: str
    value: Decimal
    value_max: Decimal | None
    currency: str
    per: str | None
    qualifier: str
    role: str
    recipients: tuple[str, ...]
    fund: str | None
    years: tuple[tuple[int, int], ...]
    quote: Quote


def sums(records: Iterable[Record]) -> Iterator[Sum]:
    """Every sum granted or committed, in the order of the records and of their text."""
    for reading, record in enumerate(records):
        yield from of_record(record, reading)


def of_record(record: Record, reading: int) -> Iterator[Sum]:
    """The sums of one record; see :func:`sums`."""
    names = {institution.id: institution.name for institution in record.institutions}
    years = {entry.id: (entry.start, entry.end) for entry in record.years}
    decisions = {decision.id: decision for decision in record.decisions}
    for amount in record.amounts:
        if amount.role not in GIVEN_ROLES:
            continue
        decision = decisions.get(amount.decision or "")
        yield Sum(
            reading=reading,
            bulletin=record.id,
            uri=record.source.uri,
            title=record.title,
            publisher=publisher_of(record),
            decided=day_of(record),
            body=body_of(record, decision, names),
            decision=decision.id if decision else None,
            act=decision.type if decision else None,
            case_number=decision.case_number if decision else None,
            section=decision.section if decision else None,
            id=amount.id,
            rule=amount.rule,
            value=Decimal(amount.value),
            value_max=Decimal(amount.value_max) if amount.value_max else None,
            currency=amount.currency,
            per=amount.per,
            qualifier=amount.qualifier,
            role=amount.role,
            recipients=tuple(sorted(names[one] for one in amount.recipients)),
            fund=names[amount.fund] if amount.fund else None,
            years=tuple(sorted(years[one] for one in amount.years)),
            quote=_quote(record, amount),
        )


def day_of(record: Record) -> str | None:
    """EDTF of the meeting, or of publication where no meeting is told."""
    return (record.meeting.date if record.meeting else None) or record.published


def publisher_of(record: Record) -> str:
    """Whose bulletin it is, so that boards of one name in two places are never added up.

    The municipality; else the wellbeing county or the joint authority, where the bulletin names no more than one; else
    the bulletin's own address.
    """
    if record.municipality:
        return record.municipality.name
    for kind in ("wellbeing_county", "joint_authority"):
        named = [institution.name for institution in record.institutions if institution.kind == kind]
        if len(named) == 1:
            return named[0]
    return record.source.uri


def body_of(record: Record, decision: Decision | None, names: dict[str, str]) -> str | None:
    """Who decided: the body that the decision names, else the office holder, else the body that met."""
    if decision and decision.decision_maker:
        return names[decision.decision_maker]
    if decision and decision.officer:
        return decision.officer
    return record.meeting.body if record.meeting else None


def _quote(record: Record, amount: AmountEntry) -> Quote:
    start, end = amount.span
    before = " ".join(record.text[max(0, start - _AROUND) : start].split())
    after = " ".join(record.text[end : end + _AROUND].split())
    return Quote(_from_word(before) if start > _AROUND else before, amount.text, after)


def _from_word(text: str) -> str:
    """The text from its first whole word on."""
    cut = text.partition(" ")
    return cut[2] or text
