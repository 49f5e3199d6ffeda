"""Right, wrong and missing values, and the scores that they give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What is scored, in the order of the tables."""

    DECISIONS = "decisions"
    DECISION_TYPES = "decision_types"
    DECISION_MAKERS = "decision_makers"
    OUTCOMES = "outcomes"
    AMOUNTS = "amounts"
    QUALIFIERS = "qualifiers"
    YEARS = "years"
    DATES = "dates"
    INSTITUTIONS = "institutions"
    FUNDINGS = "fundings"
    FUNDING_YEARS = "funding_years"
    FUNDING_FUNDS = "funding_funds"
    CASE_NUMBERS = "case_numbers"
    SECTIONS = "sections"
    HEADER = "header"


CORE_FIELDS: Final = (Field.DECISION_TYPES, Field.AMOUNTS, Field.YEARS, Field.INSTITUTIONS)
CORE: Final = "core"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many values are right, are too many, and are missing."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    def __bool__(self) -> bool:
        """Whether there was anything to find or anything found."""
        return bool(self.right or self.extra or self.missed)

    @property
    def gold(self) -> int:
        """How many values there are to find."""
        return self.right + self.missed

    @property
    def found(self) -> int:
        """How many values were found."""
        return self.right + self.extra

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found; 1 where there is nothing."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """A field's score over some documents.

    Attributes:
        counts: all values of all documents in one pool.
        per_document: the mean of each document's own F1, so that one long table does not outweigh the rest.
    """

    counts: Counts
    per_document: float

    @property
    def f1(self) -> float:
        """F1 of the pool."""
        return self.counts.f1


@dataclass(frozen=True, slots=True)
class Core:
    """The means over the core fields."""

    f1: float
    per_document: float


def score(documents: Iterable[Counts]) -> Score:
    """The score of one field from its counts in each document.

    A document that rightly has nothing of the field says nothing about it.

    >>> score([Counts(right=1, missed=1), Counts(right=8), Counts()])
    Score(counts=Counts(right=9, extra=0, missed=1), per_document=0.8333333333333333)
    """
    counts = [one for one in documents if one]
    each = [2 * c.right / (2 * c.right + c.extra + c.missed) for c in counts]
    return Score(sum(counts, Counts()), sum(each) / len(each) if each else 1.0)
