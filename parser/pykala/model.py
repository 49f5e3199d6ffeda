"""Frozen values that pass between the stages: nothing here reads, decides or prints.

One document flows one way: ``bytes → Bulletin → Document → Findings → Linked → Record``.
Every span is a pair of character offsets ``[start, end)`` into ``Bulletin.text``.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Generic, Literal, TypeVar, dataclass_transform

from msgspec import Struct

Language = Literal["fi", "sv", "en"]


@dataclass_transform(frozen_default=True)
class Value(Struct, frozen=True, gc=False):
    """A frozen record of named fields, with ``msgspec.structs.replace`` for one that differs.

    A document makes hundreds of them; msgspec makes one in a tenth of the time that a frozen dataclass takes. The collector
    need not watch them, since what cannot be changed once it is made cannot come to hold itself.
    """


# ---------------------------------------------------------------- read


class Source(Value):
    """The document as it came: where from, of what kind, which bytes."""

    uri: str
    media_type: str
    sha256: str
    size: int


class Origin(Value):
    """The way back from a block to the source document.

    Attributes:
        path: an XPath (HTML) or a JSON pointer, the latter with the XPath inside after ``#``.
        page: page of a PDF, from 1.
        box: left, bottom, right, top on that page, in points.
        line: first line of the block in a text file, from 1.
    """

    path: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None


class BlockKind(StrEnum):
    """What a block is by its layout; what it means is the segmenter's business."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    PAGE_FURNITURE = "page_furniture"  # running headers, page numbers, navigation, site footers


class Block(Value):
    """A paragraph, heading, list item or table of the text, in reading order and never overlapping.

    Attributes:
        level: depth of a heading (1 is the title), 0 where the layout does not tell.
        marks: names that the markup gives the block and its ancestors (CSS classes, JSON keys), lower case, innermost first.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    marks: tuple[str, ...] = ()
    origin: Origin = Origin()


class Cell(Value):
    """One cell of a table; an empty cell has ``start == end``."""

    start: int
    end: int
    row: int
    column: int
    header: bool = False


class Table(Value):
    """A table kept as a table: in the text its cells are parted by a tab and its rows by a line break."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


class Fact(Value):
    """Something that the page's own markup states outright, such as the meeting's body.

    ``name`` is one of ``title body municipality meeting_date meeting_number meeting_place section
    case_number presenter officer published status``; ``status`` has the value ``agenda`` or ``minutes``.
    ``start`` and ``end`` are None where the words stand outside the text (``<title>``, a crawl's stamp).
    """

    name: str
    value: str
    start: int | None = None
    end: int | None = None


class Warning_(Value):
    """What could not be read or settled."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class Bulletin(Value):
    """A document read: its plain text with its layout, and what the page says of itself.

    In ``text`` blocks are parted by an empty line, lines within a block by a line break, cells by a tab. It holds
    no soft hyphens and no words broken over lines; white space within a line is single.
    """

    source: Source
    format: str
    text: str
    language: Language
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    facts: tuple[Fact, ...] = ()
    warnings: tuple[Warning_, ...] = ()


# ---------------------------------------------------------------- segment


class DocumentKind(StrEnum):
    """What sort of bulletin it is, which settles where acts may stand."""

    MINUTES = "minutes"  # items with their own decision sections
    AGENDA = "agenda"  # prepared, nothing decided
    BULLETIN = "bulletin"  # päätöstiedote: headings with results
    RELEASE = "release"  # news prose
    OFFICER = "officer"  # an office holder's own decision
    PREVIEW = "preview"  # news of what will be decided


class PartKind(StrEnum):
    """The parts of an item, in the trade's terms."""

    HEADER = "header"
    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    SUBHEADING = "subheading"
    DECISION = "decision"
    PROPOSAL = "proposal"
    HANDLING = "handling"
    REASONS = "reasons"
    BACKGROUND = "background"
    VOTES = "votes"
    HISTORY = "history"  # earlier handlings, reprinted
    PRESENTER = "presenter"
    CONTACT = "contact"
    ATTACHMENTS = "attachments"
    DISTRIBUTION = "distribution"
    APPEAL = "appeal"
    POINTER = "pointer"
    BOILERPLATE = "boilerplate"


class Part(Value):
    """A stretch of one item with one function."""

    kind: PartKind
    start: int
    end: int
    heading: tuple[int, int] | None = None


class Item(Value):
    """One matter of the meeting; a press release's story is one too."""

    start: int
    end: int
    parts: tuple[Part, ...]
    title: tuple[int, int] | None = None
    section: tuple[int, int] | None = None
    case_numbers: tuple[tuple[int, int], ...] = ()
    presenter: str | None = None


class Header(Value):
    """What the bulletin says of itself as a whole."""

    title: str | None = None
    municipality: str | None = None
    body: str | None = None
    body_span: tuple[int, int] | None = None
    meeting_date: str | None = None
    meeting_number: str | None = None
    meeting_place: str | None = None
    published: str | None = None
    officer: str | None = None


class Document(Value):
    """A bulletin in its items, parts and sentences."""

    bulletin: Bulletin
    kind: DocumentKind
    header: Header
    items: tuple[Item, ...]
    sentences: tuple[tuple[int, int], ...]
    warnings: tuple[Warning_, ...] = ()

    @property
    def text(self) -> str:
        """The plain text that every span points into."""
        return self.bulletin.text


# ---------------------------------------------------------------- extract


