"""Fundings, each standing by itself; they are filled from the records that the database holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    required = dict.fromkeys(("bulletin", "amount", "currency", "qualifier", "role", "text"), sa.Text())
    optional = dict.fromkeys(
        (
            *("decision", "recipient", "recipient_name", "per", "fund", "fund_name", "payer", "payer_name"),
            *("decision_maker_name", "section", "case_number", "municipality", "municipality_code", "meeting_date"),
            "published",
        ),
        sa.Text(),
    )
    references = {
        "amount": "amounts",
        "decision": "decisions",
        **dict.fromkeys(("recipient", "fund", "payer"), "institutions"),
    }
    op.create_table(
        "fundings",
        *(sa.Column(name, kind, nullable=False) for name, kind in required.items()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("position", "shared_by")),
        *(sa.Column(name, kind, nullable=True) for name, kind in optional.items()),
        *(sa.Column(name, sa.Numeric(asdecimal=False), nullable=True) for name in ("value", "value_max")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("first_year", "last_year")),
        sa.PrimaryKeyConstraint("bulletin", "amount", "position", name="pk_fundings"),
        sa.ForeignKeyConstraint(["bulletin"], ["bulletins.id"], name="fk_fundings_bulletin", ondelete="CASCADE"),
        *(
            sa.ForeignKeyConstraint(
                ["bulletin", column],
                [f"{table}.bulletin", f"{table}.id"],
                name=f"fk_fundings_{column}",
                ondelete="CASCADE",
            )
            for column, table in references.items()
        ),
    )
    for column in ("recipient_name", "fund_name"):
        op.create_index(f"ix_fundings_{column}", "fundings", [column])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("fundings")
