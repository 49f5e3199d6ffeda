"""Which changes make no sense without which others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pykala.diff.alignment import Alignment, Hunk
from pykala.diff.entries import references
from pykala.diff.model import Change, Kind, Side
from pykala.record import Span


def with_needs(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes of one document, each with those that it needs.

    What refers to an added entry needs it to be added. To remove an entry, all that refers to it has to let go. What quotes a
    new text needs it, and a new text needs every quote of words that it does not hold to change.
    """
    added = {change.new.ref: change.id for change in changes if change.kind is Kind.ADDED and change.new}
    letting_go: defaultdict[str, set[str]] = defaultdict(set)
    for change in changes:
        for ref in set(_referred(change.old)) - {new for _, new in change.same}:
            letting_go[ref].add(change.id)
    text = next((change for change in changes if change.kind is Kind.SOURCE), None)
    texts = alignment_of(text) if text else Alignment()
    gone = {one.id for one in changes if one is not text and any(texts.moved(span) is None for span in _spans(one.old))}
    found = []
    for change in changes:
        needed = {added[ref] for ref in _referred(change.new) if ref in added}
        if change.kind is Kind.REMOVED and change.old:
            needed |= letting_go[change.old.ref]
        if change is text:
            needed |= gone
        elif text and texts.hunks and any(_spans(change.new)):
            needed.add(text.id)
        needed.discard(change.id)
        found.append(change.model_copy(update={"needs": tuple(sorted(needed))}) if needed else change)
    return tuple(found)


def alignment_of(change: Change) -> Alignment:
    """How the old text lies on the new one, by the change of the text."""
    sides = [side.content["stretches"] if side else [] for side in (change.old, change.new)]
    return Alignment(tuple(Hunk(*old["span"], *new["span"]) for old, new in zip(*sides, strict=True)))


def _referred(side: Side | None) -> Iterator[str]:
    return iter(references(side.content)) if side else iter(())


def _spans(side: Side | None) -> Iterator[Span]:
    """Every place of the text that one side's content names, but those of the text itself."""
    return spans_in(side.content) if side else iter(())


def spans_in(content: Mapping[str, Any]) -> Iterator[Span]:
    """Every place that some content names."""
    for key, value in content.items():
        if key == "span" and value is not None:
            yield value[0], value[1]
        elif isinstance(value, Mapping):
            yield from spans_in(value)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, Mapping):
                    yield from spans_in(one)
