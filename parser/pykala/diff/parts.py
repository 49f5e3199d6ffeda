"""A record taken apart, so that its entries can change, and put together again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pykala.diff.alignment import Alignment
from pykala.diff.entries import LISTS, OWNED, portrait, referring
from pykala.diff.model import Field
from pykala.record import Record

_PREFIX: Final[Mapping[Field, str]] = {
    Field.DECISIONS: "decision",
    Field.AMOUNTS: "amount",
    Field.YEARS: "years",
    Field.DATES: "date",
    Field.INSTITUTIONS: "institution",
}


def added_name(ref: str) -> str:
    """What an added entry is called among those of the record to which it is added."""
    return f"+{ref}"


@dataclass(slots=True)
class Part:
    """One entry.

    Attributes:
        first: what the record said of it.
        written: what it says now, of the keys that were written; places are those of the new text.
    """

    first: Mapping[str, Any]
    written: dict[str, Any] = field(default_factory=dict)

    def write(self, content: Mapping[str, Any]) -> None:
        """Say something else."""
        self.written.update(content)

    def now(self, texts: Alignment) -> dict[str, Any]:
        """What it says, all places being those of the new text.

        Raises:
            ValueError: words that it quotes are not in the new text.
        """
        return {
            key: self.written[key] if key in self.written else _moved(key, value, texts)
            for key, value in (self.first or self.written).items()
        }


@dataclass(slots=True)
class Parts:
    """A record in parts.

    Attributes:
        record: the record as JSON has it; its lists of entries, warnings and publisher are those below.
        entries: the entries of each list by name.
        warnings: those that it had, and those that are added.
        publisher: the publisher's name.
        texts: how the text at first lies on the present one.
        coming: what the new record calls the entries that are to be added.
    """

    record: dict[str, Any]
    entries: dict[Field, dict[str, Part]]
    warnings: tuple[list[Any], list[Any]]
    publisher: str | None
    texts: Alignment = field(default_factory=Alignment)
    coming: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Record) -> Parts:
        """The parts of a record."""
        held, said = portrait(record), record.model_dump(mode="json")
        entries = {name: {one.ref: Part(one.content) for one in some} for name, some in held.lists.items()}
        publisher = held.refs[record.publisher] if record.publisher else None
        return cls(said, entries, (list(said["warnings"]), []), publisher)

    def add(self, to: Field, name: str, content: Mapping[str, Any]) -> None:
        """Add an entry."""
        self.entries[to][name] = Part({}, dict(content))

    def together(self) -> Record:
        """The record, its entries in order of place and with ids that count them.

        Raises:
            ValueError: what the parts say is no record: a name that no part has, words that the text does not hold.
        """
        lists, ids = {}, dict[str, str]()
        for name in LISTS:
            some = [(ref, one.now(self.texts)) for ref, one in self.entries[name].items()]
            lists[name] = sorted(some, key=lambda pair: _place(pair[1]))
            ids |= {ref: f"{_PREFIX[name]}-{number}" for number, (ref, _) in enumerate(lists[name], 1)}
        said = dict(self.record)
        for name, some in lists.items():
            said[name.value] = [_numbered(ref, content, ids) for ref, content in some]
        for decision in said["decisions"]:
            decision |= {key: [one["id"] for one in said[key] if one["decision"] == decision["id"]] for key in OWNED}
        said["publisher"] = ids.get(self.publisher, self.publisher) if self.publisher else None
        said["warnings"] = [*(_moved("", one, self.texts) for one in self.warnings[0]), *self.warnings[1]]
        return Record.model_validate(said)


def _place(content: Mapping[str, Any]) -> tuple[Any, ...]:
    spans = [mention["span"] for mention in content["mentions"]] if "mentions" in content else [content["span"]]
    return min(spans), (content["verb"]["span"] if "verb" in content else []), content.get("name", "")


def _numbered(ref: str, content: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """An entry as a record has it, with ids for names."""
    said = referring(content, ids)
    if "institutions" in said:
        said["institutions"] = [{"id": link["ref"], "role": link["role"]} for link in said["institutions"]]
    return {"id": ids[ref], **said}


def _moved(key: str, value: Any, texts: Alignment) -> Any:  # noqa: ANN401  # any value of a record
    """The value with every place in it where the new text has the same words."""
    if not texts.hunks:
        return value
    if key == "span" and value is not None:
        span = texts.moved((value[0], value[1]))
        if span is None:
            raise ValueError(f"the words at {value[0]}–{value[1]} are not in the new text")
        return list(span)
    if isinstance(value, Mapping):
        return {inner: _moved(inner, one, texts) for inner, one in value.items()}
    if isinstance(value, list):
        return [_moved("", one, texts) if isinstance(one, Mapping) else one for one in value]
    return value
