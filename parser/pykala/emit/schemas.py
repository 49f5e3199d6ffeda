"""The JSON Schemas (2020-12) of what is emitted, made from the models."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pykala.record import SCHEMA_VERSION, Closed, DecisionRow, Failure, Record

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
MODELS: Final[Mapping[str, type[Closed]]] = {"bulletin": Record, "decision": DecisionRow, "failure": Failure}

_TITLES: Final = {
    "bulletin": "One decision bulletin as read by pykala",
    "decision": "One decision of a bulletin as a row that stands by itself",
    "failure": "A document that gave no record",
}
_ONLY_WHERE_KNOWN: Final = "retrieved_at"


def schema(name: str) -> dict[str, Any]:
    """The schema of one kind of row.

    Args:
        name: ``bulletin``, ``decision`` or ``failure``.
    """
    return schema_of(name, MODELS[name], title=_TITLES[name], version=SCHEMA_VERSION)


def schema_of(name: str, model: type[Closed], *, title: str, version: str) -> dict[str, Any]:
    """The schema of a model.

    Args:
        name: what the schema is called.
        model: what it describes.
        title: what one such value is.
        version: the schema's own version.
    """
    made = model.model_json_schema(mode="serialization")
    for node in _objects(made):
        _publish(node, made.get("$defs", {}))
    head = {"$schema": DIALECT, "$id": f"urn:pykala:schema:{name}:{version}", "title": title, "version": version}
    body = ("type", "properties", "required", "additionalProperties", "$defs")
    return head | {key: made[key] for key in body if key in made}


def schema_text(name: str) -> str:
    """The schema as it is published: indented, with a line break at its end."""
    return published(schema(name))


def published(made: Mapping[str, Any]) -> str:
    """A schema as text: indented, with a line break at its end."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _objects(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every object that the schema describes, itself included."""
    nodes: list[Any] = [made]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            nodes.extend(node.values())
        elif isinstance(node, list):
            nodes.extend(node)


def _publish(node: dict[str, Any], known: Mapping[str, Any]) -> None:
    """Close the object, and name as required what is always written, null where there is none.

    An object of any content stays open.
    """
    names = node.pop("propertyNames", None)
    if names is None and "properties" not in node:
        return
    if names is not None:
        if "$ref" in names:  # one value for each member of an enumeration
            names = known[names["$ref"].removeprefix("#/$defs/")]
            node["required"] = list(names["enum"])
        keys = names.get("enum", [names.get("const")])
        node["properties"] = dict.fromkeys(keys, node["additionalProperties"])
    else:
        node["required"] = [key for key in node["properties"] if key != _ONLY_WHERE_KNOWN]
    node["additionalProperties"] = False
    node.pop("title", None)
    for key, field in node["properties"].items():
        field.pop("title", None)
        field.pop("default", None)
        if key == _ONLY_WHERE_KNOWN:
            node["properties"][key] = {"type": "string", "format": field["format"]}
