"""A diff in words, whatever it is shown on: what a change is about, its sign, what follows from what, and the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pykala.diff.model import Change, Compared, DocumentDiff, Field, Kind, Side, Summary, Verdict

SIGNS: Final = {Kind.ADDED: "+", Kind.REMOVED: "−"}
OTHER_SIGN: Final = "~"
KINDS: Final = {
    Kind.ADDED: "added",
    Kind.REMOVED: "removed",
    Kind.VALUE: "value",
    Kind.ROLE: "type or role",
    Kind.LINK: "link",
    Kind.MOVED: "only moved",
    Kind.REWORDED: "only reworded",
    Kind.RULE: "only the rule",
    Kind.SOURCE: "source",
}
_NOUNS: Final = {
    Field.DOCUMENT: "document",
    Field.DECISIONS: "decision",
    Field.AMOUNTS: "sum",
    Field.YEARS: "years",
    Field.DATES: "date",
    Field.INSTITUTIONS: "institution",
    Field.CASE_NUMBERS: "case number",
    Field.SECTIONS: "section",
    Field.WARNINGS: "warning",
}


@dataclass(frozen=True, slots=True)
class Story:
    """A change with those that only follow from it."""

    change: Change
    consequences: tuple[Change, ...] = ()


def stories(document: DocumentDiff) -> Iterator[Story]:
    """The document's changes in order, each consequence with its cause; one whose cause is not told stands alone."""
    told = {change.id for change in document.changes}
    following: dict[str, list[Change]] = {}
    for change in document.changes:
        if change.follows in told and change.follows:
            following.setdefault(change.follows, []).append(change)
    for change in document.changes:
        if change.follows not in told:
            yield Story(change, tuple(following.get(change.id, ())))


def sign(change: Change) -> str:
    """``+``, ``−`` or ``~``."""
    return SIGNS.get(change.kind, OTHER_SIGN)


def subject(change: Change) -> str:
    """What a change is about: the kind of entry, and which."""
    noun = _NOUNS.get(change.field, change.field.value)
    if change.kind in SIGNS and change.field is not Field.MEETING:
        return noun
    name = _name(change.old or change.side)
    facet = (change.facet or "").replace("_", " ")
    facet = "" if facet == "value" else facet
    return " ".join(part for part in (noun, name, facet) if part)


def _name(side: Side) -> str:
    """An entry's name without its place."""
    field, slash, name = side.ref.partition("/")
    if not slash or field == Field.INSTITUTIONS:
        return name
    name = name.rpartition("@")[0] or name
    quoted = f" “{' '.join(side.text.split())}”" if field == Field.DECISIONS and side.text else ""
    return f"{name}{quoted}"


def values(change: Change) -> tuple[str | None, str | None]:
    """What each side says; None where there is none."""
    return change.old.shown if change.old else None, change.new.shown if change.new else None


def counted(summary: Summary) -> str:
    """The documents in one line."""
    differing = summary.documents - summary.same
    parts = [f"{count} {word}" for count, word in _states(summary) if count]
    return f"{differing} of {summary.documents} documents differ" + (f": {', '.join(parts)}" if parts else "")


def _states(summary: Summary) -> Sequence[tuple[int, str]]:
    return (summary.changed, "changed"), (summary.added, "only in the new"), (summary.removed, "only in the old")


def kinds_counted(summary: Summary) -> list[str]:
    """Every class that there is, with its count."""
    return [f"{count} {KINDS[kind]}" for kind, count in summary.kinds.items() if count]


def verdicts_counted(summary: Summary) -> list[str]:
    """The verdicts with their counts, where there is gold."""
    return [f"{count} {verdict}" for verdict, count in summary.verdicts.items()] if summary.judged else []


def produced(old: Compared, new: Compared) -> str:
    """What produced the records before and now, in one line."""
    sides = [", ".join(map(_pipeline, side.pipelines)) or "no record" for side in (old, new)]
    return sides[0] if sides[0] == sides[1] else f"{sides[0]} → {sides[1]}"


def _pipeline(one: object) -> str:
    version, rules, model = (getattr(one, key) for key in ("version", "rules", "model"))
    return f"pykala {version}, rules {rules}" + (f", {model}" if model else "")


def amount(changes: int) -> str:
    """So many changes."""
    return f"{changes} change{'s' if changes != 1 else ''}"


def tally(changes: Iterable[Change]) -> str:
    """How many changes, and what gold says of them, in short."""
    some = list(changes)
    judged = [f"{n} {v}" for v in (Verdict.FIXED, Verdict.BROKEN) if (n := sum(c.verdict is v for c in some))]
    return amount(len(some)) + (f", {', '.join(judged)}" if judged else "")
