"""Floors: scores that may only rise."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from pykala.evaluate.counts import CORE, Core, Field, Score
from pykala.evaluate.gold import WrongFile, first_of
from pykala.evaluate.report import Scores

EVERYTHING: Final = "all"
_STEPS: Final = 1000
_TOLERANCE: Final = 1e-9
_FIELDS: Final = frozenset({*Field, CORE})


class Floor(BaseModel):
    """What a field's scores may not fall below."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    f1: float
    per_document: float


Floors = Mapping[str, Mapping[str, Floor]]


class _File(RootModel[dict[str, dict[str, Floor]]]):
    pass


@dataclass(frozen=True, slots=True)
class Fall:
    """A score below its floor; no score where the documents that it is for are gone."""

    split: str
    field: str
    measure: str
    score: float | None
    floor: float

    def __str__(self) -> str:
        where = f"{self.split}: {self.field}, {self.measure}"
        if self.score is None:
            return f"{where}: there is a floor of {self.floor:.3f} but no document"
        return f"{where}: {self.score:.4f} is below its floor {self.floor:.3f}"


def read_floors(path: Path) -> Floors:
    """The floors of a file, by split and field.

    Raises:
        WrongFile: it cannot be read or says something else than floors.
    """
    try:
        floors = _File.model_validate_json(path.read_bytes()).root
    except OSError as error:
        raise WrongFile(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        raise WrongFile(f"{path}: {first_of(error)}") from error
    unknown = sorted({name for fields in floors.values() for name in fields} - _FIELDS)
    if unknown:
        raise WrongFile(f"{path}: there is no field {', '.join(unknown)}")
    return floors


def falls(floors: Floors, measured: Mapping[str, Scores]) -> Iterator[Fall]:
    """Every score that is below its floor.

    Args:
        floors: by split and field.
        measured: the scores of each split that has to be looked at; a split that has floors but no document falls.
    """
    for split, fields in floors.items():
        for name, floor in fields.items():
            score = _score(measured[split], name) if split in measured else None
            for measure, least in (("f1", floor.f1), ("per_document", floor.per_document)):
                value = getattr(score, measure) if score else None
                if value is None or value < least - _TOLERANCE:
                    yield Fall(split, name, measure, value, least)


def raised(floors: Floors, measured: Mapping[str, Scores], *, allow_lower: bool = False) -> Floors:
    """The floors after these scores: only ever higher, unless told otherwise; new ones where there were none."""
    new = {split: dict(fields) for split, fields in floors.items()}
    for split, scores in measured.items():
        fields = new.setdefault(split, {})
        for name in (CORE, *Field):
            score = _score(scores, name)
            floor = Floor(f1=_down(score.f1), per_document=_down(score.per_document))
            old = fields.get(name)
            if old and not allow_lower:
                floor = Floor(f1=max(old.f1, floor.f1), per_document=max(old.per_document, floor.per_document))
            fields[name] = floor
    return new


def as_json(floors: Floors) -> str:
    """The floors as their file has them, one field a line."""
    splits = []
    for split, fields in sorted(floors.items()):
        rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(floor.model_dump())}" for name, floor in fields.items())
        splits.append(f" {json.dumps(split, ensure_ascii=False)}: {{\n{rows}\n }}")
    return "{\n" + ",\n".join(splits) + "\n}\n"


def _score(scores: Scores, name: str) -> Score | Core:
    return scores.core if name == CORE else scores.fields[Field(name)]


def _down(value: float) -> float:
    """Three decimals, never more than the score itself."""
    return math.floor(value * _STEPS + _TOLERANCE) / _STEPS
