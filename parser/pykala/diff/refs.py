"""What a change refers to, in the terms of a gold file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pykala.diff.apply import Conflict
from pykala.diff.model import Change
from pykala.evaluate.values import sum_of

Facts = dict[str, Any]


def conflict(change: Change, message: str) -> Conflict:
    """What keeps a change from being applied."""
    return Conflict(f"{change.id}: {message}", source=change.document, place=change.side.ref)


def same_sum(one: Mapping[str, Any]) -> object:
    """A sum of a gold file as it is compared."""
    return sum_of(one["value"], one.get("value_max"), one.get("currency"), one.get("per"))


def parts_of_sum(ref: str) -> tuple[str, str | None, str, str | None]:
    """The sum that a ``ref`` tells: both ends, currency, per."""
    name = ref.partition("/")[2].rpartition("@")[0]
    ends, _, unit = name.partition(" ")
    low, _, high = ends.partition("–")
    currency, _, per = unit.partition(" per ")
    return low, high or None, currency, per or None


def name_of(ref: str) -> str:
    """The institution that is referred to."""
    return ref.partition("/")[2].partition("#")[0]


def years_of(ref: str) -> list[int]:
    """The years that are referred to, both ends."""
    ends = [int(year) for year in ref.partition("/")[2].partition("@")[0].split("–")]
    return [ends[0], ends[-1]]


def listed(names: str | list[str]) -> list[str]:
    """Names, of which one may stand alone."""
    return [names] if isinstance(names, str) else names
