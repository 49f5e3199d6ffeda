"""One side of a change: what a record says, in words for people and as content for machines."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Final

from pykala.diff.entries import Entry, Portrait
from pykala.diff.facets import Facet, Lens
from pykala.diff.matching import meaning
from pykala.diff.model import Context, Field, Kind, Side
from pykala.evaluate.context import context
from pykala.record import Record, Span

NOTHING: Final = "–"


class Meanings:
    """All that a record says, by field, without where; worked out when first asked for.

    Args:
        of: the record.
    """

    def __init__(self, of: Portrait) -> None:
        self._of = of
        self._known: dict[Field, frozenset[Hashable]] = {}

    def include(self, entry: Entry) -> bool:
        """Whether the record says what an entry of another says."""
        if entry.field not in self._known:
            self._known[entry.field] = frozenset(map(meaning, self._of.lists[entry.field]))
        return meaning(entry) in self._known[entry.field]


def around(text: str, span: Span | None) -> Context | None:
    """The words at a place with those around them; None where there is no such place."""
    found = context(text, span)
    return Context(before=found.before, words=found.words, after=found.after) if found else None


def whole(entry: Entry, of: Portrait, other: Meanings) -> Side:
    """An entry with all that the record says of it.

    Args:
        entry: the entry.
        of: the record in which it stands.
        other: all that the other record says.
    """
    return part(entry, of, summary(entry, of), entry.content, other)


def part(entry: Entry, of: Portrait, shown: str, keys: Iterable[str], other: Meanings) -> Side:
    """Some of what the record says of an entry; see :func:`whole`."""
    content = {key: entry.content[key] for key in keys}
    return Side(
        ref=entry.ref,
        shown=shown,
        content=content,
        text=entry.text,
        span=entry.span,
        context=around(of.record.text, entry.span),
        rule=entry.rule,
        elsewhere=other.include(entry),
    )


def fact(
    record: Record, field: Field, shown: str, content: Mapping[str, Any], *, span: Span | None = None, ref: str = ""
) -> Side:
    """What a record says of the bulletin as a whole."""
    text = record.text[slice(*span)] if span else None
    return Side(
        ref=ref or field.value,
        shown=shown,
        content=dict(content),
        text=text,
        span=span,
        context=around(record.text, span),
        rule=None,
    )


def summary(entry: Entry, of: Portrait) -> str:
    """What an entry says, in one line."""
    said = entry.content
    names = of.label
    match entry.field:
        case Field.DECISIONS:
            facts = [("by", _name(said["decision_maker"], names)), ("", said["outcome"])]
        case Field.AMOUNTS:
            facts = [
                ("", said["role"]),
                ("to", _names(said["recipients"], names)),
                ("from", _name(said["fund"], names)),
            ]
            facts.append(("for", _names(said["years"], names)))
        case Field.INSTITUTIONS:
            facts = [("", said["kind"])]
        case _:
            facts = []
    told = [f"{label} {value}".strip() for label, value in facts if value and value != NOTHING]
    return ", ".join((entry.label, *told)).replace("_", " ")


def told(entry: Entry, facet: Facet, of: Portrait, other: Entry | None = None, *, also: Mapping[str, str]) -> str:
    """What an entry says in one facet; of a list, only what the other side's does not hold.

    Args:
        entry: the entry.
        facet: which facet.
        of: the record in which it stands.
        other: the other side's entry.
        also: the other side's names for what this side refers to.
    """
    if facet.main and entry.field is not Field.DECISIONS:
        return entry.label
    value = entry.content[facet.keys[0]]
    match facet.name:
        case "recipients" | "years":
            return _names(value, of.label)
        case "decision" | "decision_maker" | "payer" | "fund":
            return _name(value, of.label)
        case "institutions":
            held = {(link["ref"], link["role"]) for link in other.content["institutions"]} if other else set()
            kept = [link for link in value if (also.get(link["ref"], link["ref"]), link["role"]) not in held]
            parts = [f"{of.label[link['ref']]} ({link['role']})" for link in kept]
            return ", ".join(parts).replace("_", " ") or NOTHING
        case "votes" | "purpose":
            return " ".join(value["text"].split()) if value else NOTHING
        case "aliases":
            return ", ".join(value) or NOTHING
        case "identifiers":
            return ", ".join(f"{key} {number}" for key, number in value.items()).replace("_", " ") or NOTHING
        case _:
            return str(value) if value is not None else NOTHING


def quoted(entry: Entry, kind: Kind, other: Entry, lens: Lens) -> str:
    """The words that an entry quotes, or where it quotes them, or the rules that read them.

    Args:
        entry: the entry.
        kind: the class of the difference.
        other: the other side's entry; of the mentions of an institution only those are told that it does not have.
        lens: how this side looks from the other.
    """
    said = entry.content
    if "mentions" in said:
        held = {
            (tuple(mention["span"]), mention["rule"] if kind is Kind.RULE else None)
            for mention in other.content["mentions"]
        }
        left = [
            mention
            for mention in said["mentions"]
            if (lens.span(mention["span"]), mention["rule"] if kind is Kind.RULE else None) not in held
        ]
        if kind is Kind.RULE:
            return ", ".join(dict.fromkeys(mention["rule"] for mention in left)) or NOTHING
        return ", ".join(f"{mention['text']} at {_place(mention['span'])}" for mention in left) or NOTHING
    if kind is Kind.RULE:
        return str(said["rule"])
    if kind is Kind.MOVED:
        return ", ".join(
            f"at {_place(span)}" for span in (said["span"], *(also["span"] for also in said.get("also", ())))
        )
    return " ".join(str(said["text"]).split())


def _place(span: Sequence[int]) -> str:
    return f"{span[0]}–{span[1]}"


def _name(ref: str | None, names: Mapping[str, str]) -> str:
    return names.get(ref, ref) if ref is not None else NOTHING


def _names(refs: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(_name(ref, names) for ref in refs) or NOTHING
