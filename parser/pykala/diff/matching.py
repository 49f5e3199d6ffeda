"""Which entry of one record is which of the other: by meaning and place, then by overlap, then by meaning alone.

No step takes more than a sort and a few looks at neighbours for each entry.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pykala.diff.alignment import Alignment
from pykala.diff.entries import Entry
from pykala.diff.model import Field
from pykala.evaluate.values import fold
from pykala.record import Span

#: How many neighbours of an entry are looked at for an overlap.
_NEIGHBOURS: Final = 24

Pair = tuple[Entry | None, Entry | None]
Keys = Iterable[Hashable]


@dataclass(slots=True)
class _Left:
    """The entries that are not matched yet, and the pairs that are."""

    old: list[Entry]
    new: list[Entry]
    pairs: list[Pair]

    def take(self, matched: Sequence[tuple[Entry, Entry]]) -> None:
        self.pairs.extend(matched)
        gone = {id(entry) for pair in matched for entry in pair}
        self.old = [entry for entry in self.old if id(entry) not in gone]
        self.new = [entry for entry in self.new if id(entry) not in gone]


def matched(field: Field, old: Sequence[Entry], new: Sequence[Entry], texts: Alignment) -> list[Pair]:
    """Every entry of either record once: with the other's, or alone.

    Args:
        field: which list of the records.
        old: the old record's entries, in order of place.
        new: likewise.
        texts: how the old text lies on the new one.
    """
    left = _Left(list(old), list(new), [])
    for step in _STEPS.get(field, _VALUES):
        if left.old and left.new:
            left.take(step(left, texts))
    return [*left.pairs, *((entry, None) for entry in left.old), *((None, entry) for entry in left.new)]


Step = Callable[[_Left, Alignment], list[tuple[Entry, Entry]]]


def _by(keys: Callable[[Entry, Callable[[Span], Span | None]], Keys]) -> Step:
    """A step that pairs entries with a key in common, in order of place."""

    def step(left: _Left, texts: Alignment) -> list[tuple[Entry, Entry]]:
        held: defaultdict[Hashable, deque[Entry]] = defaultdict(deque)
        for entry in left.new:
            for key in keys(entry, lambda span: span):
                held[key].append(entry)
        taken: set[int] = set()
        found = []
        for entry in left.old:
            for key in keys(entry, texts.moved):
                fitting = held.get(key, deque())
                while fitting and id(fitting[0]) in taken:
                    fitting.popleft()
                if fitting:
                    taken.add(id(fitting[0]))
                    found.append((entry, fitting.popleft()))
                    break
        return found

    return step


def _by_overlap(spans: Callable[[Entry], Sequence[Span]]) -> Step:
    """A step that pairs entries whose words overlap, those of equal meaning and with most in common first."""

    def step(left: _Left, texts: Alignment) -> list[tuple[Entry, Entry]]:
        there = sorted((span, index) for index, entry in enumerate(left.new) for span in spans(entry))
        common: defaultdict[tuple[int, int], int] = defaultdict(int)
        for index, entry in enumerate(left.old):
            for span in map(texts.near, spans(entry)):
                for other, size in _overlaps(span, there):
                    common[index, other] += size
        ranked = sorted(common, key=lambda pair: (not _alike(left, *pair), -common[pair], sum(pair), max(pair), pair))
        used: tuple[set[int], set[int]] = (set(), set())
        found = []
        for i, j in ranked:
            if i not in used[0] and j not in used[1]:
                used[0].add(i)
                used[1].add(j)
                found.append((left.old[i], left.new[j]))
        return found

    return step


def _overlaps(span: Span, there: Sequence[tuple[Span, int]]) -> Iterable[tuple[int, int]]:
    """Indexes of the neighbours that a stretch overlaps, each with how many characters."""
    start, end = span
    place = bisect_left(there, ((end, end), 0))
    for other, index in there[max(0, place - _NEIGHBOURS) : place]:
        size = min(end, other[1]) - max(start, other[0])
        if size > 0:
            yield index, size


def _alike(left: _Left, i: int, j: int) -> bool:
    return meaning(left.old[i]) == meaning(left.new[j])


def meaning(entry: Entry) -> Hashable:
    """What an entry says, without where."""
    said = entry.content
    match entry.field:
        case Field.AMOUNTS:
            keys: tuple[str, ...] = ("value", "value_max", "currency", "per")
        case Field.YEARS:
            keys = ("start", "end")
        case Field.DATES:
            keys = ("value",)
        case Field.DECISIONS:
            keys = ("type",)
        case _:
            return fold(said["name"])
    return tuple(said[key] for key in keys)


def _statements(entry: Entry) -> list[Span]:
    """All places that tell a decision."""
    return [tuple(entry.content["span"]), *(tuple(also["span"]) for also in entry.content["also"])]


def _names(entry: Entry) -> set[str]:
    return {fold(name) for name in (entry.content["name"], *entry.content["aliases"])}


_SAME: Final[Step] = _by(lambda entry, moved: [(meaning(entry), moved(entry.span))] if moved(entry.span) else ())
_VALUES: Final[tuple[Step, ...]] = (
    _SAME,
    _by_overlap(lambda entry: [entry.span]),
    _by(lambda entry, _: [(meaning(entry), entry.text)]),
    _by(lambda entry, _: [meaning(entry)]),
)
_STEPS: Final[dict[Field, tuple[Step, ...]]] = {
    Field.DECISIONS: (
        _SAME,
        _by_overlap(lambda entry: [entry.span]),
        _by(lambda entry, moved: [(meaning(entry), place) for place in map(moved, _statements(entry)) if place]),
        _by(lambda entry, _: [(meaning(entry), fold(entry.content["text"]))]),
        _by_overlap(_statements),
    ),
    Field.INSTITUTIONS: (
        _by(lambda entry, _: [(meaning(entry), entry.content["kind"])]),
        _by(lambda entry, _: [meaning(entry)]),
        _by(lambda entry, _: sorted(_names(entry))),
        _by_overlap(lambda entry: [tuple(mention["span"]) for mention in entry.content["mentions"]]),
    ),
}
