"""Changes applied to a record: what somebody accepts becomes what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from pykala.diff.entries import LISTS, references, referring
from pykala.diff.model import Change, Field, Kind, Side
from pykala.diff.needs import alignment_of
from pykala.diff.parts import Parts, added_name
from pykala.errors import PykalaError
from pykala.evaluate.gold import first_of
from pykala.record import Record


class Conflict(PykalaError):
    """A change that does not fit what it is to be applied to."""

    code = "conflict"
    remedy_by_default = "make the diff again and decide anew"


def apply(record: Record, changes: Iterable[Change]) -> Record:
    """A record with changes applied; the pipeline and the address stay.

    Args:
        record: what the changes call the old record.
        changes: of this document; all that they need must be among them.

    Returns:
        A record whose entries are in order of place, with ids that count them.

    Raises:
        Conflict: the record does not say what a change replaces, or a change lacks what it needs.
    """
    chosen = list(changes)
    for change in chosen:
        lacking = set(change.needs) - {one.id for one in chosen}
        if lacking:
            raise _conflict(change, f"needs {', '.join(sorted(lacking))}, which is not among the changes")
    parts = Parts.of(record)
    parts.coming = frozenset(change.side.ref for change in chosen if change.kind is Kind.ADDED)
    for change in sorted(chosen, key=_turn):
        _do(change, parts)
    try:
        return parts.together()
    except ValidationError as error:
        raise Conflict(first_of(error), source=record.source.uri) from error
    except ValueError as error:
        raise Conflict(str(error), source=record.source.uri) from error


def _turn(change: Change) -> int:
    """The text first, since places are those of the new one after it; then additions, since others refer to them."""
    return 0 if change.kind is Kind.SOURCE else 1 if change.kind is Kind.ADDED else 2


def _conflict(change: Change, message: str) -> Conflict:
    facet = f".{change.facet}" if change.facet else ""
    return Conflict(f"{change.id}: {message}", source=change.document, place=f"{change.side.ref}{facet}")


def _do(change: Change, parts: Parts) -> None:
    match change.field:
        case Field.DOCUMENT:
            raise _conflict(change, "a whole document is no change of a record")
        case Field.TEXT:
            _text(change, parts)
        case Field.CASE_NUMBERS | Field.SECTIONS:
            _listed(change, parts.record[change.field.value], change.side.content["number"])
        case Field.WARNINGS:
            _listed(change, parts.warnings[change.kind is Kind.ADDED], change.side.content)
        case Field.PUBLISHER:
            _expect(change, {"publisher": parts.publisher})
            parts.publisher = _resolved(change, parts)["publisher"]
        case Field.MEETING:
            _meeting(change, parts)
        case field if field in LISTS:
            _entry(change, parts)
        case field:
            _expect(change, parts.record)
            parts.record |= _resolved(change, parts)


def _expect(change: Change, held: Mapping[str, Any]) -> None:
    """Refuse a change whose old side is not what is there."""
    for key, value in (change.old.content if change.old else {}).items():
        if key not in held or held[key] != value:
            raise _conflict(change, f"{key} is {held.get(key)!r} where the change replaces {value!r}")


def _resolved(change: Change, parts: Parts) -> dict[str, Any]:
    """The new content, its references in the names of the parts."""
    content = change.new.content if change.new else {}
    names = {new: old for old, new in change.same}
    for ref in references(content):
        if ref not in names and ref in parts.coming:
            names[ref] = added_name(ref)
    return referring(content, names)


def _text(change: Change, parts: Parts) -> None:
    """The text and all that goes with it."""
    old, new = _both(change)
    text, source = parts.record["text"], parts.record["source"]
    if (source["sha256"], len(text)) != (old.content["sha256"], old.content["length"]):
        raise _conflict(change, "the document is another than the one that the change was made from")
    pieces, at = list[str](), 0
    for before, after in zip(old.content["stretches"], new.content["stretches"], strict=True):
        start, end = before["span"]
        if text[start:end] != before["text"]:
            raise _conflict(change, f"characters {start}–{end} are not {before['text']!r}")
        pieces += [text[at:start], after["text"]]
        at = end
    parts.texts = alignment_of(change)
    parts.record |= {"text": "".join([*pieces, text[at:]]), "id": new.content["id"], "places": new.content["places"]}
    source |= {key: new.content[key] for key in ("sha256", "bytes", "media_type", "retrieved_at")}


def _listed(change: Change, held: list[Any], value: object) -> None:
    """Case numbers, sections and warnings: one comes or goes."""
    if change.kind is Kind.ADDED:
        held.append(value)
    elif value in held:
        held.remove(value)
    else:
        raise _conflict(change, f"{change.side.shown!r} is not there")


def _meeting(change: Change, parts: Parts) -> None:
    held = parts.record["meeting"]
    if (change.old is None) != (held is None):
        raise _conflict(change, "the meeting is another than the one that the change was made from")
    _expect(change, held or {})
    parts.record["meeting"] = {**(held or {}), **change.new.content} if change.new else None


def _entry(change: Change, parts: Parts) -> None:
    if change.old is None:
        parts.add(change.field, added_name(change.side.ref), _resolved(change, parts))
        return
    held = parts.entries[change.field].get(change.old.ref)
    if held is None:
        raise _conflict(change, f"there is no {change.old.ref}")
    _expect(change, held.first)
    if change.new is None:
        del parts.entries[change.field][change.old.ref]
    else:
        held.write(_resolved(change, parts))


def _both(change: Change) -> Sequence[Side]:
    if change.old is None or change.new is None:
        raise _conflict(change, "it has only one side")
    return change.old, change.new
