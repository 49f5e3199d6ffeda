"""Lines for the bulk interface of Elasticsearch and OpenSearch: what to do, then the document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from pykala.emit.forms import Unit
from pykala.emit.rows import decision_rows
from pykala.emit.serialise import to_json
from pykala.record import Record

INDEXES: Final[dict[Unit, str]] = {"bulletin": "pykala-bulletins", "decision": "pykala-decisions"}


def export(record: Record, unit: Unit = "bulletin") -> Iterator[dict[str, Any]]:
    """For the record, or each of its decisions, the action and the document; the same ids replace, never double.

    Args:
        record: the record.
        unit: what one document is.
    """
    if unit == "bulletin":
        yield _action(unit, record.id)
        yield json.loads(to_json(record))
        return
    for row in decision_rows(record):
        yield _action(unit, f"{record.id}:{row.id}")
        yield json.loads(to_json(row))


def _action(unit: Unit, key: str) -> dict[str, Any]:
    return {"index": {"_index": INDEXES[unit], "_id": key}}
