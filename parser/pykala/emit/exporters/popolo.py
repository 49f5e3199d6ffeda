"""Popolo (popoloproject.com): organizations, the meeting as an event, each decision as a motion, counted votes as vote events.

Popolo has no place for money: sums stay with the other forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from pykala.emit.exporters.naming import address, organizer, urn
from pykala.record import Decision, Institution, Record, Votes

_RESULTS: Final = {"denied": "fail", "rejected": "fail"} | dict.fromkeys(("tabled", "returned", "withdrawn"), None)
_DAY: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")

Node = dict[str, Any]


def export(record: Record) -> Iterator[Node]:
    """The bulletin as one document of Popolo's collections."""
    yield {
        "areas": _areas(record),
        "organizations": [_organization(record, one) for one in record.institutions],
        "events": _events(record),
        "motions": [_motion(record, one) for one in record.decisions],
        "vote_events": [_vote_event(record, one, one.votes) for one in record.decisions if one.votes],
    }


def _areas(record: Record) -> list[Node]:
    if record.municipality is None:
        return []
    name, code = record.municipality.name, record.municipality.code
    return [{"id": urn(record, "area"), "name": name, "identifier": code, "classification": "municipality"}]


def _organization(record: Record, one: Institution) -> Node:
    area = urn(record, "area") if record.municipality and one.id == record.publisher else None
    return {
        "id": urn(record, one.id),
        "name": one.name,
        "classification": one.kind,
        "other_names": [{"name": alias} for alias in one.aliases],
        "identifiers": [{"scheme": scheme, "identifier": value} for scheme, value in one.identifiers.items()],
        "area_id": area,
        "sources": _sources(record),
    }


def _events(record: Record) -> list[Node]:
    meeting = record.meeting
    if meeting is None:
        return []
    return [
        {
            "id": urn(record, "meeting"),
            "name": " ".join(part for part in (meeting.body, meeting.number) if part) or record.title,
            "classification": "meeting",
            "start_date": _day(meeting.date),
            "location": meeting.place,
            "organization_id": organizer(record),
            "sources": _sources(record),
        }
    ]


def _motion(record: Record, one: Decision) -> Node:
    return {
        "id": urn(record, one.id),
        "organization_id": urn(record, one.decision_maker) if one.decision_maker else None,
        "legislative_session_id": urn(record, "meeting") if record.meeting else None,
        "text": one.text,
        "classification": one.type,
        "date": _day(record.meeting.date) if record.meeting else None,
        "result": _RESULTS.get(one.type, "pass"),
        "sources": _sources(record),
    }


def _vote_event(record: Record, one: Decision, votes: Votes) -> Node:
    counts = {"yes": votes.yes, "no": votes.no, "abstain": votes.empty, "absent": votes.absent}
    return {
        "id": urn(record, f"{one.id}:vote"),
        "organization_id": urn(record, one.decision_maker) if one.decision_maker else None,
        "legislative_session_id": urn(record, "meeting") if record.meeting else None,
        "motion_id": urn(record, one.id),
        "start_date": _day(record.meeting.date) if record.meeting else None,
        "counts": [{"option": option, "value": value} for option, value in counts.items() if value is not None],
        "sources": _sources(record),
    }


def _day(date: str | None) -> str | None:
    """A day or what is known of it; an interval is none."""
    return date if date and _DAY.fullmatch(date) else None


def _sources(record: Record) -> list[Node]:
    url = address(record)
    return [{"url": url, "note": record.title}] if url else []
