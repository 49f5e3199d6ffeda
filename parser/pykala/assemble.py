"""Linked → Record: ids, exact quotes, and nothing that depends on a clock or on the order of workers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from pydantic import ValidationError

from pykala import rules
from pykala.errors import RecordError
from pykala.model import Decision, DocumentKind, Entity, Header, Linked, Mention, Money, Warning_
from pykala.record import Record, decimal_string

Fields = dict[str, object]
"""What one entry of a record holds. Entries are checked with the whole record, in one go, because there are many."""


def assemble(linked: Linked, *, model: str | None = None) -> Record:
    """Write down all that was read and tied.

    Args:
        linked: the document with its findings and links.
        model: the language model that took part, if any.

    Raises:
        RecordError: a value breaks the schema, or a quote is not what its span holds.
    """
    try:
        return Record.model_validate(_record(linked, model))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(p) for p in first["loc"])
        raise RecordError(first["msg"], source=linked.document.bulletin.source.uri, place=place) from error


def _record(linked: Linked, model: str | None) -> Fields:
    document, header = linked.document, linked.document.header
    source = document.bulletin.source
    ids = {e.key: f"institution-{i}" for i, e in enumerate(linked.entities, 1)}
    return {
        "id": bulletin_id(source.sha256),
        "source": {"uri": source.uri, "media_type": source.media_type, "sha256": source.sha256, "bytes": source.size},
        "pipeline": {"version": _version(), "rules": rules.fingerprint(), "model": model},
        "kind": document.kind.value,
        "language": document.bulletin.language,
        "title": header.title,
        "published": header.published,
        "municipality": _municipality(header),
        "publisher": ids.get(linked.publisher) if linked.publisher else None,
        "meeting": _meeting(header, document.kind),
        "case_numbers": _case_numbers(linked),
        "sections": _sections(linked),
        "text": document.text,
        "decisions": [_decision(linked, i, d, ids) for i, d in enumerate(linked.decisions)],
        "amounts": [_amount(linked, i, m, ids) for i, m in enumerate(linked.money, 1)],
        "years": _years(linked),
        "dates": _dates(linked),
        "institutions": [_institution(linked, e, ids) for e in linked.entities],
        "places": _places(linked),
        "warnings": [_warning(w) for w in _warnings(linked)],
    }


def bulletin_id(sha256: str) -> str:
    """The id of a bulletin, from its bytes alone."""
    return f"bulletin-{sha256[:16]}"


def _quote(linked: Linked, mention: Mention) -> Fields:
    """The rule that read a mention, and its exact words."""
    held = linked.document.text[mention.start : mention.end]
    if held != mention.text:
        raise RecordError(
            f"rule {mention.rule} quotes {mention.text!r} where the text holds {held!r}",
            source=linked.document.bulletin.source.uri,
            place=f"characters {mention.start}–{mention.end}",
        )
    return {"rule": mention.rule, "text": mention.text, "span": (mention.start, mention.end)}


def _words(linked: Linked, span: tuple[int, int]) -> Fields:
    return {"text": linked.document.text[span[0] : span[1]], "span": span}


# ---------------------------------------------------------------- the bulletin


def _municipality(header: Header) -> Fields | None:
    if header.municipality is None:
        return None
    return {"name": header.municipality, "code": _codes().get(header.municipality)}


@cache
def _version() -> str:
    return version("pykala")


@cache
def _codes() -> Mapping[str, str]:
    return {row["name"]: row["id"] for row in rules.load("municipalities")["municipality"]}


def _meeting(header: Header, kind: DocumentKind) -> Fields | None:
    if not any((header.body, header.meeting_date, header.meeting_number, header.meeting_place)):
        return None
    if kind in (DocumentKind.RELEASE, DocumentKind.PREVIEW) and not header.meeting_date and not header.body:
        return None
    return {
        "body": header.body,
        "date": header.meeting_date,
        "number": header.meeting_number,
        "place": header.meeting_place,
    }


def _case_numbers(linked: Linked) -> tuple[str, ...]:
    text = linked.document.text
    found = [" ".join(text[a:b].split()) for item in linked.document.items for a, b in item.case_numbers]
    if not found:
        found = [f.value for f in linked.document.bulletin.facts if f.name == "case_number"]
    return tuple(dict.fromkeys(re.sub(r"\s*/\s*", "/", c) if "/" in c else c for c in found))


def _sections(linked: Linked) -> tuple[str, ...]:
    text = linked.document.text
    found = [text[item.section[0] : item.section[1]] for item in linked.document.items if item.section]
    if not found:
        found = [f.value for f in linked.document.bulletin.facts if f.name == "section"]
    return tuple(dict.fromkeys(f"§ {s.strip('§ ')}" for s in found))


def _places(linked: Linked) -> list[Fields]:
    return [
        {
            "span": (b.start, b.end),
            "path": b.origin.path,
            "page": b.origin.page,
            "box": b.origin.box,
            "line": b.origin.line,
        }
        for b in linked.document.bulletin.blocks
    ]


def _warnings(linked: Linked) -> tuple[Warning_, ...]:
    document = linked.document
    own: list[Warning_] = []
    if not linked.decisions and document.kind not in (DocumentKind.AGENDA, DocumentKind.PREVIEW):
        own.append(Warning_("no-decision", "nothing in the bulletin was read as a decision"))
    if document.kind is DocumentKind.AGENDA:
        own.append(Warning_("agenda", "an agenda or a proposal: nothing is decided yet"))
    return (*document.bulletin.warnings, *document.warnings, *linked.findings.warnings, *linked.warnings, *own)


def _warning(warning: Warning_) -> Fields:
    span = (warning.start, warning.end) if warning.start is not None and warning.end is not None else None
    return {"code": warning.code, "message": warning.message, "span": span}


# ---------------------------------------------------------------- the values


def _decision_id(index: int | None) -> str | None:
    return f"decision-{index + 1}" if index is not None else None


def _owned(kind: str, owners: tuple[int | None, ...], index: int) -> list[str]:
    return [f"{kind}-{i}" for i, owner in enumerate(owners, 1) if owner == index]


def _years(linked: Linked) -> list[Fields]:
    owned = zip(linked.findings.years, linked.year_decisions, strict=True)
    return [
        {
            "id": f"years-{number}",
            "start": years.first,
            "end": years.last,
            "decision": _decision_id(owner),
            **_quote(linked, years),
        }
        for number, (years, owner) in enumerate(owned, 1)
    ]


def _dates(linked: Linked) -> list[Fields]:
    owned = zip(linked.findings.dates, linked.date_decisions, strict=True)
    return [
        {
            "id": f"date-{number}",
            "value": date.value,
            "decision": _decision_id(owner),
            **_quote(linked, date),
        }
        for number, (date, owner) in enumerate(owned, 1)
    ]


def _decision(linked: Linked, index: int, decision: Decision, ids: Mapping[str, str]) -> Fields:
    act = decision.act
    return {
        "id": f"decision-{index + 1}",
        "type": act.type,
        "outcome": decision.outcome,
        "decision_maker": ids.get(decision.maker) if decision.maker else None,
        "officer": decision.officer,
        "presenter": decision.presenter,
        "title": decision.title,
        "section": decision.section,
        "case_number": decision.case_number,
        "verb": _words(linked, act.verb),
        "also": [_words(linked, (other.start, other.end)) for other in decision.also],
        "amounts": [f"amount-{i}" for i, m in enumerate(linked.money, 1) if m.decision == index],
        "years": _owned("years", linked.year_decisions, index),
        "dates": _owned("date", linked.date_decisions, index),
        "institutions": [{"id": ids[key], "role": role} for key, role in decision.institutions],
        "votes": _votes(linked, decision),
        **_quote(linked, act),
    }


def _votes(linked: Linked, decision: Decision) -> Fields | None:
    count = decision.votes
    if count is None:
        return None
    counted = {"yes": count.yes, "no": count.no, "empty": count.empty, "absent": count.absent}
    return _words(linked, (count.start, count.end)) | counted


def _amount(linked: Linked, number: int, money: Money, ids: Mapping[str, str]) -> Fields:
    amount = money.amount
    return {
        "id": f"amount-{number}",
        "value": decimal_string(amount.value),
        "value_max": decimal_string(amount.value_max) if amount.value_max is not None else None,
        "currency": amount.currency,
        "per": amount.per,
        "qualifier": amount.qualifier,
        "role": money.role,
        "decision": _decision_id(money.decision),
        "recipients": [ids[key] for key in money.recipients if key in ids],
        "payer": ids.get(money.payer) if money.payer else None,
        "fund": ids.get(money.fund) if money.fund else None,
        "purpose": _words(linked, money.purpose) if money.purpose else None,
        "years": [f"years-{i + 1}" for i in money.years],
        "derived_total": decimal_string(money.derived_total) if money.derived_total is not None else None,
        **_quote(linked, amount),
    }


def _institution(linked: Linked, entity: Entity, ids: Mapping[str, str]) -> Fields:
    return {
        "id": ids[entity.key],
        "name": entity.name,
        "kind": entity.kind,
        "aliases": entity.aliases,
        "identifiers": {"business_id": entity.business_id} if entity.business_id else {},
        "mentions": [_quote(linked, mention) for mention in entity.mentions],
    }
