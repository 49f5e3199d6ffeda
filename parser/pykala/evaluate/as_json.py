"""A report as JSON, whose ``fields`` are the table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pykala.evaluate.breakdowns import By
from pykala.evaluate.counts import CORE
from pykala.evaluate.report import Mistake, Result, Scores, grouped, scores


def as_json(results: Sequence[Result]) -> str:
    """The scores in all, by every breakdown and of each document, and every mistake with its words in context."""
    report = {
        **_scores(scores(results)),
        "by": {by.value: {name: _scores(of) for name, of in grouped(results, by).items()} for by in By},
        "per_document": {one.case.path: _document(one) for one in results},
        "mistakes": [_mistake(mistake) for one in results for mistake in one.mistakes],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _scores(of: Scores) -> dict[str, Any]:
    fields: dict[str, Any] = {
        field.value: {
            "precision": one.counts.precision,
            "recall": one.counts.recall,
            "f1": one.f1,
            "per_document": one.per_document,
            "gold": one.counts.gold,
            "found": one.counts.found,
        }
        for field, one in of.fields.items()
    }
    return {"documents": of.documents, "absent": list(of.absent), "fields": fields | {CORE: asdict(of.core)}}


def _document(one: Result) -> dict[str, Any]:
    return {"core": one.core, **{field.value: asdict(counts) for field, counts in one.counts.items() if counts}}


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {
        "field": mistake.field.value,
        "document": mistake.document,
        "gold": mistake.gold,
        "found": mistake.found,
        "context": asdict(mistake.context) if mistake.context else None,
    }
