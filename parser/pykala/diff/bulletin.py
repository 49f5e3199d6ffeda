"""What differs in a bulletin as a whole: what it says of itself, its text, its warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pykala.diff.alignment import Alignment
from pykala.diff.draft import Draft
from pykala.diff.entries import Portrait
from pykala.diff.facets import Lens
from pykala.diff.model import Field, Kind, Side
from pykala.diff.sides import NOTHING, fact
from pykala.record import Record, Span, WarningEntry

_PLAIN_FACTS: Final = {
    Field.KIND: Kind.ROLE,
    Field.LANGUAGE: Kind.VALUE,
    Field.TITLE: Kind.VALUE,
    Field.PUBLISHED: Kind.VALUE,
}
_MEETING: Final = ("body", "date", "number", "place")


def bulletin_changes(old: Portrait, new: Portrait, texts: Alignment, lens: Lens) -> Iterator[Draft]:
    """Every difference outside the lists of entries.

    Args:
        old: the old record.
        new: the new one.
        texts: how the old text lies on the new one.
        lens: how the old record looks from the new one.
    """
    yield from _source(old.record, new.record, texts)
    for field, kind in _PLAIN_FACTS.items():
        yield from _fact(old.record, new.record, field, kind)
    yield from _municipality(old.record, new.record)
    yield from _publisher(old, new, lens)
    yield from _meeting(old.record, new.record)
    for field in (Field.CASE_NUMBERS, Field.SECTIONS):
        yield from _numbers(old.record, new.record, field)
    yield from _warnings(old.record, new.record, lens)


def _fact(old: Record, new: Record, field: Field, kind: Kind) -> Iterator[Draft]:
    before, after = (getattr(record, field.value) for record in (old, new))
    if before != after:
        yield Draft(
            kind, field, None, _single(old, field, field.value, before), _single(new, field, field.value, after)
        )


def _single(record: Record, field: Field, key: str, value: str | None) -> Side:
    return fact(record, field, NOTHING if value is None else value, {key: value})


def _municipality(old: Record, new: Record) -> Iterator[Draft]:
    if old.municipality != new.municipality:
        yield Draft(Kind.VALUE, Field.MUNICIPALITY, None, _town(old), _town(new))


def _town(record: Record) -> Side:
    town = record.municipality
    shown = f"{town.name} ({town.code})" if town else NOTHING
    return fact(record, Field.MUNICIPALITY, shown, {"municipality": town.model_dump() if town else None})


def _publisher(old: Portrait, new: Portrait, lens: Lens) -> Iterator[Draft]:
    before, after = _publisher_of(old), _publisher_of(new)
    if (lens.name(before) if before else None) == after:
        return
    same = {(ref, other) for ref, other in lens.names.items() if ref != other and (ref == before or other == after)}
    sides = _publishing(old, before), _publishing(new, after)
    yield Draft(Kind.LINK, Field.PUBLISHER, None, *sides, tuple(sorted(same)))


def _publishing(of: Portrait, ref: str | None) -> Side:
    return fact(of.record, Field.PUBLISHER, of.label[ref] if ref else NOTHING, {"publisher": ref})


def _publisher_of(of: Portrait) -> str | None:
    return of.refs[of.record.publisher] if of.record.publisher else None


def _meeting(old: Record, new: Record) -> Iterator[Draft]:
    if old.meeting and new.meeting:
        for key in _MEETING:
            before, after = getattr(old.meeting, key), getattr(new.meeting, key)
            if before != after:
                sides = _single(old, Field.MEETING, key, before), _single(new, Field.MEETING, key, after)
                yield Draft(Kind.VALUE, Field.MEETING, key, *sides)
    elif old.meeting or new.meeting:
        yield _one_sided(Kind.REMOVED if old.meeting else Kind.ADDED, Field.MEETING, _whole_meeting(old, new))


def _whole_meeting(old: Record, new: Record) -> Side:
    record = old if old.meeting else new
    said: dict[str, Any] = record.meeting.model_dump() if record.meeting else {}
    shown = ", ".join(f"{key} {value}" for key, value in said.items() if value)
    return fact(record, Field.MEETING, shown or NOTHING, said)


def _numbers(old: Record, new: Record, field: Field) -> Iterator[Draft]:
    """Case numbers or sections that only one record has."""
    before, after = (Counter(getattr(record, field.value)) for record in (old, new))
    for kind, record, left in ((Kind.REMOVED, old, before - after), (Kind.ADDED, new, after - before)):
        for number in sorted(left):
            place = record.text.find(number)
            span = (place, place + len(number)) if place >= 0 and number else None
            side = fact(record, field, number, {"number": number}, span=span, ref=f"{field.value}/{number}")
            yield _one_sided(kind, field, side)


def _one_sided(kind: Kind, field: Field, side: Side) -> Draft:
    return Draft(kind, field, None, None if kind is Kind.ADDED else side, side if kind is Kind.ADDED else None)


def _warnings(old: Record, new: Record, lens: Lens) -> Iterator[Draft]:
    """Warnings that only one record gives."""
    there: Counter[tuple[object, ...]] = Counter((one.code, one.message, one.span) for one in new.warnings)
    for one in old.warnings:
        key = (one.code, one.message, lens.span(one.span) if one.span else None)
        if there[key]:
            there[key] -= 1
        else:
            yield _one_sided(Kind.REMOVED, Field.WARNINGS, _warning(old, one))
    for one in new.warnings:
        key = (one.code, one.message, one.span)
        if there[key]:
            there[key] -= 1
            yield _one_sided(Kind.ADDED, Field.WARNINGS, _warning(new, one))


def _warning(record: Record, one: WarningEntry) -> Side:
    at = f"@{one.span[0]}" if one.span else ""
    ref = f"{Field.WARNINGS.value}/{one.code}{at}"
    return fact(
        record, Field.WARNINGS, f"{one.code}: {one.message}", one.model_dump(mode="json"), span=one.span, ref=ref
    )


# ---------------------------------------------------------------- the document itself


def _source(old: Record, new: Record, texts: Alignment) -> Iterator[Draft]:
    """The text, the bytes, and the way from the one to the other."""
    if old.text != new.text or _document(old) != _document(new):
        facet = None if texts.hunks else "bytes"
        here = [(hunk.start, hunk.end) for hunk in texts.hunks]
        there = [(hunk.new_start, hunk.new_end) for hunk in texts.hunks]
        yield Draft(Kind.SOURCE, Field.TEXT, facet, _text(old, here), _text(new, there))
    elif old.places != new.places:
        yield Draft(Kind.MOVED, Field.PLACES, None, _way_back(old), _way_back(new))


def _way_back(record: Record) -> Side:
    return fact(record, Field.PLACES, f"{len(record.places)} places", {"places": _places(record)})


def _document(record: Record) -> dict[str, Any]:
    source = record.source
    return {"id": record.id, "sha256": source.sha256, "bytes": source.bytes, "media_type": source.media_type}


def _text(record: Record, spans: Sequence[Span]) -> Side:
    """The stretches of a text that the other does not have, with what else goes with another text."""
    words = [" ".join(record.text[slice(*span)].split()) or NOTHING for span in spans[:3]]
    shown = " … ".join(words) + (f" … and {len(spans) - 3} more" if len(spans) > 3 else "")
    content = {
        **_document(record),
        "retrieved_at": record.source.retrieved_at,
        "length": len(record.text),
        "stretches": [{"span": list(span), "text": record.text[slice(*span)]} for span in spans],
        "places": _places(record),
    }
    shown = shown or f"{record.source.bytes} bytes, {record.source.sha256[:12]}"
    return fact(record, Field.TEXT, shown, content, span=spans[0] if spans else None)


def _places(record: Record) -> list[dict[str, Any]]:
    return [place.model_dump(mode="json") for place in record.places]
