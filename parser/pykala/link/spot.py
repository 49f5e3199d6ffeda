"""A sum in its place: its clause, its row, its decision, and the sums beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pykala.link.cast import Cast
from pykala.link.layout import START, Layout, Row, Span, starting_in
from pykala.model import Amount, Decision, Findings, Name, Value, Years


class Owners:
    """To which decision each place of a document belongs."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._scopes = sorted((b - a, i, a, b) for i, decision in enumerate(decisions) for a, b in decision.scope)

    def at(self, position: int) -> int | None:
        """The decision whose scope holds a position; of several, the one with the narrowest span around it."""
        for _, index, start, end in self._scopes:
            if start <= position < end:
                return index
        return None


class Scene(Value):
    """What holds for every sum of a document."""

    layout: Layout
    findings: Findings
    decisions: Sequence[Decision]
    owners: Owners
    cast: Cast


class Spot(Value):
    """One sum where it stands.

    Attributes:
        clause: the sentence, or the act's part of it, or the row.
        index: place of the decision whose scope holds the sum.
    """

    scene: Scene
    amount: Amount
    clause: Span
    row: Row | None
    index: int | None

    @property
    def text(self) -> str:
        """The document's text."""
        return self.scene.layout.text

    @property
    def decision(self) -> Decision | None:
        """The decision whose scope holds the sum."""
        return self.scene.decisions[self.index] if self.index is not None else None

    def others(self) -> list[Amount]:
        """The other sums of the clause."""
        return [a for a in starting_in(self.scene.findings.amounts, *self.clause) if a is not self.amount]

    def names(self, span: Span | None = None) -> Sequence[Name]:
        """The mentions of institutions that begin in a span, by default the clause."""
        return self.scene.cast.within(*(span or self.clause))

    def years(self, span: Span | None = None) -> list[tuple[int, Years]]:
        """The years that begin in a span, by default the clause, with their places in the findings."""
        start, end = span or self.clause
        found = starting_in(self.scene.findings.years, start, end)
        if not found:
            return []
        offset = bisect_left(self.scene.findings.years, start, key=START)
        return [(offset + i, y) for i, y in enumerate(found)]

    @property
    def in_brackets(self) -> bool:
        """Whether a bracket is open where the sum stands."""
        start, end = self.clause[0], self.amount.start
        return self.text.count("(", start, end) > self.text.count(")", start, end)


def spot(scene: Scene, amount: Amount) -> Spot:
    """Find a sum's place."""
    row = scene.layout.row(amount.start)
    index = scene.owners.at(amount.start)
    if row is not None:
        clause = (row.start, max(row.end, amount.end))
    else:
        start, end = scene.layout.sentence(amount.start)
        clause = (start, max(end, amount.end))
        act = scene.decisions[index].act if index is not None else None
        if act is not None and act.start <= amount.start < act.end:
            clause = (max(start, act.start), min(clause[1], act.end))
    return Spot(scene, amount, clause, row, index)
