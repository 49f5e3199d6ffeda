"""The bytes that a record is written as, by unit and form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from pykala.emit.encoded import Encoded
from pykala.emit.forms import Form, Unit
from pykala.emit.serialise import document, lines
from pykala.record import Record

Rendering = Callable[[Encoded], bytes]
Exported = Callable[[Record], Iterable[dict[str, Any]]]


def as_lines(unit: Unit, form: Form | None = None) -> Rendering:
    """How a record is written into a stream of lines: as one, or as one for each of its parts."""
    if form is not None:
        export = _exporter(form, unit)
        return lambda record: "".join(f"{_compact(one)}\n" for one in export(record.decoded())).encode()
    if unit == "bulletin":
        return lambda record: record.line + b"\n"
    return lambda record: lines(record.decoded(), unit).encode()


def as_document(unit: Unit, form: Form | None = None) -> Rendering:
    """How a record is written as one indented document."""
    if form is not None:
        export = _exporter(form, unit)
        return lambda record: "".join(f"{_indented(one)}\n" for one in export(record.decoded())).encode()
    return lambda record: document(record.decoded(), unit).encode()


def _exporter(form: Form, unit: Unit) -> Exported:
    """What makes the form's objects of a record; imported when it is asked for."""
    match form:
        case Form.SCHEMA_ORG:
            from pykala.emit.exporters import schema_org

            return schema_org.export
        case Form.POPOLO:
            from pykala.emit.exporters import popolo

            return popolo.export
        case Form.OPEN_DECISIONS:
            from pykala.emit.exporters import open_decisions

            return open_decisions.export
        case Form.ELASTICSEARCH:
            from pykala.emit.exporters import elasticsearch

            return lambda record: elasticsearch.export(record, unit)


def _compact(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _indented(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
