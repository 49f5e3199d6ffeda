"""A diff as JSON, written document by document; ``pykala schema diff`` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pykala.diff.differences import Differences
from pykala.diff.model import DIFF_VERSION


def as_json(differences: Differences) -> Iterator[str]:
    """The diff in pieces: together one JSON document with one line for each document that differs."""
    head = {"old": differences.old, "new": differences.new, "summary": differences.summary}
    yield f'{{\n"schema_version": {json.dumps(DIFF_VERSION)}'
    for key, value in head.items():
        yield f',\n"{key}": {value.model_dump_json()}'
    yield ',\n"documents": ['
    for number, document in enumerate(differences.documents):
        yield ("," if number else "") + "\n" + document.model_dump_json()
    yield "\n]\n}\n"
