"""The frozen values of a diff and of what people decide about it; both are JSON with a published schema.

A :class:`Change` stands by itself: it names its document and entry by meaning, never by a record's ids, and holds what it
takes to apply it. So a page may hand changes on one by one, and ``pykala accept`` needs nothing but them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import Field as Described
from pydantic import StringConstraints

from pykala.record import Closed, Pipeline, Span

DIFF_VERSION: Final = "1.0"

ChangeId = Annotated[str, StringConstraints(pattern=r"^change-[0-9a-f]{16}$")]
Content = Annotated[
    dict[str, Any],
    Described(
        description="what the record says, by key, of the keys that differ (of an added or removed entry, of all); "
        "entries are referred to by their `ref` instead of their id"
    ),
]


class Kind(StrEnum):
    """The classes of changes, in the order in which they are told."""

    ADDED = "added"
    REMOVED = "removed"
    VALUE = "value"  # the same place says something else
    ROLE = "role"  # the type of a decision, the role of a sum, the kind of an institution
    LINK = "link"  # who gets it, which decision, which years
    MOVED = "moved"  # the same, quoted from another place
    REWORDED = "reworded"  # the same, quoted in other words
    RULE = "rule"  # the same, read by another rule
    SOURCE = "source"  # the document itself is another: its text, or its bytes


class Field(StrEnum):
    """What a change is about: a key of the record, or the whole document."""

    DOCUMENT = "document"
    TEXT = "text"
    KIND = "kind"
    LANGUAGE = "language"
    TITLE = "title"
    PUBLISHED = "published"
    MUNICIPALITY = "municipality"
    PUBLISHER = "publisher"
    MEETING = "meeting"
    CASE_NUMBERS = "case_numbers"
    SECTIONS = "sections"
    DECISIONS = "decisions"
    AMOUNTS = "amounts"
    YEARS = "years"
    DATES = "dates"
    INSTITUTIONS = "institutions"
    PLACES = "places"
    WARNINGS = "warnings"


class Verdict(StrEnum):
    """What gold says of a change."""

    FIXED = "fixed"  # wrong before, right now
    BROKEN = "broken"  # right before, wrong now
    UNJUDGED = "unjudged"  # no gold, or gold says nothing of it, or it is as right or wrong as before


class Context(Closed):
    """Words of the text with what stands before and after them, each on one line."""

    before: str
    words: str
    after: str


class Side(Closed):
    """What one of the two records says.

    Attributes:
        ref: which entry of the record, by meaning and place; of the bulletin itself, its field.
        shown: the value in words for people.
        content: the value for machines.
        text: the words that it was read from, None where it quotes none.
        span: where they stand in this side's text.
        context: the words with those around them.
        rule: the rule that read it.
        elsewhere: whether the other record has an entry of the same meaning, too, at whatever place.
    """

    ref: str
    shown: str
    content: Content
    text: str | None
    span: Span | None
    context: Context | None
    rule: str | None
    elsewhere: bool = False


class Cause(Closed):
    """What brought a change about, as far as the two records tell.

    Attributes:
        by: ``rule`` another rule read it, or the rule is in one record only; ``rules`` the rule files differ; ``version``,
            ``model`` another version of pykala, another language model; ``source`` another text; ``code`` none of these.
        old: what it was before; None where there was nothing.
        new: what it is now.
    """

    by: Literal["rule", "rules", "version", "model", "source", "code"]
    old: str | None
    new: str | None

    def __str__(self) -> str:
        if self.old == self.new:
            return f"{self.by} {self.new}" if self.new else self.by
        return f"{self.by} {self.old or '–'} → {self.new or '–'}"


class Change(Closed):
    """One difference of meaning.

    Attributes:
        id: made of all that follows but the verdict; the same difference always has the same id.
        document: its path or address as the records have it (that of the new one, where they differ).
        facet: which part of the entry, such as ``value``, ``recipients`` or ``mentions``; None for the whole entry.
        old: None for what is added.
        new: None for what is removed.
        same: for entries to which ``content`` refers and whose ``ref`` differs, the old and the new one.
        needs: changes without which this one makes no sense, such as the institution to which money is linked.
        follows: the added or removed entry of which this change is a mere consequence, such as a sum that has lost its
            decision; pages may fold it into that.
    """

    id: ChangeId
    kind: Kind
    document: str
    field: Field
    facet: str | None
    old: Side | None
    new: Side | None
    cause: Cause
    verdict: Verdict = Verdict.UNJUDGED
    same: tuple[tuple[str, str], ...] = ()
    needs: tuple[ChangeId, ...] = ()
    follows: ChangeId | None = None

    @property
    def side(self) -> Side:
        """The side to show where one is enough: the new one, or what is gone."""
        side = self.new or self.old
        if side is None:
            raise ValueError(f"{self.id} has neither an old nor a new side")
        return side


class DocumentDiff(Closed):
    """The changes of one document, in order of kind of entry and place.

    Attributes:
        title: its title, None where it has none.
        sha256: hashes of the document's bytes before and now; None where there is no record.
    """

    document: str
    title: str | None
    sha256: tuple[str | None, str | None]
    changes: tuple[Change, ...]


class Compared(Closed):
    """One of the two sets of records.

    Attributes:
        name: the path or revision as given.
        pipelines: what produced its records.
    """

    name: str
    records: int
    pipelines: tuple[Pipeline, ...]


class Summary(Closed):
    """How many documents and changes there are; of changes, every kind, field and verdict is named, also with 0.

    Attributes:
        documents: how many documents either side has.
        same: those whose records say the same.
        judged: those for which there is gold.
        shown: how many changes are listed; fewer than ``changes`` where a limit was set.
    """

    documents: int
    same: int
    changed: int
    added: int
    removed: int
    judged: int
    changes: int
    shown: int
    kinds: dict[Kind, int]
    fields: dict[Field, int]
    verdicts: dict[Verdict, int]


class Diff(Closed):
    """All that differs between two sets of records.

    ``documents`` names only those that differ, sorted by their name.
    """

    schema_version: Literal["1.0"] = DIFF_VERSION
    old: Compared
    new: Compared
    summary: Summary
    documents: tuple[DocumentDiff, ...]

    @property
    def changes(self) -> Iterator[Change]:
        """Every change of every document."""
        return (change for document in self.documents for change in document.changes)


class Ruling(Closed):
    """What somebody decided about one change.

    Attributes:
        note: why, in their words.
    """

    change: Change
    ruling: Literal["accepted", "rejected", "open"]
    note: str | None = None


class Decisions(Closed):
    """What was decided about the changes of a diff: the file that a review page exports and ``pykala accept`` applies."""

    schema_version: Literal["1.0"] = DIFF_VERSION
    rulings: tuple[Ruling, ...]

    @property
    def accepted(self) -> tuple[Change, ...]:
        """The changes to apply."""
        return tuple(one.change for one in self.rulings if one.ruling == "accepted")


def with_needed(chosen: Iterable[str], changes: Iterable[Change]) -> frozenset[str]:
    """The ids of the chosen changes and of all that they need, directly or not.

    Args:
        chosen: ids of changes.
        changes: those among which the needed ones are.
    """
    known: Mapping[str, Change] = {change.id: change for change in changes}
    found: set[str] = set()
    waiting = list(chosen)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(known[one].needs if one in known else ())
    return frozenset(found)
