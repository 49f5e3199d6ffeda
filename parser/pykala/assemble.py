"""Linked → Record: ids, exact quotes, and nothing that depends on a clock or on the order of workers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from pydantic import TypeAdapter, ValidationError

from pykala import rules
from pykala.errors import RecordError
from pykala.model import Act, Decision, DocumentKind, Entity, Header, Linked, Mention, Money, Warning_
from pykala.record import (
    AmountEntry,
    DateEntry,
    Institution,
    InstitutionLink,
    InstitutionMention,
    Meeting,
    Municipality,
    Pipeline,
    Place,
    Quoted,
    Record,
    SourceInfo,
    Votes,
    WarningEntry,
    YearsEntry,
    decimal_string,
)
from pykala.record import Decision as DecisionEntry


def assemble(linked: Linked, *, model: str | None = None) -> Record:
    """Write down all that was read and tied.

    Args:
        linked: the document with its findings and links.
        model: the language model that took part, if any.

    Raises:
        RecordError: a value breaks the schema, or a quote is not what its span holds.
    """
    try:
        return _record(linked, model)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(p) for p in first["loc"])
        raise RecordError(first["msg"], source=linked.document.bulletin.source.uri, place=place) from error


def _record(linked: Linked, model: str | None) -> Record:
    document, header = linked.document, linked.document.header
    source = document.bulletin.source
    ids = {e.key: f"institution-{i}" for i, e in enumerate(linked.entities, 1)}
    return Record(
        id=bulletin_id(source.sha256),
        source=SourceInfo(uri=source.uri, media_type=source.media_type, sha256=source.sha256, bytes=source.size),
        pipeline=Pipeline(version=_version(), rules=rules.fingerprint(), model=model),
        kind=document.kind.value,
        language=document.bulletin.language,
        title=header.title,
        published=header.published,
        municipality=_municipality(header),
        publisher=ids.get(linked.publisher) if linked.publisher else None,
        meeting=_meeting(header, document.kind),
        case_numbers=_case_numbers(linked),
        sections=_sections(linked),
        text=document.text,
        decisions=tuple(_decision(linked, i, d, ids) for i, d in enumerate(linked.decisions)),
        amounts=tuple(_amount(linked, i, m, ids) for i, m in enumerate(linked.money, 1)),
        years=tuple(
            YearsEntry(
                id=f"years-{i}", rule=y.rule, start=y.first, end=y.last, decision=_decision_id(o), **_quote(linked, y)
            )
            for i, (y, o) in enumerate(zip(linked.findings.years, linked.year_decisions, strict=True), 1)
        ),
        dates=tuple(
            DateEntry(id=f"date-{i}", rule=d.rule, value=d.value, decision=_decision_id(o), **_quote(linked, d))
            for i, (d, o) in enumerate(zip(linked.findings.dates, linked.date_decisions, strict=True), 1)
        ),
        institutions=tuple(_institution(linked, e, ids) for e in linked.entities),
        places=_places(linked),
        warnings=tuple(_warning(w) for w in _warnings(linked)),
    )


def bulletin_id(sha256: str) -> str:
    """The id of a bulletin, from its bytes alone."""
    return f"bulletin-{sha256[:16]}"


def _quote(linked: Linked, mention: Mention) -> dict[str, object]:
    held = linked.document.text[mention.start : mention.end]
    if held != mention.text:
        raise RecordError(
            f"rule {mention.rule} quotes {mention.text!r} where the text holds {held!r}",
            source=linked.document.bulletin.source.uri,
            place=f"characters {mention.start}–{mention.end}",
        )
    return {"text": mention.text, "span": (mention.start, mention.end)}


def _words(linked: Linked, span: tuple[int, int]) -> Quoted:
    return Quoted(text=linked.document.text[span[0] : span[1]], span=span)


# ---------------------------------------------------------------- the bulletin


def _municipality(header: Header) -> Municipality | None:
    if header.municipality is None:
        return None
    return Municipality(name=header.municipality, code=_codes().get(header.municipality))


@cache
def _version() -> str:
    return version("pykala")


@cache
def _codes() -> Mapping[str, str]:
    return {row["name"]: row["id"] for row in rules.load("municipalities")["municipality"]}


def _meeting(header: Header, kind: DocumentKind) -> Meeting | None:
    if not any((header.body, header.meeting_date, header.meeting_number, header.meeting_place)):
        return None
    if kind in (DocumentKind.RELEASE, DocumentKind.PREVIEW) and not header.meeting_date and not header.body:
        return None
    return Meeting(body=header.body, date=header.meeting_date, number=header.meeting_number, place=header.meeting_place)


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


_PLACES = TypeAdapter(tuple[Place, ...])


def _places(linked: Linked) -> tuple[Place, ...]:
    """The place of every block, checked in one go because there are many."""
    return _PLACES.validate_python(
        [
            {
                "span": (b.start, b.end),
                "path": b.origin.path,
                "page": b.origin.page,
                "box": b.origin.box,
                "line": b.origin.line,
            }
            for b in linked.document.bulletin.blocks
        ]
    )


def _warnings(linked: Linked) -> tuple[Warning_, ...]:
    document = linked.document
    own: list[Warning_] = []
    if not linked.decisions and document.kind not in (DocumentKind.AGENDA, DocumentKind.PREVIEW):
        own.append(Warning_("no-decision", "nothing in the bulletin was read as a decision"))
    if document.kind is DocumentKind.AGENDA:
        own.append(Warning_("agenda", "an agenda or a proposal: nothing is decided yet"))
    return (*document.bulletin.warnings, *document.warnings, *linked.findings.warnings, *linked.warnings, *own)


def _warning(warning: Warning_) -> WarningEntry:
    span = (warning.start, warning.end) if warning.start is not None and warning.end is not None else None
    return WarningEntry(code=warning.code, message=warning.message, span=span)


# ---------------------------------------------------------------- the values


def _decision_id(index: int | None) -> str | None:
    return f"decision-{index + 1}" if index is not None else None


def _owned(kind: str, owners: tuple[int | None, ...], index: int) -> tuple[str, ...]:
    return tuple(f"{kind}-{i}" for i, owner in enumerate(owners, 1) if owner == index)


def _decision(linked: Linked, index: int, decision: Decision, ids: Mapping[str, str]) -> DecisionEntry:
    act = decision.act
    return DecisionEntry(
        id=f"decision-{index + 1}",
        rule=act.rule,
        type=act.type,
        outcome=decision.outcome,
        decision_maker=ids.get(decision.maker) if decision.maker else None,
        officer=decision.officer,
        presenter=decision.presenter,
        title=decision.title,
        section=decision.section,
        case_number=decision.case_number,
        verb=_words(linked, act.verb),
        also=tuple(_statement(linked, a) for a in decision.also),
        amounts=tuple(f"amount-{i}" for i, m in enumerate(linked.money, 1) if m.decision == index),
        years=_owned("years", linked.year_decisions, index),
        dates=_owned("date", linked.date_decisions, index),
        institutions=tuple(InstitutionLink(id=ids[k], role=r) for k, r in decision.institutions),
        votes=_votes(linked, decision),
        **_quote(linked, act),
    )


def _statement(linked: Linked, act: Act) -> Quoted:
    return _words(linked, (act.start, act.end))


def _votes(linked: Linked, decision: Decision) -> Votes | None:
    count = decision.votes
    if count is None:
        return None
    quoted = _words(linked, (count.start, count.end))
    return Votes(text=quoted.text, span=quoted.span, yes=count.yes, no=count.no, empty=count.empty, absent=count.absent)


def _amount(linked: Linked, number: int, money: Money, ids: Mapping[str, str]) -> AmountEntry:
    amount = money.amount
    return AmountEntry(
        id=f"amount-{number}",
        rule=amount.rule,
        value=decimal_string(amount.value),
        value_max=decimal_string(amount.value_max) if amount.value_max is not None else None,
        currency=amount.currency,
        per=amount.per,
        qualifier=amount.qualifier,
        role=money.role,
        decision=_decision_id(money.decision),
        recipients=tuple(ids[k] for k in money.recipients if k in ids),
        payer=ids.get(money.payer) if money.payer else None,
        fund=ids.get(money.fund) if money.fund else None,
        purpose=_words(linked, money.purpose) if money.purpose else None,
        years=tuple(f"years-{i + 1}" for i in money.years),
        derived_total=decimal_string(money.derived_total) if money.derived_total is not None else None,
        **_quote(linked, amount),
    )


def _institution(linked: Linked, entity: Entity, ids: Mapping[str, str]) -> Institution:
    return Institution(
        id=ids[entity.key],
        name=entity.name,
        kind=entity.kind,
        aliases=entity.aliases,
        identifiers={"business_id": entity.business_id} if entity.business_id else {},
        mentions=tuple(InstitutionMention(rule=m.rule, **_quote(linked, m)) for m in entity.mentions),
    )
