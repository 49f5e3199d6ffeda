"""What may differ in an entry, part by part, and of which class each difference is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pykala.diff.model import Field, Kind
from pykala.record import Span

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facet:
    """Keys of an entry that are one matter.

    Attributes:
        main: what the entry says in the first place, whose change brings its words and its rule along.
    """

    name: str
    kind: Kind
    keys: tuple[str, ...]
    main: bool = False


@dataclass(frozen=True, slots=True)
class Lens:
    """One side of a comparison as the other side sees it: its places and its references in the other's terms."""

    place: Callable[[Span], Span | None]
    names: Mapping[str, str]

    def span(self, span: Sequence[int]) -> tuple[object, ...]:
        """The place, or a value unlike any place of the other side."""
        return self.place((span[0], span[1])) or ("gone", *span)

    def name(self, ref: str) -> str:
        """The entry that is referred to."""
        return self.names.get(ref, ref)


def _value(name: str, *keys: str, main: bool = False) -> Facet:
    return Facet(name, Kind.VALUE, keys or (name,), main)


def _links(*names: str) -> tuple[Facet, ...]:
    return tuple(Facet(name, Kind.LINK, (name,)) for name in names)


FACETS: Final[Mapping[Field, tuple[Facet, ...]]] = {
    Field.DECISIONS: (
        Facet("type", Kind.ROLE, ("type",), main=True),
        *map(_value, ("outcome", "officer", "presenter", "title", "section", "case_number", "votes")),
        *_links("decision_maker", "institutions"),
    ),
    Field.AMOUNTS: (
        _value("value", "value", "value_max", "currency", "per", "qualifier", main=True),
        Facet("role", Kind.ROLE, ("role",)),
        *_links("decision", "recipients", "payer", "fund", "years"),
        *map(_value, ("purpose", "derived_total")),
    ),
    Field.YEARS: (_value("value", "start", "end", main=True), *_links("decision")),
    Field.DATES: (_value("value", main=True), *_links("decision")),
    Field.INSTITUTIONS: (
        _value("name"),
        Facet("kind", Kind.ROLE, ("kind",)),
        *map(_value, ("aliases", "identifiers")),
    ),
}
#: Keys that say where and in which words something is told, and by which rule it was read.
EVIDENCE: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.DECISIONS: ("text", "span", "verb", "also", "votes", "rule"),
    Field.AMOUNTS: ("text", "span", "purpose", "rule"),
    Field.YEARS: ("text", "span", "rule"),
    Field.DATES: ("text", "span", "rule"),
    Field.INSTITUTIONS: ("mentions",),
}


def said(facet: Facet, content: Content, lens: Lens) -> object:
    """What an entry says in one facet, in a form that can be compared."""
    return tuple(_comparable(key, content[key], lens) for key in facet.keys)


def _comparable(key: str, value: Any, lens: Lens) -> object:  # noqa: ANN401  # any value of a record
    match key, value:
        case (("decision" | "decision_maker" | "payer" | "fund" | "publisher"), str()):
            return lens.name(value)
        case (("recipients" | "years"), list()):
            return frozenset(map(lens.name, value))
        case "institutions", list():
            return frozenset((lens.name(link["ref"]), link["role"]) for link in value)
        case "purpose", dict():
            return " ".join(value["text"].split())
        case "votes", dict():
            return tuple(value[count] for count in ("yes", "no", "empty", "absent"))
        case _, dict():
            return frozenset(value.items())
        case _:
            return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class _Quotes:
    words: object
    places: object
    rules: object


def evidence(keys: Sequence[str], old: Content, new: Content, lens: Lens) -> Kind | None:
    """The class of the difference between the words that two entries quote; None where there is none.

    Args:
        keys: those of :data:`EVIDENCE` that are to be compared.
        old: what the old record says of the entry.
        new: what the new one says.
        lens: how the old record looks from the new one.
    """
    before, after = _quotes(keys, old, lens), _quotes(keys, new, PLAIN)
    if before.words != after.words:
        return Kind.REWORDED
    if before.places != after.places:
        return Kind.MOVED
    return Kind.RULE if before.rules != after.rules else None


PLAIN: Final = Lens(lambda span: span, {})


def _quotes(keys: Sequence[str], content: Content, lens: Lens) -> _Quotes:
    """The words, the places and the rules of an entry's quotes; of what may be quoted often, only the places."""
    if "mentions" in keys:
        mentions = [(lens.span(mention["span"]), mention["rule"]) for mention in content["mentions"]]
        return _Quotes(None, frozenset(span for span, _ in mentions), frozenset(mentions))
    words = [content["text"]]
    places: list[object] = [lens.span(content["span"])]
    if "verb" in keys:
        words.append(content["verb"]["text"])
        places.append(lens.span(content["verb"]["span"]))
        places.append(frozenset(lens.span(also["span"]) for also in content["also"]))
    for quoted in {"purpose", "votes"} & set(keys):
        if content[quoted]:
            words.append(content[quoted]["text"])
            places.append(lens.span(content[quoted]["span"]))
    return _Quotes(words, places, content["rule"])
