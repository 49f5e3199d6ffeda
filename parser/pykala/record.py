"""The record of one bulletin: typed, closed, and the source of the published JSON Schemas."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pykala.model import Qualifier

SCHEMA_VERSION: Final = "1.0"

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z]+-[0-9a-z]+(-[0-9a-z]+)*$")]
Span = Annotated[tuple[int, int], Field(description="character offsets [start, end) into the record's text")]
Edtf = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?$")]
DecimalString = Annotated[str, StringConstraints(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]

DecisionType = Literal[
    "approved", "granted", "denied", "rejected", "noted", "closed", "tabled", "returned", "withdrawn", "proposed",
    "stated", "appointed", "authorised", "instructed", "reserved", "transacted", "amended", "repealed", "decided",
]  # fmt: skip
Outcome = Literal["as_proposed", "as_amended", "by_vote"]
AmountRole = Literal[
    "granted", "committed", "requested", "budget", "cost", "price", "rent", "fee", "loan", "guarantee", "income",
    "previous", "other",
]  # fmt: skip
InstitutionKind = Literal[
    "municipality", "council", "board", "committee", "division", "office", "company", "university", "school",
    "association", "foundation", "fund", "ministry", "state_agency", "joint_authority", "wellbeing_county", "court",
    "parish", "union", "eu", "other",
]  # fmt: skip
InstitutionRole = Literal[
    "decision_maker", "recipient", "partner", "preparer", "payer", "fund", "proposer", "addressee", "mentioned"
]


class Closed(BaseModel):
    """Immutable, with no field that the schema does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Quoted(Closed):
    """A value with the exact words that it was read from."""

    text: str = Field(description="the words as written")
    span: Span


class SourceInfo(Closed):
    """Where the document came from and which bytes it was."""

    uri: str
    media_type: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(ge=0)]
    retrieved_at: str | None = Field(default=None, json_schema_extra={"format": "date-time"})


class Place(Closed):
    """A node of the source document: an XPath, or a box on a PDF page, or a line of a text file."""

    span: Span
    path: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None


class Pipeline(Closed):
    """What produced the record: two equal pipelines give equal records of equal bytes."""

    version: str
    rules: str
    model: str | None = None


class Municipality(Closed):
    """A municipality by its Finnish name and its code of Statistics Finland (null for one long abolished)."""

    name: str
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")] | None


class Meeting(Closed):
    """The meeting that the bulletin reports."""

    body: str | None = None
    date: Edtf | None = None
    number: str | None = None
    place: str | None = None


class Votes(Closed):
    """A vote that settled the matter, as told."""

    text: str
    span: Span
    yes: int | None = None
    no: int | None = None
    empty: int | None = None
    absent: int | None = None


class InstitutionLink(Closed):
    """An institution's part in one decision."""

    id: Identifier
    role: InstitutionRole


class Decision(Quoted):
    """One act that the bulletin reports as taken."""

    id: Identifier
    rule: str
    type: DecisionType
    outcome: Outcome | None
    decision_maker: Identifier | None
    officer: str | None = None
    presenter: str | None = None
    title: str | None
    section: str | None
    case_number: str | None
    verb: Quoted
    also: tuple[Quoted, ...] = Field(default=(), description="other places that tell the same act")
    amounts: tuple[Identifier, ...]
    years: tuple[Identifier, ...]
    dates: tuple[Identifier, ...]
    institutions: tuple[InstitutionLink, ...]
    votes: Votes | None


class AmountEntry(Quoted):
    """A sum of money."""

    id: Identifier
    rule: str
    value: DecimalString
    value_max: DecimalString | None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    per: str | None
    qualifier: Qualifier
    role: AmountRole
    decision: Identifier | None
    recipients: tuple[Identifier, ...]
    payer: Identifier | None
    fund: Identifier | None
    purpose: Quoted | None = None
    years: tuple[Identifier, ...]
    derived_total: DecimalString | None = None


class YearsEntry(Quoted):
    """A year, or a span of years, said as such."""

    id: Identifier
    rule: str
    start: Annotated[int, Field(ge=1000, le=2999)]
    end: Annotated[int, Field(ge=1000, le=2999)]
    decision: Identifier | None


class DateEntry(Quoted):
    """A day, a month, a season or an interval."""

    id: Identifier
    rule: str
    value: Edtf
    decision: Identifier | None


class InstitutionMention(Quoted):
    """One place where the document names the institution."""

    rule: str


class Institution(Closed):
    """A named organisation, body or office with all its mentions."""

    id: Identifier
    name: str
    kind: InstitutionKind
    aliases: tuple[str, ...]
    identifiers: dict[Literal["business_id"], str]
    mentions: Annotated[tuple[InstitutionMention, ...], Field(min_length=1)]


class WarningEntry(Closed):
    """What could not be read or settled."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    message: str
    span: Span | None = None


class Record(Closed):
    """One bulletin."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: Identifier
    source: SourceInfo
    pipeline: Pipeline
    kind: Literal["minutes", "agenda", "bulletin", "release", "officer", "preview"]
    language: Literal["fi", "sv", "en"]
    title: str | None
    published: Edtf | None
    municipality: Municipality | None
    publisher: Identifier | None
    meeting: Meeting | None
    case_numbers: tuple[str, ...]
    sections: tuple[str, ...]
    text: str
    decisions: tuple[Decision, ...]
    amounts: tuple[AmountEntry, ...]
    years: tuple[YearsEntry, ...]
    dates: tuple[DateEntry, ...]
    institutions: tuple[Institution, ...]
    places: tuple[Place, ...]
    warnings: tuple[WarningEntry, ...]


class AmountRow(Closed):
    """A sum of a decision, on its own without ids to follow."""

    value: DecimalString
    value_max: DecimalString | None
    currency: str
    per: str | None
    qualifier: Qualifier
    role: AmountRole
    recipients: tuple[str, ...]
    fund: str | None
    years: tuple[tuple[int, int], ...]
    text: str
    span: Span


class InstitutionRow(Closed):
    """An institution of a decision by name."""

    name: str
    kind: InstitutionKind
    role: InstitutionRole


class DecisionRow(Closed):
    """One decision as a flat row that stands by itself (``--unit decision``)."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: Identifier
    bulletin: Identifier
    uri: str
    language: Literal["fi", "sv", "en"]
    municipality: str | None
    municipality_code: str | None
    body: str | None
    meeting_date: Edtf | None
    published: Edtf | None
    type: DecisionType
    outcome: Outcome | None
    decision_maker: str | None
    officer: str | None
    presenter: str | None
    title: str | None
    section: str | None
    case_number: str | None
    text: str
    span: Span
    rule: str
    amounts: tuple[AmountRow, ...]
    years: tuple[tuple[int, int], ...]
    dates: tuple[Edtf, ...]
    institutions: tuple[InstitutionRow, ...]
    votes: Votes | None


class Failure(Closed):
    """A document that gave no record (a line of ``OUT.failures.jsonl``)."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    uri: str
    stage: Literal["fetch", "read", "segment", "extract", "link", "record"]
    code: str
    message: str
    place: str | None
    remedy: str | None


def decimal_string(value: Decimal) -> str:
    """A number as the contract writes it: no exponent, no trailing zeros after the point.

    >>> decimal_string(Decimal("1.50E+6")), decimal_string(Decimal("312540.60"))
    ('1500000', '312540.6')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
