"""Findings → Linked: who decided, who gets how much, from which fund, for which years."""

from __future__ import annotations

from msgspec.structs import replace

from pykala.link.cast import Cast
from pykala.link.decisions import decisions, main_body
from pykala.link.entities import entities
from pykala.link.layout import Layout
from pykala.link.money import money
from pykala.link.parts import institutions_of
from pykala.link.spot import Scene, decision_at
from pykala.model import Document, DocumentKind, Findings, Linked

__all__ = ["decision_at", "link"]


def link(document: Document, findings: Findings) -> Linked:
    """Tie what was read together.

    Args:
        document: the segmented bulletin.
        findings: what the extractors read in it.
    """
    layout = Layout(document)
    everyone = entities(findings.names)
    cast = Cast(everyone, findings.names)
    decided = decisions(layout, findings.acts, cast)
    sums = money(Scene(layout, findings, decided, cast))
    decided = tuple(replace(d, institutions=institutions_of(d, i, sums, cast)) for i, d in enumerate(decided))
    owners = {
        "years": tuple(decision_at(decided, y.start) for y in findings.years),
        "dates": tuple(decision_at(decided, d.start) for d in findings.dates),
    }
    return Linked(
        document,
        findings,
        everyone,
        decided,
        sums,
        year_decisions=owners["years"],
        date_decisions=owners["dates"],
        publisher=_publisher(document, findings, cast),
    )


def _publisher(document: Document, findings: Findings, cast: Cast) -> str | None:
    """The body that met, else the municipality."""
    body = main_body(document, findings.acts, cast) if document.kind is not DocumentKind.OFFICER else None
    if body is not None:
        return body
    home = document.header.municipality
    towns = [e for e in cast.entities if e.kind == "municipality" and home]
    return next((e.key for e in towns if home in (e.name, *e.aliases) or e.name.startswith((home or "")[:4])), None)
