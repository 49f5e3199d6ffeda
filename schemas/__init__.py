"""The published JSON Schemas (2020-12) of what pykala writes, generated from its models."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def names() -> tuple[str, ...]:
    """The names of all schemas, sorted."""
    suffix = ".schema.json"
    return tuple(sorted(p.name.removesuffix(suffix) for p in files(__name__).iterdir() if p.name.endswith(suffix)))


def text(name: str) -> str:
    """One schema as it is published.

    Raises:
        KeyError: there is no schema of that name.
    """
    if name not in names():
        raise KeyError(name)
    return (files(__name__) / f"{name}.schema.json").read_text("utf-8")


def load(name: str) -> dict[str, Any]:
    """One schema as an object.

    >>> load("bulletin")["$schema"]
    'https://json-schema.org/draft/2020-12/schema'

    Raises:
        KeyError: there is no schema of that name.
    """
    schema: dict[str, Any] = json.loads(text(name))
    return schema
