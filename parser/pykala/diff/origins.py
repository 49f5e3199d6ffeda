"""Which changes are mere consequences of an entry that came or went."""

from __future__ import annotations

from collections.abc import Sequence

from pykala.diff.entries import references
from pykala.diff.model import Change, Field, Kind, Side

#: What a sum says on account of its decision.
_OF_DECISION = frozenset({"role", "recipients", "payer", "fund", "years"})


def with_origins(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes of one document; those that only let go of a removed entry, or take up an added one, say which and why."""
    ends = {change.side.ref: change for change in changes if change.kind in (Kind.ADDED, Kind.REMOVED)}
    origins: dict[str, Change] = {}
    for change in changes:
        if change.kind is Kind.LINK and (origin := _origin(change, ends)):
            origins[change.id] = origin
    decided = {
        change.side.ref: origins[change.id]
        for change in changes
        if change.id in origins and change.field is Field.AMOUNTS and change.facet == "decision"
    }
    for change in changes:
        if change.field is Field.AMOUNTS and change.facet in _OF_DECISION and change.side.ref in decided:
            origins.setdefault(change.id, decided[change.side.ref])
    return tuple(
        change.model_copy(update={"follows": origins[change.id].id, "cause": origins[change.id].cause})
        if change.id in origins
        else change
        for change in changes
    )


def _origin(change: Change, ends: dict[str, Change]) -> Change | None:
    """The entry that came or went, where nothing else differs between the references of both sides."""
    names = dict(change.same)
    before = {names.get(ref, ref) for ref in _referred(change.old)}
    after = set(_referred(change.new))
    differing = before ^ after
    if not differing or not all(ref in ends for ref in differing):
        return None
    return ends[min(differing, key=lambda ref: (ends[ref].kind is not Kind.REMOVED, ref))]


def _referred(side: Side | None) -> Sequence[str]:
    return list(references(side.content)) if side else []
