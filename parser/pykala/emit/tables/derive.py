"""The rows that one record gives in each table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pykala.emit.encoded import Encoded
from pykala.emit.tables.layout import DIGITS, PLACES
from pykala.record import AmountEntry, Decision, Institution, Quoted, Record, YearsEntry

Value = str | int | Decimal | None
Row = dict[str, Value]

FUNDING_ROLES: Final = frozenset({"granted", "committed"})
"""Roles of sums that a decision itself gives."""

_NUL: Final = "\x00"  # no database and few programs take it; the record itself has it escaped
_MOST: Final = Decimal(10) ** (DIGITS - PLACES)


@dataclass(frozen=True, slots=True)
class _Known:
    """One record, with what its ids stand for."""

    record: Record
    institutions: Mapping[str, Institution]
    decisions: Mapping[str, Decision]
    years: Mapping[str, YearsEntry]

    def name(self, key: str | None) -> str | None:
        return None if key is None else self.institutions[key].name


def rows_of(encoded: Encoded) -> Iterator[tuple[str, Row]]:
    """Every row of a record with its table's name; rows of one table in the record's order.

    Text holds no NUL character: U+FFFD stands for it. A number that does not fit the tables' decimals is null there; the
    ``record`` of its bulletin has it.
    """
    record = encoded.decoded()
    known = _Known(
        record,
        institutions={one.id: one for one in record.institutions},
        decisions={one.id: one for one in record.decisions},
        years={one.id: one for one in record.years},
    )
    yield "bulletins", _bulletin(known, encoded.line.decode())
    for table, row in _children(known):
        yield table, _cleaned({"bulletin": record.id, **row})


def _children(known: _Known) -> Iterator[tuple[str, Row]]:
    record = known.record
    for position, number in enumerate(record.case_numbers):
        yield "case_numbers", {"position": position, "case_number": number}
    for position, section in enumerate(record.sections):
        yield "sections", {"position": position, "section": section}
    for position, institution in enumerate(record.institutions):
        yield from _institution(position, institution)
    for position, decision in enumerate(record.decisions):
        yield from _decision(position, decision, known)
    for position, years in enumerate(record.years):
        row: Row = {"id": years.id, "position": position, "decision": years.decision}
        yield "years", row | {"first_year": years.start, "last_year": years.end} | _quote(years, years.rule)
    for position, date in enumerate(record.dates):
        row = {"id": date.id, "position": position, "decision": date.decision, "value": date.value}
        yield "dates", row | _quote(date, date.rule)
    for position, amount in enumerate(record.amounts):
        yield from _amount(position, amount)
        if amount.role in FUNDING_ROLES:
            yield from _fundings(amount, known)
    for position, warning in enumerate(record.warnings):
        start, end = warning.span or (None, None)
        row = {"position": position, "code": warning.code, "message": warning.message}
        yield "warnings", row | {"span_start": start, "span_end": end}


def _bulletin(known: _Known, line: str) -> Row:
    record, source, pipeline = known.record, known.record.source, known.record.pipeline
    municipality, meeting = record.municipality, record.meeting
    row: Row = {
        "id": record.id,
        "schema_version": record.schema_version,
        "uri": source.uri,
        "media_type": source.media_type,
        "sha256": source.sha256,
        "bytes": source.bytes,
        "retrieved_at": source.retrieved_at,
        "pipeline_version": pipeline.version,
        "pipeline_rules": pipeline.rules,
        "pipeline_model": pipeline.model,
        "kind": record.kind,
        "language": record.language,
        "title": record.title,
        "published": record.published,
        "municipality": municipality.name if municipality else None,
        "municipality_code": municipality.code if municipality else None,
        "publisher_name": known.name(record.publisher),
        "meeting_body": meeting.body if meeting else None,
        "meeting_date": meeting.date if meeting else None,
        "meeting_number": meeting.number if meeting else None,
        "meeting_place": meeting.place if meeting else None,
        "text": record.text,
        "record": line,
    }
    return _cleaned(row)


def _institution(position: int, one: Institution) -> Iterator[tuple[str, Row]]:
    business_id = one.identifiers.get("business_id")
    row: Row = {"id": one.id, "position": position, "name": one.name, "kind": one.kind, "business_id": business_id}
    yield "institutions", row
    for number, alias in enumerate(one.aliases):
        yield "institution_aliases", {"institution": one.id, "position": number, "alias": alias}
    for number, mention in enumerate(one.mentions):
        row = {"institution": one.id, "position": number}
        yield "institution_mentions", row | _quote(mention, mention.rule)


def _decision(position: int, one: Decision, known: _Known) -> Iterator[tuple[str, Row]]:
    votes = one.votes
    row: Row = {
        "id": one.id,
        "position": position,
        "type": one.type,
        "outcome": one.outcome,
        "decision_maker": one.decision_maker,
        "decision_maker_name": known.name(one.decision_maker),
        "officer": one.officer,
        "presenter": one.presenter,
        "title": one.title,
        "section": one.section,
        "case_number": one.case_number,
        "verb": one.verb.text,
        "votes_yes": votes.yes if votes else None,
        "votes_no": votes.no if votes else None,
        "votes_empty": votes.empty if votes else None,
        "votes_absent": votes.absent if votes else None,
    }
    yield "decisions", row | _quote(one, one.rule)
    for number, link in enumerate(one.institutions):
        row = {"decision": one.id, "position": number, "institution": link.id, "role": link.role}
        yield "decision_institutions", row


def _amount(position: int, one: AmountEntry) -> Iterator[tuple[str, Row]]:
    row: Row = {
        "id": one.id,
        "position": position,
        "decision": one.decision,
        **_money(one),
        "payer": one.payer,
        "fund": one.fund,
        "purpose": one.purpose.text if one.purpose else None,
        "derived_total": _number(one.derived_total),
    }
    yield "amounts", row | _quote(one, one.rule)
    for number, key in enumerate(one.recipients):
        yield "amount_recipients", {"amount": one.id, "position": number, "institution": key}
    for number, key in enumerate(one.years):
        yield "amount_years", {"amount": one.id, "position": number, "years": key}


def _fundings(one: AmountEntry, known: _Known) -> Iterator[tuple[str, Row]]:
    """A row for each recipient of the sum, or one without; each says how many share the sum."""
    record = known.record
    decision = known.decisions[one.decision] if one.decision else None
    years = [known.years[key] for key in one.years]
    for number, recipient in enumerate(one.recipients or (None,)):
        row: Row = {
            "amount": one.id,
            "position": number,
            "decision": one.decision,
            "recipient": recipient,
            "recipient_name": known.name(recipient),
            "shared_by": len(one.recipients),
            **_money(one),
            "fund": one.fund,
            "fund_name": known.name(one.fund),
            "payer": one.payer,
            "payer_name": known.name(one.payer),
            "decision_maker_name": known.name(decision.decision_maker) if decision else None,
            "first_year": min((year.start for year in years), default=None),
            "last_year": max((year.end for year in years), default=None),
            "section": decision.section if decision else None,
            "case_number": decision.case_number if decision else None,
            "municipality": record.municipality.name if record.municipality else None,
            "municipality_code": record.municipality.code if record.municipality else None,
            "meeting_date": record.meeting.date if record.meeting else None,
            "published": record.published,
            "text": one.text,
        }
        yield "fundings", row


def _money(one: AmountEntry) -> Row:
    """What the tables of all sums and of fundings say alike."""
    return {
        "value": _number(one.value),
        "value_max": _number(one.value_max),
        "currency": one.currency,
        "per": one.per,
        "qualifier": one.qualifier,
        "role": one.role,
    }


def _quote(quoted: Quoted, rule: str) -> Row:
    return {"text": quoted.text, "span_start": quoted.span[0], "span_end": quoted.span[1], "rule": rule}


def _number(written: str | None) -> Decimal | None:
    """The number, where a decimal column can hold it."""
    if written is None:
        return None
    number = Decimal(written)
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and exponent >= -PLACES and abs(number) < _MOST else None


def _cleaned(row: Row) -> Row:
    return {key: value.replace(_NUL, "\ufffd") if isinstance(value, str) else value for key, value in row.items()}