class Mention(Value):
    """Words that a rule read: ``document.text[start:end] == text``, always.

    ``rule`` is ``<rule file>.<entry id>``, for example ``units.euro``.
    """

    rule: str
    start: int
    end: int
    text: str


class Rejected(Mention):
    """A number or name that was looked at and read as no value, with the reason."""

    reason: str


T = TypeVar("T", bound=Mention, covariant=True)


class Reading(Value, Generic[T]):
    """What one extractor read: its values in order of ``start``, what it looked at and refused, what it could not settle."""

    values: tuple[T, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[Warning_, ...] = ()


Qualifier = Literal["exact", "about", "at_most", "at_least", "over", "under"]


class Amount(Mention):
    """A sum of money as written.

    Attributes:
        value: in the currency's units; of a range, its lower end.
        value_max: the upper end of a range.
        per: ``year month day hour week time m2 k-m2 person child unit …``, None for a plain sum.
    """

    value: Decimal
    value_max: Decimal | None = None
    currency: str = "EUR"
    per: str | None = None
    qualifier: Qualifier = "exact"


class Years(Mention):
    """A year or a span of years said as such, both ends included."""

    first: int
    last: int


class Date(Mention):
    """A day, month, season or interval in EDTF (ISO 8601-2)."""

    value: str


class Name(Mention):
    """A mention of an organisation, body or office.

    Attributes:
        name: the nominative, as the document writes it.
        kind: one of the contract's kinds, ``company``, ``committee`` …
        key: mentions with the same key are the same entity (folded name, or a register's id).
        case: grammatical case of the mention: ``nominative genitive partitive inessive elative illative adessive
            ablative allative essive translative``, or None where unknown.
        aliases: other names that the document gives it at this place: a bracketed acronym, a second language.
        business_id: a verified business id written after the name.
        bare: a head alone (*valtuusto*, *jaosto*, *kaupunki*) that names no body by itself.
    """

    name: str
    kind: str
    key: str
    case: str | None = None
    aliases: tuple[str, ...] = ()
    business_id: str | None = None
    bare: bool = False


class Act(Mention):
    """A statement that something was decided; ``start`` and ``end`` are those of its clause.

    Attributes:
        type: one of the contract's nineteen types.
        verb: span of the words that carry the act.
        subject: span of the body that acts, where the clause names it.
        outcome: ``as_proposed``, ``as_amended``, ``by_vote`` or None.
        formula: accepts a proposal without spelling it out.
        officer: an office holder speaks (*Päätin*).
        scope: span whose sums, years and names belong to the act: the sentence, its list, its table, or the proposal.
    """

    type: str
    verb: tuple[int, int]
    subject: tuple[int, int] | None = None
    outcome: str | None = None
    formula: bool = False
    officer: bool = False
    scope: tuple[tuple[int, int], ...] = ()

    @property
    def subscribes(self) -> bool:
        """Whether a body subscribes for shares: *merkitä osakkeita*, *teckna aktier*."""
        verbs = ("verbs.merkita", "verbs.sv-teckna", "verbs.en-subscribe")
        return self.type == "transacted" and self.rule in verbs


class Findings(Value):
    """All that the extractors read in one document, each list in order of ``start``."""

    amounts: tuple[Amount, ...] = ()
    years: tuple[Years, ...] = ()
    dates: tuple[Date, ...] = ()
    names: tuple[Name, ...] = ()
    acts: tuple[Act, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[Warning_, ...] = ()


# ---------------------------------------------------------------- link


class Entity(Value):
    """One institution with all its mentions.

    Attributes:
        key: what its mentions share.
        name: the fullest form that the document uses, in the nominative.
    """

    key: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    business_id: str | None
    mentions: tuple[Name, ...]


class VoteCount(Value):
    """A counted vote and the words that tell it."""

    start: int
    end: int
    yes: int
    no: int
    empty: int | None = None
    absent: int | None = None


class Decision(Value):
    """One act, however often told, with what belongs to it.

    Attributes:
        act: the statement that is quoted.
        also: other statements of the same act.
        maker: key of the entity that decided, None for an office holder or where nothing tells.
        scope: spans whose values belong to it.
        institutions: keys of entities with their roles.
    """

    act: Act
    also: tuple[Act, ...]
    maker: str | None
    outcome: str | None
    scope: tuple[tuple[int, int], ...]
    officer: str | None = None
    presenter: str | None = None
    title: str | None = None
    section: str | None = None
    case_number: str | None = None
    votes: VoteCount | None = None
    institutions: tuple[tuple[str, str], ...] = ()


class Money(Value):
    """A sum in its role: of which decision, to whom, from what, for which years.

    Attributes:
        decision: index into the decisions.
        recipients, payer, fund: keys of entities.
        years: indexes into the findings' years.
    """

    amount: Amount
    role: str
    decision: int | None = None
    recipients: tuple[str, ...] = ()
    payer: str | None = None
    fund: str | None = None
    purpose: tuple[int, int] | None = None
    years: tuple[int, ...] = ()
    derived_total: Decimal | None = None


class Linked(Value):
    """All that was read, tied together; ready to be written down as a record.

    Attributes:
        year_decisions, date_decisions: for each year and date of the findings, the decision that it belongs to.
        publisher: key of the institution whose bulletin it is.
    """

    document: Document
    findings: Findings
    entities: tuple[Entity, ...]
    decisions: tuple[Decision, ...]
    money: tuple[Money, ...]
    year_decisions: tuple[int | None, ...] = ()
    date_decisions: tuple[int | None, ...] = ()
    publisher: str | None = None
    warnings: tuple[Warning_, ...] = ()
