"""What is said of one value: right, missing, too many, or another than it should be."""

from __future__ import annotations

from dataclasses import dataclass

from pykala.evaluate.counts import Counts, Field
from pykala.evaluate.record_file import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """One value of one field.

    Attributes:
        gold: what it should be, None where there should be nothing; None too where another verdict tells it.
        found: what was found, likewise.
        place: where the record's text speaks of it.
    """

    field: Field
    counts: Counts
    gold: str | None = None
    found: str | None = None
    place: Span | None = None

    @property
    def is_mistake(self) -> bool:
        """Whether there is something to tell."""
        return self.gold is not None or self.found is not None


def right(field: Field) -> Verdict:
    """A value that is as it should be."""
    return Verdict(field, Counts(right=1))


def missed(field: Field, gold: object = None, place: Span | None = None) -> Verdict:
    """A value that is not there."""
    return Verdict(field, Counts(missed=1), gold=_shown(gold), place=place)


def extra(field: Field, found: object = None, place: Span | None = None) -> Verdict:
    """A value that should not be there."""
    return Verdict(field, Counts(extra=1), found=_shown(found), place=place)


def wrong(field: Field, gold: object, found: object, place: Span | None = None) -> Verdict:
    """A value that is another than it should be: one too many and one missing."""
    return Verdict(field, Counts(extra=1, missed=1), _shown(gold), _shown(found), place)


def either(field: Field, gold: object, found: object, *, agree: bool, place: Span | None) -> Verdict:
    """The verdict on a value that either side may lack."""
    if agree:
        return right(field)
    if gold is None:
        return extra(field, found, place)
    return missed(field, gold, place) if found is None else wrong(field, gold, found, place)


def _shown(value: object) -> str | None:
    return None if value is None else str(value)
