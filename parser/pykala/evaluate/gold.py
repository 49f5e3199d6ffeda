"""Gold files: what a document says, as people have written it down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from pykala.evaluate.values import Names, Sum, single_spaced, sum_of

HeaderFact = tuple[str, str]


class WrongFile(ValueError):
    """A file that an evaluation cannot use; says which, where and why."""


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Listed = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldDecision(_Closed):
    """An act; ``anchor`` is the words of the text that carry it."""

    type: str
    anchor: str
    decision_maker: Listed | None = None
    outcome: str | None = None

    @property
    def makers(self) -> Names:
        """What the body that decided may be called; no name where nobody is named."""
        return Names(self.decision_maker or ())


class GoldNote(_Closed):
    """Other places of the text that state one of the decisions."""

    decision: int
    nth: int = 1
    also: tuple[str, ...] = ()


class _Priced(_Closed):
    value: str | int | float
    value_max: str | int | float | None = None
    currency: str | None = None
    per: str | None = None

    @property
    def sum(self) -> Sum:
        """The sum as it is compared."""
        return sum_of(self.value, self.value_max, self.currency, self.per)


class GoldAmount(_Priced):
    """A sum of money."""

    qualifier: str | None = "exact"


class GoldFunding(_Priced):
    """Money that a decision gives, with who gets it, from which fund and for which years."""

    recipients: tuple[Listed, ...] = ()
    fund: tuple[str, ...] | None = None
    years: tuple[tuple[int, int], ...] = ()

    @property
    def receivers(self) -> Names:
        """Every name of every recipient."""
        return Names(tuple(name for names in self.recipients for name in names))


class Gold(_Closed):
    """All that one document says."""

    doc: str | None = None
    language: str | None = None
    published: str | None = None
    municipality: str | None = None
    meeting_date: str | None = None
    case_numbers: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    decisions: tuple[GoldDecision, ...] = ()
    amounts: tuple[GoldAmount, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    dates: tuple[str, ...] = ()
    institutions: tuple[Listed, ...] = ()
    decision_notes: tuple[GoldNote, ...] = ()
    fundings: tuple[GoldFunding, ...] = ()

    @property
    def header(self) -> frozenset[HeaderFact]:
        """What the document says of itself as a whole."""
        facts = {name: getattr(self, name) for name in ("language", "published", "municipality", "meeting_date")}
        return frozenset((name, value) for name, value in facts.items() if value)

    @property
    def qualifiers(self) -> dict[Sum, set[str | None]]:
        """Every distinct sum with the qualifiers that are right for it."""
        found: dict[Sum, set[str | None]] = {}
        for amount in self.amounts:
            found.setdefault(amount.sum, set()).add(amount.qualifier)
        return found

    def anchors(self, index: int) -> tuple[str, ...]:
        """The words that carry a decision, its anchor first, white space single."""
        also = {note.decision: note.also for note in self.decision_notes}
        return tuple(map(single_spaced, (self.decisions[index].anchor, *also.get(index, ()))))


def read_gold(path: Path) -> Gold:
    """The gold of one file.

    Raises:
        WrongFile: it cannot be read, is no JSON, or says something that gold does not say.
    """
    try:
        return Gold.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WrongFile(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        raise WrongFile(f"{path}: {first_of(error)}") from error


def first_of(error: ValidationError) -> str:
    """The first complaint, with its place in the file."""
    details = error.errors()[0]
    place = ".".join(map(str, details["loc"]))
    return f"{place}: {details['msg']}" if place else details["msg"]
