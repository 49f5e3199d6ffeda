"""Scores over many documents: in all, by any breakdown, and the mistakes behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from types import MappingProxyType

from pykala.evaluate.breakdowns import By
from pykala.evaluate.cases import Case
from pykala.evaluate.context import Context, context
from pykala.evaluate.counts import CORE_FIELDS, Core, Counts, Field, Score, score
from pykala.evaluate.documents import verdicts


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value that is missing, too many, or another than it should be.

    Attributes:
        gold: what it should be, None where there should be nothing.
        found: what the record says, None where it says nothing.
        context: where the text speaks of it, if that is known.
    """

    field: Field
    document: str
    gold: str | None
    found: str | None
    context: Context | None


@dataclass(frozen=True, slots=True)
class Result:
    """One document's counts and mistakes."""

    case: Case
    counts: Mapping[Field, Counts]
    mistakes: tuple[Mistake, ...]

    @property
    def core(self) -> float:
        """The mean F1 over those core fields of which there is something; 1 where there is nothing."""
        told = [self.counts[field].f1 for field in CORE_FIELDS if self.counts[field]]
        return fmean(told) if told else 1.0

    def group(self, by: By) -> str:
        """The document's group in a breakdown."""
        case = self.case
        match by:
            case By.FORMAT:
                return case.path.rpartition("/")[0] or "(no folder)"
            case By.PUBLISHER:
                return case.publisher.name if case.publisher else case.gold.municipality or "(no municipality)"
            case By.KIND:
                return "(no record)" if case.absent else case.found.kind or "(no kind)"
            case By.SPLIT:
                return case.publisher.split if case.publisher else "(no split)"


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of some documents by field."""

    documents: int
    absent: tuple[str, ...]
    fields: Mapping[Field, Score]
    core: Core


def result(case: Case) -> Result:
    """Compare one record with its gold."""
    counts = dict.fromkeys(Field, Counts())
    mistakes = []
    for verdict in verdicts(case.gold, case.found):
        counts[verdict.field] += verdict.counts
        if verdict.is_mistake:
            around = context(case.found.text, verdict.place)
            mistakes.append(Mistake(verdict.field, case.path, verdict.gold, verdict.found, around))
    return Result(case, MappingProxyType(counts), tuple(mistakes))


def scores(results: Sequence[Result]) -> Scores:
    """The scores of all documents together."""
    fields = {field: score(one.counts[field] for one in results) for field in Field}
    core = [fields[field] for field in CORE_FIELDS]
    return Scores(
        documents=len(results),
        absent=tuple(one.case.path for one in results if one.case.absent),
        fields=MappingProxyType(fields),
        core=Core(sum(one.f1 for one in core) / len(core), sum(one.per_document for one in core) / len(core)),
    )


def grouped(results: Iterable[Result], by: By) -> dict[str, Scores]:
    """The scores of each group of a breakdown, groups in order of their names."""
    groups: dict[str, list[Result]] = {}
    for one in results:
        groups.setdefault(one.group(by), []).append(one)
    return {name: scores(groups[name]) for name in sorted(groups)}


def mistakes(results: Iterable[Result]) -> dict[Field, list[Mistake]]:
    """All mistakes by field, in order of the documents."""
    listed: dict[Field, list[Mistake]] = {field: [] for field in Field}
    for one in results:
        for mistake in one.mistakes:
            listed[mistake.field].append(mistake)
    return listed
