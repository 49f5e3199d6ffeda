"""Findings → Linked: who decided, who gets how much, from which fund, for which years."""

from __future__ import annotations

from dataclasses import replace

from pykala.link.cast import Cast
from pykala.link.decisions import decisions
from pykala.link.entities import entities
from pykala.link.money import decision_at, money
from pykala.link.parts import institutions_of
from pykala.model import Document, Findings, Linked

__all__ = ["decision_at", "link"]


def link(document: Document, findings: Findings) -> Linked:
    """Tie what was read together.

    Args:
        document: the segmented bulletin.
        findings: what the extractors read in it.
    """
    everyone = entities(findings.names)
    cast = Cast(everyone, findings.names)
    decided = decisions(document, findings.acts, cast)
    sums = money(document, findings, decided, cast)
    decided = tuple(replace(d, institutions=institutions_of(d, i, sums, cast)) for i, d in enumerate(decided))
    publisher = cast.named(document.header.body) or _publisher(document, cast)
    return Linked(document, findings, everyone, decided, sums, publisher)


def _publisher(document: Document, cast: Cast) -> str | None:
    home = document.header.municipality
    if home is None:
        return None
    return next(
        (e.key for e in cast.entities if e.kind == "municipality" and home in (e.name, *e.aliases, e.name.split()[0])),
        None,
    ) or next(
        (
            e.key
            for e in cast.entities
            if e.kind == "municipality" and any(m.name.startswith(home[:4]) for m in e.mentions)
        ),
        None,
    )
