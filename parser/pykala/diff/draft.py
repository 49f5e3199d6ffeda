"""A change before it has its id, its cause and what it needs."""

from __future__ import annotations

from dataclasses import dataclass

from pykala.diff.model import Field, Kind, Side

_TURNED = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}


@dataclass(frozen=True, slots=True)
class Draft:
    """One difference; see :class:`~pykala.diff.model.Change`."""

    kind: Kind
    field: Field
    facet: str | None
    old: Side | None
    new: Side | None
    same: tuple[tuple[str, str], ...] = ()

    @property
    def turned(self) -> Draft:
        """The same, the other way round."""
        same = tuple(sorted((new, old) for old, new in self.same))
        return Draft(_TURNED.get(self.kind, self.kind), self.field, self.facet, self.new, self.old, same)
