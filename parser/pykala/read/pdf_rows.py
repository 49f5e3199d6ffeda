"""Segments → rows from the top of each page down, and the rows that every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from pykala.model import Value
from pykala.read.pdf_segments import Segment

_DIGITS: Final = re.compile(r"\d+(?:[–-]\d+)*")
_HEAD: Final = 0.80  # of the page's height: above it a running header may stand
_FOOT: Final = 0.13
_GAP: Final = 2.5  # of the character height: nobody leaves so much between two words of a sentence
_DRIFT: Final = 4.0  # points by which a repeated row may move from page to page


class Row(Value):
    """What stands side by side on one line of a page, from left to right."""

    page: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """Its words, columns parted by a space."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(segment.right for segment in self.segments)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return max(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return min(segment.bottom for segment in self.segments)

    @property
    def height(self) -> float:
        """Height of most of its characters; a bullet may be of another font."""
        return max(self.segments, key=lambda segment: len(segment.text)).height

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(segment.bold for segment in self.segments)

    @property
    def gapped(self) -> bool:
        """Whether its words stand in columns of their own."""
        return any(b.left - a.right > _GAP * a.height for a, b in pairwise(self.segments))


def rows_of(page: int, segments: Iterable[Segment]) -> list[Row]:
    """The rows of one page."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (-s.middle, s.left)):
        if rows and abs(rows[-1][0].middle - segment.middle) < 0.4 * min(rows[-1][0].height, segment.height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [Row(page, tuple(sorted(row, key=lambda s: s.left))) for row in rows]


def repeated(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> set[Row]:
    """The rows that stand at the same place of most pages with the same words but for their digits."""
    if len(pages) < 2:
        return set()
    places: Counter[tuple[str, int]] = Counter()
    for rows, height in zip(pages, heights, strict=True):
        places.update({_place(row, height) for row in rows if _in_margin(row, height)})
    needed = max(2, round(len(pages) * 0.4))
    return {
        row
        for rows, height in zip(pages, heights, strict=True)
        for row in rows
        if _in_margin(row, height) and _seen(places, _place(row, height)) >= needed
    }


def _in_margin(row: Row, height: float) -> bool:
    return row.bottom > height * _HEAD or row.top < height * _FOOT


def _place(row: Row, height: float) -> tuple[str, int]:
    return _DIGITS.sub("0", row.text), round((height - row.top) / _DRIFT)


def _seen(places: Counter[tuple[str, int]], place: tuple[str, int]) -> int:
    text, at = place
    return max(places[text, at], places[text, at] + places[text, at - 1], places[text, at] + places[text, at + 1])


class Margins(Value):
    """Where the running text of a document stands.

    Attributes:
        left: its left edge, to the right of the label column where there is one.
        right: its right edge.
        height: of its characters' boxes.
        leading: from one line to the next.
    """

    left: float
    right: float
    height: float
    leading: float

    def is_label(self, segment: Segment, *, alone: bool = False) -> bool:
        """Whether the segment stands in the column left of the running text; alone on its line it may reach over."""
        if segment.left > self.left - 45 or len(segment.text) > 45:
            return False
        return segment.right <= self.left + 3 or (alone and segment.bold and segment.right <= self.left + 60)


def margins(rows: Sequence[Row]) -> Margins:
    """The margins of the running text, by where most of its characters stand."""
    weights: Counter[int] = Counter()
    for row in rows:
        for segment in row.segments:
            weights[round(segment.left / 4)] += len(segment.text)
    near = {at: weights[at] + weights[at - 1] + weights[at + 1] for at in weights}
    best = max(sorted(near), key=lambda at: near[at])
    inside = [row for row in rows for s in row.segments if abs(s.left / 4 - best) <= 1.5 and len(s.text) > 20] or list(
        rows
    )
    left = min(s.left for row in rows for s in row.segments if abs(s.left / 4 - best) <= 1.5)
    rights = sorted(row.right for row in inside)
    steps = [a.top - b.top for a, b in pairwise(rows) if a.page == b.page and 4 < a.top - b.top < 40]
    return Margins(
        left,
        rights[int(len(rights) * 0.95)] if len(rights) > 1 else rights[0],
        median(row.height for row in inside),
        _leading(steps) or 1.2 * median(row.height for row in inside),
    )


def _leading(steps: Sequence[float]) -> float:
    """The most frequent step from row to row, which is the one within paragraphs."""
    if not steps:
        return 0.0
    counts = Counter(round(step) for step in steps)
    near = {step: counts[step] + counts[step - 1] + counts[step + 1] for step in counts}
    most = max(near.values())
    return float(min(step for step, count in near.items() if count >= most * 0.8))
