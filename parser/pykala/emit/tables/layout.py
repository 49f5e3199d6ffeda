"""The tables, described once: their columns, keys and references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

DIGITS: Final = 38
"""Digits of a decimal number in all."""
PLACES: Final = 9
"""Digits of a decimal number after the point."""


class Kind(Enum):
    """What a column holds."""

    TEXT = auto()
    INTEGER = auto()
    DECIMAL = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column; only one that is required is never null."""

    name: str
    kind: Kind
    required: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table by its key."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        key: the columns that no two rows share.
        references: rows of other tables that a row belongs to or names.
        looked_up: columns that questions ask by, each with an index of its own.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    looked_up: tuple[str, ...] = ()


def _columns(*declared: str) -> Iterator[Column]:
    """Columns from their names: ``name`` or ``name:integer``, with ``!`` where required.

    >>> list(_columns("value:decimal!"))
    [Column(name='value', kind=<Kind.DECIMAL: 3>, required=True)]
    """
    for one in declared:
        name, _, kind = one.rstrip("!").partition(":")
        yield Column(name, Kind[kind.upper()] if kind else Kind.TEXT, one.endswith("!"))


def _child(name: str, key: str, *declared: str, names: dict[str, str] | None = None, by: str = "") -> Table:
    """A table whose rows belong to a bulletin.

    Args:
        name: of the table.
        key: columns that tell rows of one bulletin apart.
        declared: the columns after ``bulletin``.
        names: columns that name a row of another table of the same bulletin.
        by: columns that questions ask by.
    """
    others = (Reference(("bulletin", column), table) for column, table in (names or {}).items())
    return Table(
        name,
        tuple(_columns("bulletin!", *declared)),
        ("bulletin", *key.split()),
        (Reference(("bulletin",), "bulletins"), *others),
        tuple(by.split()),
    )


_SPAN: Final = ("text!", "span_start:integer!", "span_end:integer!", "rule!")

# Each table stands after all that it refers to.
TABLES: Final = (
    Table(
        "bulletins",
        tuple(
            _columns(
                *("id!", "schema_version!", "uri!", "media_type!", "sha256!", "bytes:integer!", "retrieved_at"),
                *("pipeline_version!", "pipeline_rules!", "pipeline_model", "kind!", "language!", "title", "published"),
                *("municipality", "municipality_code", "publisher_name", "meeting_body", "meeting_date"),
                *("meeting_number", "meeting_place", "text!", "record!"),
            )
        ),
        ("id",),
        looked_up=("municipality_code", "meeting_date", "uri"),
    ),
    _child("case_numbers", "position", "position:integer!", "case_number!", by="case_number"),
    _child("sections", "position", "position:integer!", "section!"),
    _child("institutions", "id", "id!", "position:integer!", "name!", "kind!", "business_id", by="name"),
    _child(
        *("institution_aliases", "institution position", "institution!", "position:integer!", "alias!"),
        names={"institution": "institutions"},
    ),
    _child(
        *("institution_mentions", "institution position", "institution!", "position:integer!", *_SPAN),
        names={"institution": "institutions"},
    ),
    _child(
        *("decisions", "id", "id!", "position:integer!", "type!", "outcome", "decision_maker", "decision_maker_name"),
        *("officer", "presenter", "title", "section", "case_number", "verb!"),
        *("votes_yes:integer", "votes_no:integer", "votes_empty:integer", "votes_absent:integer", *_SPAN),
        names={"decision_maker": "institutions"},
        by="type case_number",
    ),
    _child(
        *("decision_institutions", "decision position", "decision!", "position:integer!", "institution!", "role!"),
        names={"decision": "decisions", "institution": "institutions"},
        by="role",
    ),
    _child(
        *("years", "id", "id!", "position:integer!", "decision", "first_year:integer!", "last_year:integer!", *_SPAN),
        names={"decision": "decisions"},
    ),
    _child(*("dates", "id", "id!", "position:integer!", "decision", "value!", *_SPAN), names={"decision": "decisions"}),
    _child(
        *("amounts", "id", "id!", "position:integer!", "decision", "value:decimal", "value_max:decimal", "currency!"),
        *("per", "qualifier!", "role!", "payer", "fund", "purpose", "derived_total:decimal", *_SPAN),
        names={"decision": "decisions", "payer": "institutions", "fund": "institutions"},
        by="role",
    ),
    _child(
        *("amount_recipients", "amount position", "amount!", "position:integer!", "institution!"),
        names={"amount": "amounts", "institution": "institutions"},
    ),
    _child(
        *("amount_years", "amount position", "amount!", "position:integer!", "years!"),
        names={"amount": "amounts", "years": "years"},
    ),
    _child("warnings", "position", "position:integer!", "code!", "message!", "span_start:integer", "span_end:integer"),
    _child(
        *("fundings", "amount position", "amount!", "position:integer!", "decision", "recipient", "recipient_name"),
        *("shared_by:integer!", "value:decimal", "value_max:decimal", "currency!", "per", "qualifier!", "role!"),
        *("fund", "fund_name", "payer", "payer_name", "decision_maker_name", "first_year:integer", "last_year:integer"),
        *("section", "case_number", "municipality", "municipality_code", "meeting_date", "published", "text!"),
        names={
            "amount": "amounts",
            "decision": "decisions",
            **dict.fromkeys(("recipient", "fund", "payer"), "institutions"),
        },
        by="recipient_name fund_name",
    ),
)
"""All tables: ``bulletins`` with the whole record, its values each in a table, and ``fundings``, which stand by themselves."""
