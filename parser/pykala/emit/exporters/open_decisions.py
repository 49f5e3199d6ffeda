"""The Open Decisions API of the six largest cities (6aika, *paatos*): organizations, posts, events, cases and actions.

Its fields as the API gives them, with ``origin_id`` instead of its own numbers and addresses; sums have no place in it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any, Final

from pykala.emit.exporters.naming import address, organizer, shortened, urn
from pykala.record import Decision, Record

DATA_SOURCE: Final = "pykala"
_LONGEST: Final = 255  # characters of a title or a name

Node = dict[str, Any]


def export(record: Record) -> Iterator[Node]:
    """The bulletin as one document of the API's collections."""
    yield {
        "organizations": _organizations(record),
        "posts": _posts(record),
        "events": _events(record),
        "cases": _cases(record),
        "actions": [_action(record, number, one) for number, one in enumerate(record.decisions, 1)],
    }


def _organizations(record: Record) -> list[Node]:
    event = [urn(record, "meeting")] if record.meeting else []
    held = organizer(record)
    return [
        _model(
            urn(record, one.id),
            classification=one.kind,
            name=shortened(one.name, _LONGEST),
            founding_date=None,
            dissolution_date=None,
            parent=None,
            events=event if urn(record, one.id) == held else [],
            posts=[],
        )
        for one in record.institutions
    ]


def _posts(record: Record) -> list[Node]:
    """The offices whose holders decided."""
    organization = urn(record, record.publisher) if record.publisher else None
    return [
        _model(_post(record, label), label=shortened(label, _LONGEST), organization=organization)
        for label in dict.fromkeys(one.officer for one in record.decisions if one.officer)
    ]


def _events(record: Record) -> list[Node]:
    meeting = record.meeting
    if meeting is None:
        return []
    name = " ".join(part for part in (meeting.body, meeting.number) if part) or record.title or ""
    return [
        _model(
            urn(record, "meeting"),
            name=shortened(name, _LONGEST),
            organization=organizer(record),
            post=None,
            start_date=meeting.date,
            end_date=None,
        )
    ]


def _cases(record: Record) -> list[Node]:
    """The matters by their register numbers, those of the bulletin and those of its decisions."""
    titles: dict[str, str | None] = dict.fromkeys(record.case_numbers)
    for one in record.decisions:
        if one.case_number and not titles.get(one.case_number):
            titles[one.case_number] = one.title
    return [
        _model(
            number,
            title=shortened(title or number, _LONGEST),
            register_id=number,
            function=None,
            geometries=[],
            attachments=[],
            actions=[urn(record, one.id) for one in record.decisions if one.case_number == number],
        )
        for number, title in titles.items()
    ]


def _action(record: Record, number: int, one: Decision) -> Node:
    content = _model(
        urn(record, f"{one.id}:content"),
        ordering=1,
        title="",
        type="decision",
        hypertext="".join(f"<p>{html.escape(line)}</p>" for line in one.text.splitlines() if line.strip()),
    )
    return _model(
        urn(record, one.id),
        title=shortened(one.title or one.text, _LONGEST),
        case=one.case_number,
        ordering=number,
        article_number=one.section or "",
        resolution=one.type,
        post=_post(record, one.officer) if one.officer else None,
        event=urn(record, "meeting") if record.meeting else None,
        date=record.meeting.date if record.meeting else None,
        contents=[content],
        attachments=_attachments(record, one),
    )


def _attachments(record: Record, one: Decision) -> list[Node]:
    """The bulletin itself, where it has an address."""
    url = address(record)
    if url is None:
        return []
    key = urn(record, f"{one.id}:bulletin")
    name = shortened(record.title or "", _LONGEST)
    return [_model(key, name=name, url=url, number=1, public=True, confidentiality_reason="")]


def _post(record: Record, label: str) -> str:
    return urn(record, f"post:{'-'.join(label.casefold().split())}")


def _model(origin_id: str, **fields: object) -> Node:
    """An object with what all objects of the API have."""
    return {"data_source": DATA_SOURCE, "origin_id": origin_id, **fields}
