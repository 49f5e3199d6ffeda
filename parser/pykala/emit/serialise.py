"""A record as JSON: the same record always gives the same bytes."""

from __future__ import annotations

from pykala.emit.forms import Unit
from pykala.emit.rows import decision_rows
from pykala.record import Closed, Failure, Record


def to_json(value: Closed, *, indent: int | None = None) -> str:
    """One record, row or failure as JSON, its keys in the order of its model.

    ``source.retrieved_at`` stands only in what was fetched.
    """
    absent = {"source": {"retrieved_at"}} if isinstance(value, Record) and value.source.retrieved_at is None else None
    return value.model_dump_json(indent=indent, exclude=absent)


def lines(record: Record, unit: Unit = "bulletin") -> str:
    """The record as JSON Lines: itself, or one line for each of its decisions."""
    units: tuple[Closed, ...] = (record,) if unit == "bulletin" else decision_rows(record)
    return "".join(f"{to_json(one)}\n" for one in units)


def document(record: Record, unit: Unit = "bulletin") -> str:
    """The record as one indented JSON document, or the list of its decisions."""
    if unit == "bulletin":
        return f"{to_json(record, indent=2)}\n"
    return "[" + ",".join(f"\n{to_json(row, indent=2)}" for row in decision_rows(record)) + "\n]\n"


def failure_lines(failures: list[Failure]) -> str:
    """Failures as JSON Lines."""
    return "".join(f"{to_json(failure)}\n" for failure in failures)
