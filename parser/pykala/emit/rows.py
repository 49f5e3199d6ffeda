"""Decisions as flat rows that stand by themselves: names and values instead of ids."""

from __future__ import annotations

from dataclasses import dataclass

from pykala.record import AmountEntry, AmountRow, Decision, DecisionRow, Institution, InstitutionRow, Record


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ids of one record stand for."""

    amounts: dict[str, AmountEntry]
    years: dict[str, tuple[int, int]]
    dates: dict[str, str]
    institutions: dict[str, Institution]

    def name(self, key: str | None) -> str | None:
        return None if key is None else self.institutions[key].name


def decision_rows(record: Record) -> tuple[DecisionRow, ...]:
    """Every decision of the record as a row, in the record's order."""
    known = _Known(
        amounts={entry.id: entry for entry in record.amounts},
        years={entry.id: (entry.start, entry.end) for entry in record.years},
        dates={entry.id: entry.value for entry in record.dates},
        institutions={entry.id: entry for entry in record.institutions},
    )
    return tuple(_row(record, decision, known) for decision in record.decisions)


def _row(record: Record, decision: Decision, known: _Known) -> DecisionRow:
    municipality, meeting = record.municipality, record.meeting
    return DecisionRow(
        id=decision.id,
        bulletin=record.id,
        uri=record.source.uri,
        language=record.language,
        municipality=municipality.name if municipality else None,
        municipality_code=municipality.code if municipality else None,
        body=meeting.body if meeting else None,
        meeting_date=meeting.date if meeting else None,
        published=record.published,
        type=decision.type,
        outcome=decision.outcome,
        decision_maker=known.name(decision.decision_maker),
        officer=decision.officer,
        presenter=decision.presenter,
        title=decision.title,
        section=decision.section,
        case_number=decision.case_number,
        text=decision.text,
        span=decision.span,
        rule=decision.rule,
        amounts=tuple(_amount(known.amounts[key], known) for key in decision.amounts),
        years=tuple(known.years[key] for key in decision.years),
        dates=tuple(known.dates[key] for key in decision.dates),
        institutions=tuple(
            InstitutionRow(name=entry.name, kind=entry.kind, role=link.role)
            for link in decision.institutions
            for entry in (known.institutions[link.id],)
        ),
        votes=decision.votes,
    )


def _amount(entry: AmountEntry, known: _Known) -> AmountRow:
    return AmountRow(
        value=entry.value,
        value_max=entry.value_max,
        currency=entry.currency,
        per=entry.per,
        qualifier=entry.qualifier,
        role=entry.role,
        recipients=tuple(known.institutions[key].name for key in entry.recipients),
        fund=known.name(entry.fund),
        years=tuple(known.years[key] for key in entry.years),
        text=entry.text,
        span=entry.span,
    )
