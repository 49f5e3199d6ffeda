"""The JSON of a record, read with patience.

Any record that follows the contract will do, also one of another program: an institution may be referred to by id, by
name or as an object that holds either, and a span may be a pair or an object.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StrictInt

Span = tuple[int, int]
T = TypeVar("T")


def _or_nothing(value: object) -> object:
    return value or ()


def _reference(value: object) -> object:
    """The id or name by which something is referred to."""
    if isinstance(value, dict):
        value = value.get("id") or value.get("institution") or value.get("name")
    return value if value is None else str(value)


def _pair(value: object) -> object:
    """A span as a pair; None where it is none."""
    if isinstance(value, dict):
        value = (value.get("start"), value.get("end"))
    return tuple(value) if isinstance(value, list | tuple) and len(value) == 2 else None


def _year_reference(value: object) -> object:
    """Years by id, or their both ends."""
    if isinstance(value, dict):
        return (value.get("start"), value.get("end"))
    return tuple(value) if isinstance(value, list | tuple) else str(value)


def _name(value: object) -> object:
    return value.get("name") if isinstance(value, dict) else value


def _object(value: object) -> object:
    return value if isinstance(value, dict) else None


def _text(value: object) -> str:
    return "" if value is None else str(value)


Many = Annotated[tuple[T, ...], BeforeValidator(_or_nothing)]
Reference = Annotated[str | None, BeforeValidator(_reference)]
Place = Annotated[Span | None, BeforeValidator(_pair)]
YearReference = Annotated[tuple[StrictInt | None, ...] | str, BeforeValidator(_year_reference)]
Text = Annotated[str, BeforeValidator(_text)]


class _Open(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class SourceRead(_Open):
    """Where the document came from."""

    uri: Text = ""


class MentionRead(_Open):
    """A place where an institution is named."""

    span: Place = None


class InstitutionRead(_Open):
    """An institution."""

    id: Text = "None"
    name: str | None = None
    aliases: Many[str] = ()
    mentions: Many[MentionRead] = ()


class DecisionRead(_Open):
    """An act."""

    type: str | None = None
    outcome: str | None = None
    decision_maker: Reference = None
    case_number: Text = ""
    section: Text = ""
    text: Text = ""
    span: Place = None


class AmountRead(_Open):
    """A sum of money."""

    value: str | int | float | None = None
    value_max: str | int | float | None = None
    currency: str | None = None
    per: str | None = None
    qualifier: str | None = None
    role: str | None = None
    recipients: Many[Reference] = ()
    recipient: Reference = None
    fund: Reference = None
    years: Many[YearReference] = ()
    span: Place = None


class YearsRead(_Open):
    """A year or a span of years."""

    id: Text = "None"
    start: StrictInt | None = None
    end: StrictInt | None = None
    span: Place = None


class DateRead(_Open):
    """A day, a month, a season or an interval."""

    value: str | None = None
    span: Place = None


class MeetingRead(_Open):
    """The meeting that is reported."""

    date: str | None = None


class RecordFile(_Open):
    """A record as its JSON has it."""

    source: SourceRead | None = None
    kind: str | None = None
    language: str | None = None
    published: str | None = None
    municipality: Annotated[str | None, BeforeValidator(_name)] = None
    meeting: Annotated[MeetingRead | None, BeforeValidator(_object)] = None
    case_numbers: Many[Text] = ()
    sections: Many[Text] = ()
    text: Text = ""
    decisions: Many[DecisionRead] = ()
    amounts: Many[AmountRead] = ()
    years: Many[YearsRead] = ()
    dates: Many[DateRead] = ()
    institutions: Many[InstitutionRead] = ()
