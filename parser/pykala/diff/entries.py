"""A record without ids: every entry under a name of its meaning and place, referring to others by such names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pykala.diff.model import Field
from pykala.explain.marks import amount_in_words, years_in_words
from pykala.record import AmountEntry, DateEntry, Decision, Institution, Record, Span, YearsEntry

Said = AmountEntry | YearsEntry | DateEntry | Decision | Institution

#: Keys whose value is the reference of one entry, and of several.
ONE: Final = frozenset({"decision", "decision_maker", "payer", "fund", "publisher"})
MANY: Final = frozenset({"recipients", "years"})
#: What a decision owns follows from what its sums, years and dates say themselves.
OWNED: Final = ("amounts", "years", "dates")
LISTS: Final = (Field.INSTITUTIONS, Field.YEARS, Field.DATES, Field.AMOUNTS, Field.DECISIONS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a record.

    Attributes:
        ref: its name: unlike all others of the record, and the same wherever the record says the same of the same place.
        span: the words that carry it; of an institution, where it is named first.
        rule: the rule that read these words.
        label: what it is, in words.
        content: all that the record says of it but its id, references by name.
    """

    field: Field
    ref: str
    span: Span
    text: str
    rule: str
    label: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A record's entries, each list in order of place.

    Attributes:
        refs: the name of each id.
        label: what each name stands for, in words.
        by_ref: every entry by its name.
    """

    record: Record
    lists: Mapping[Field, tuple[Entry, ...]]
    refs: Mapping[str, str]
    label: Mapping[str, str]
    by_ref: Mapping[str, Entry]


def portrait(record: Record) -> Portrait:
    """The record's entries by meaning.

    A decision's own lists of sums, years and dates are left out: each of those names its decision.
    """
    held = {field: _ordered(getattr(record, field.value)) for field in LISTS}
    refs = _refs(held)
    lists = {field: tuple(_entry(field, one, refs) for one in entries) for field, entries in held.items()}
    by_ref = {entry.ref: entry for entries in lists.values() for entry in entries}
    return Portrait(record, lists, refs, {ref: entry.label for ref, entry in by_ref.items()}, by_ref)


def _refs(held: Mapping[Field, Sequence[Said]]) -> dict[str, str]:
    """The name of each id; of entries that would share one, the later ones in the text are numbered."""
    refs: dict[str, str] = {}
    taken: set[str] = set()
    for field, entries in held.items():
        for one in entries:
            wanted = f"{field.value}/{_meaning(one)}"
            name, count = wanted, 1
            while name in taken:
                count += 1
                name = f"{wanted}#{count}"
            taken.add(name)
            refs[one.id] = name
    return refs


def _ordered(entries: Sequence[Said]) -> list[Said]:
    """Entries by place, then by all else that is said, so that no order of the record shows."""
    keys = {one.id: (span_of(one), _meaning(one)) for one in entries}
    if len(set(keys.values())) == len(entries):
        return sorted(entries, key=lambda one: keys[one.id])
    return sorted(entries, key=lambda one: (keys[one.id], one.model_dump_json(exclude={"id"})))


def span_of(one: Said) -> Span:
    """The words that carry an entry."""
    match one:
        case Decision():
            return one.verb.span
        case Institution():
            return min(mention.span for mention in one.mentions)
        case _:
            return one.span


def _meaning(one: Said) -> str:
    match one:
        case Institution():
            return one.name
        case Decision():
            said = str(one.type)
        case AmountEntry():
            said = one.value + (f"–{one.value_max}" if one.value_max else "") + f" {one.currency}"
            said += f" per {one.per}" if one.per else ""
        case YearsEntry():
            said = years_in_words(one)
        case DateEntry():
            said = one.value
    return f"{said}@{span_of(one)[0]}"


def label_of(one: Said) -> str:
    """What an entry says, in words."""
    match one:
        case Institution():
            return one.name
        case Decision():
            return f"{one.type}: {' '.join(one.verb.text.split())}"
        case AmountEntry():
            return amount_in_words(one)
        case YearsEntry():
            return years_in_words(one)
        case DateEntry():
            return one.value


def _entry(field: Field, one: Said, refs: Mapping[str, str]) -> Entry:
    span = span_of(one)
    if isinstance(one, Institution):
        first = min(one.mentions, key=lambda mention: mention.span)
        text, rule = first.text, first.rule
    else:
        text, rule = (one.verb.text if isinstance(one, Decision) else one.text), one.rule
    return Entry(field, refs[one.id], span, text, rule, label_of(one), _content(one, refs))


def _content(one: Said, refs: Mapping[str, str]) -> dict[str, Any]:
    """What the record says of an entry, lists without an order of their own sorted."""
    left_out = {"id", *OWNED} if isinstance(one, Decision) else {"id"}
    said: dict[str, Any] = one.model_dump(mode="json", exclude=left_out)
    for key, value in said.items():
        if key in ONE:
            said[key] = refs.get(value) if value is not None else None
        elif key in MANY and isinstance(one, AmountEntry):
            said[key] = sorted(refs[of] for of in value)
    if isinstance(one, Decision):
        links = [{"ref": refs[link["id"]], "role": link["role"]} for link in said["institutions"]]
        said["institutions"] = sorted(links, key=lambda link: (link["ref"], link["role"]))
        said["also"].sort(key=lambda quoted: quoted["span"])
    elif isinstance(one, Institution):
        said["aliases"].sort()
        said["mentions"].sort(key=lambda mention: (mention["span"], mention["rule"]))
    return said


def references(content: Mapping[str, Any]) -> Iterable[str]:
    """The names that some content refers to."""
    for key, value in content.items():
        if key in ONE and value is not None:
            yield value
        elif key in MANY:
            yield from value
        elif key == "institutions":
            yield from (link["ref"] for link in value)


def referring(content: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The same content with names replaced where there is another."""
    changed = dict(content)
    for key, value in content.items():
        if key in ONE and value is not None:
            changed[key] = names.get(value, value)
        elif key in MANY:
            changed[key] = [names.get(one, one) for one in value]
        elif key == "institutions":
            changed[key] = [{**link, "ref": names.get(link["ref"], link["ref"])} for link in value]
    return changed
