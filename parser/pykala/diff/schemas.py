"""The JSON Schemas (2020-12) of a diff and of what was decided about it, made from the models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pykala.diff.model import DIFF_VERSION, Decisions, Diff
from pykala.emit.schemas import published, schema_of
from pykala.record import Closed

MODELS: Final[Mapping[str, type[Closed]]] = {"diff": Diff, "review": Decisions}

_TITLES: Final = {
    "diff": "What differs between two sets of records, by meaning",
    "review": "What was decided about the changes of a diff (decisions.json)",
}


def schema_text(name: str) -> str:
    """A schema as it is published.

    Args:
        name: ``diff`` or ``review``.
    """
    return published(schema_of(name, MODELS[name], title=_TITLES[name], version=DIFF_VERSION))
