"""Bulletins with their whole records, and a table for each sort of value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_POSITION: Final = ("position:integer!",)
_SPAN: Final = ("text!", "span_start:integer!", "span_end:integer!", "rule!")
_TYPES: Final[dict[str, sa.types.TypeEngine[Any]]] = {
    "": sa.Text(),
    "integer": sa.Integer(),
    "decimal": sa.Numeric(asdecimal=False),
}
_KEYS: Final = {"bulletins": ("id",)} | dict.fromkeys(
    ("institutions", "decisions", "years", "amounts"), ("bulletin", "id")
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bulletins",
        *_columns(
            *("id!", "schema_version!", "uri!", "media_type!", "sha256!", "bytes:integer!", "retrieved_at"),
            *("pipeline_version!", "pipeline_rules!", "pipeline_model", "kind!", "language!", "title", "published"),
            *("municipality", "municipality_code", "publisher_name", "meeting_body", "meeting_date"),
            *("meeting_number", "meeting_place", "text!", "record!"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bulletins"),
    )
    for column in ("municipality_code", "meeting_date", "uri"):
        op.create_index(f"ix_bulletins_{column}", "bulletins", [column])
    _child("case_numbers", ("position",), (*_POSITION, "case_number!"), by=("case_number",))
    _child("sections", ("position",), (*_POSITION, "section!"))
    _child("institutions", ("id",), ("id!", *_POSITION, "name!", "kind!", "business_id"), by=("name",))
    of_institution = {"institution": "institutions"}
    key = ("institution", "position")
    _child("institution_aliases", key, ("institution!", *_POSITION, "alias!"), of_institution)
    _child("institution_mentions", key, ("institution!", *_POSITION, *_SPAN), of_institution)
    _decisions()
    of_decision = {"decision": "decisions"}
    years = ("first_year:integer!", "last_year:integer!")
    _child("years", ("id",), ("id!", *_POSITION, "decision", *years, *_SPAN), of_decision)
    _child("dates", ("id",), ("id!", *_POSITION, "decision", "value!", *_SPAN), of_decision)
    _amounts()
    span = ("span_start:integer", "span_end:integer")
    _child("warnings", ("position",), (*_POSITION, "code!", "message!", *span))


def downgrade() -> None:
    """Drop all tables."""
    for table in (
        *("warnings", "amount_years", "amount_recipients", "amounts", "dates", "years", "decision_institutions"),
        *("decisions", "institution_mentions", "institution_aliases", "institutions", "sections", "case_numbers"),
        "bulletins",
    ):
        op.drop_table(table)


def _decisions() -> None:
    votes = ("votes_yes:integer", "votes_no:integer", "votes_empty:integer", "votes_absent:integer")
    head = ("id!", *_POSITION, "type!", "outcome", "decision_maker", "decision_maker_name", "officer", "presenter")
    _child(
        "decisions",
        ("id",),
        (*head, "title", "section", "case_number", "verb!", *votes, *_SPAN),
        {"decision_maker": "institutions"},
        by=("type", "case_number"),
    )
    _child(
        "decision_institutions",
        ("decision", "position"),
        ("decision!", *_POSITION, "institution!", "role!"),
        {"decision": "decisions", "institution": "institutions"},
        by=("role",),
    )


def _amounts() -> None:
    money = ("value:decimal", "value_max:decimal", "currency!", "per", "qualifier!", "role!")
    _child(
        "amounts",
        ("id",),
        ("id!", *_POSITION, "decision", *money, "payer", "fund", "purpose", "derived_total:decimal", *_SPAN),
        {"decision": "decisions", "payer": "institutions", "fund": "institutions"},
        by=("role",),
    )
    for table, column, other in (
        ("amount_recipients", "institution", "institutions"),
        ("amount_years", "years", "years"),
    ):
        names = {"amount": "amounts", column: other}
        _child(table, ("amount", "position"), ("amount!", *_POSITION, f"{column}!"), names)


def _child(
    table: str,
    key: Sequence[str],
    declared: Sequence[str],
    names: dict[str, str] | None = None,
    by: Sequence[str] = (),
) -> None:
    """A table whose rows belong to a bulletin."""
    references = [(("bulletin",), "bulletins"), *((("bulletin", one), other) for one, other in (names or {}).items())]
    op.create_table(
        table,
        *_columns("bulletin!", *declared),
        sa.PrimaryKeyConstraint("bulletin", *key, name=f"pk_{table}"),
        *(
            sa.ForeignKeyConstraint(
                columns,
                [f"{other}.{column}" for column in _KEYS[other]],
                name=f"fk_{table}_{columns[-1]}",
                ondelete="CASCADE",
            )
            for columns, other in references
        ),
    )
    for column in by:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _columns(*declared: str) -> list[sa.Column[Any]]:
    parts = [(one.rstrip("!").partition(":"), one.endswith("!")) for one in declared]
    return [sa.Column(name, _TYPES[kind], nullable=not required) for (name, _, kind), required in parts]
