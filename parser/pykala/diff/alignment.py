"""Which stretch of one text is which of another, in time that grows with their length."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pykala.record import Span

_DEEPEST: Final = 12
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_WORD: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch that differs: ``old[start:end]`` stands where ``new[new_start:new_end]`` does; either may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int

    @property
    def turned(self) -> Hunk:
        """The same seen from the other text."""
        return Hunk(self.new_start, self.new_end, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretches that differ between two texts, in order; all between them is the same."""

    hunks: tuple[Hunk, ...] = ()

    def moved(self, span: Span) -> Span | None:
        """Where the same words stand in the new text; None where the change touches them.

        >>> align("Jaosto päätti.", "Uusi jaosto päätti.").moved((7, 13))
        (12, 18)
        """
        start, end = span
        index = self._before(start)
        if index < len(self.hunks) and self.hunks[index].start < end:
            return None
        shift = self._shift(index)
        return start + shift, end + shift

    def near(self, span: Span) -> Span:
        """About where the words stand in the new text, whatever was changed in them."""
        start, end = span
        first, last = self._hunk_at(start), self._hunk_at(end)
        low = first.new_start if first else start + self._shift(self._before(start))
        high = last.new_end if last else end + self._shift(self._before(end))
        return low, max(low, high)

    def _before(self, offset: int) -> int:
        """The number of hunks that end before a place, or at it."""
        return bisect_right(self.hunks, offset, key=lambda hunk: hunk.end)

    def _shift(self, index: int) -> int:
        return self.hunks[index - 1].new_end - self.hunks[index - 1].end if index else 0

    def _hunk_at(self, offset: int) -> Hunk | None:
        index = bisect_left(self.hunks, offset, key=lambda hunk: hunk.end)
        if index < len(self.hunks) and self.hunks[index].start < offset < self.hunks[index].end:
            return self.hunks[index]
        return None


def align(old: str, new: str) -> Alignment:
    """Align two texts by their lines, and by words where lines differ.

    Neither text is privileged: the other way round, the same stretches differ.
    """
    if old == new:
        return Alignment()
    if old > new:
        return Alignment(tuple(hunk.turned for hunk in align(new, old).hunks))
    found: list[Hunk] = []
    for hunk in _gaps(_LINE.findall(old), _LINE.findall(new)):
        words = _gaps(_WORD.findall(old[hunk.start : hunk.end]), _WORD.findall(new[hunk.new_start : hunk.new_end]))
        found.extend(
            Hunk(hunk.start + w.start, hunk.start + w.end, hunk.new_start + w.new_start, hunk.new_start + w.new_end)
            for w in words
        )
    return Alignment(tuple(found))


def _gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """The stretches between equal pieces, in characters."""
    at = ([0], [0])
    for offsets, pieces in zip(at, (old, new), strict=True):
        for piece in pieces:
            offsets.append(offsets[-1] + len(piece))
    i = j = 0
    for a, b in (*_equal(old, new, 0, 0, 0), (len(old), len(new))):
        if a > i or b > j:
            yield Hunk(at[0][i], at[0][a], at[1][j], at[1][b])
        i, j = a + 1, b + 1


def _equal(old: Sequence[str], new: Sequence[str], i: int, j: int, depth: int) -> Iterator[tuple[int, int]]:
    """Pairs of equal pieces in order: those at both ends, those that stand once in each, then what lies between them."""
    low, shorter = 0, min(len(old), len(new))
    while low < shorter and old[low] == new[low]:
        yield i + low, j + low
        low += 1
    high = 0
    while high < shorter - low and old[-1 - high] == new[-1 - high]:
        high += 1
    middle, other = old[low : len(old) - high], new[low : len(new) - high]
    if middle and other and depth < _DEEPEST:
        a = b = 0
        anchors = _anchors(middle, other)
        for x, y in (*anchors, (len(middle), len(other))) if anchors else ():
            yield from _equal(middle[a:x], other[b:y], i + low + a, j + low + b, depth + 1)
            if x < len(middle):
                yield i + low + x, j + low + y
            a, b = x + 1, y + 1
    for back in range(high, 0, -1):
        yield i + len(old) - back, j + len(new) - back


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run, in the order of both, of pieces that stand exactly once in each."""
    once = {piece for piece, count in Counter(new).items() if count == 1}
    where = {piece: place for place, piece in enumerate(new) if piece in once}
    single = {piece for piece, count in Counter(old).items() if count == 1}
    pairs = [(x, where[piece]) for x, piece in enumerate(old) if piece in single and piece in where]
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, (_, y) in enumerate(pairs):
        place = bisect_left(tails, y)
        back.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(y)
            ends.append(index)
        else:
            tails[place], ends[place] = y, index
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = back[index]
    return chain[::-1]
