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
    named = ((key, group, [n for n in group if not n.bare]) for key, group in groups.items())
    return tuple(_entity(key, group, full) for key, group, full in named if full)


def _entity(key: str, group: Sequence[Name], full: Sequence[Name]) -> Entity:
    fullest, business_id, names = full[0], None, []
    for name in full:
        names.append(name.name)
        if len(name.name) > len(fullest.name):
            fullest = name
    for name in group:
        if name.aliases and not name.bare:
            names += name.aliases
        business_id = business_id or name.business_id
    aliases = _distinct(names, besides=fullest.name)
    return Entity(key, fullest.name, fullest.kind, aliases, business_id or None, tuple(group))


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
