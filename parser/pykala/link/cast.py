"""Who there is in a document, and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pykala.model import Act, Entity, Name


@dataclass(frozen=True)
class Cast:
    """The entities of a document with their mentions in order of ``start``."""

    entities: tuple[Entity, ...]
    mentions: tuple[Name, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [n.start for n in self.mentions]

    @cached_property
    def _makers(self) -> dict[tuple[int, int], str | None]:
        """The bodies that acts name as their subjects, by the subjects' spans; filled as they are asked for."""
        return {}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each entity among them, by its key."""
        return {e.key: i for i, e in enumerate(self.entities)}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all entities; a bare head that names none of them has another."""
        return frozenset(e.key for e in self.entities)

    def within(self, start: int, end: int) -> Sequence[Name]:
        """The mentions that begin in a span."""
        first = bisect_left(self._starts, start)
        return self.mentions[first : bisect_left(self._starts, end, first)]

    def at(self, start: int, end: int) -> Name | None:
        """The longest mention that overlaps a span."""
        longest: Name | None = None
        for name in self.within(start - 160, end):
            if start < name.end and (longest is None or name.end - name.start > longest.end - longest.start):
                longest = name
        return longest

    def named(self, name: str | None) -> str | None:
        """Key of the entity that bears a name, folded."""
        if not name:
            return None
        wanted = _fold(name)
        return next((e.key for e in self.entities if any(_fold(n) == wanted for n in (e.name, *e.aliases))), None)

    def maker_of(self, act: Act) -> str | None:
        """Key of the body that the act itself names as its subject."""
        if act.subject is None or act.officer:
            return None
        makers = self._makers
        if act.subject not in makers:
            name = self.at(*act.subject)
            makers[act.subject] = name.key if name is not None and name.key in self.keys else None
        return makers[act.subject]


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", name).casefold().strip(" ,.")
