"""Mentions → entities: one entry for one institution."""

from __future__ import annotations

from collections.abc import Sequence

from pykala.model import Entity, Name


def entities(names: Sequence[Name]) -> tuple[Entity, ...]:
    """Group the mentions by key, in order of first mention; a group of bare heads alone names nothing.

    Args:
        names: every mention, in order.
    """
    groups: dict[str, list[Name]] = {}
    for name in names:
        groups.setdefault(name.key, []).append(name)
    return tuple(_entity(key, tuple(group)) for key, group in groups.items() if any(not n.bare for n in group))


def _entity(key: str, group: tuple[Name, ...]) -> Entity:
    full = [n for n in group if not n.bare]
    fullest = full[0]
    for name in full:
        if len(name.name) > len(fullest.name):
            fullest = name
    aliases = _distinct((*[n.name for n in full], *[a for n in full for a in n.aliases]), besides=fullest.name)
    business_id = next((n.business_id for n in group if n.business_id), None)
    return Entity(key, fullest.name, fullest.kind, aliases, business_id, group)


def _distinct(names: Sequence[str], *, besides: str) -> tuple[str, ...]:
    if names.count(besides) == len(names):
        return ()
    seen = {besides.casefold()}
    out = []
    for name in names:
        if name.casefold() not in seen:
            seen.add(name.casefold())
            out.append(name)
    return tuple(out)
