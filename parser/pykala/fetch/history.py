"""Fields that fell: a source whose pages say less than they used to has most likely changed its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import Any, Final

_RUNS: Final = 30
_FEWEST_BEFORE: Final = 10
_LEAST_FALL: Final = 0.1
_CHANCE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Fall:
    """A field that is in fewer documents than it used to be; both as shares of the documents."""

    field: str
    was: float
    now: float


def falls(source: str, documents: int, fields: Mapping[str, int], reports: Iterable[Mapping[str, Any]]) -> list[Fall]:
    """The fields of a source that fell, beyond what chance explains.

    Args:
        source: its id.
        documents: how many were read in this run.
        fields: in how many of them each field is.
        reports: of earlier runs, from the first to the latest.
    """
    before, held = 0, Counter[str]()
    for one in [s for report in reports for s in report.get("sources", ()) if s.get("id") == source][-_RUNS:]:
        before += one.get("documents", 0)
        held.update(one.get("fields", {}))
    if before < _FEWEST_BEFORE or not documents:
        return []
    found = []
    for name, count in fields.items():
        was, now = held[name] / before, count / documents
        expected = (held[name] + 0.5) / (before + 1)
        if was - now >= _LEAST_FALL and at_most(count, documents, expected) < _CHANCE:
            found.append(Fall(name, round(was, 3), round(now, 3)))
    return found


def at_most(count: int, draws: int, share: float) -> float:
    """How likely it is to draw at most so many, each draw with the same chance (the binomial distribution).

    >>> round(at_most(1, 2, 0.5), 6)
    0.75
    """
    whole = lgamma(draws + 1)
    terms = (
        exp(whole - lgamma(k + 1) - lgamma(draws - k + 1) + k * log(share) + (draws - k) * log(1 - share))
        for k in range(count + 1)
    )
    return min(1.0, sum(terms))
