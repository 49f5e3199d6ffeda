"""Findings → Linked: who decided, who gets how much, from which fund, for which years."""

from __future__ import annotations

from msgspec.structs import replace

from pykala.link.cast import Cast
from pykala.link.decisions import decisions, main_body
from pykala.link.entities import entities
from pykala.link.layout import Layout
from pykala.link.money import money
from pykala.link.parts import institutions_of
from pykala.link.spot import Owners, Scene
from pykala.model import Document, DocumentKind, Findings, Linked

__all__ = ["link"]


def link(document: Document, findings: Findings) -> Linked:
    """Tie what was read together.

    Args:
        document: the segmented bulletin.
        findings: what the extractors read in it.
    """
    layout = Layout(document)
    everyone = entities(findings.names)
    cast = Cast(everyone, findings.names)
    main = main_body(document, findings.acts, cast)
    decided = decisions(layout, findings.acts, cast, main)
    owners = Owners(decided)
    sums = money(Scene(layout, findings, decided, owners, cast))
    decided = tuple(replace(d, institutions=institutions_of(d, i, sums, cast)) for i, d in enumerate(decided))
    return Linked(
        document,
        findings,
        everyone,
        decided,
        sums,
        year_decisions=tuple(owners.at(y.start) for y in findings.years),
        date_decisions=tuple(owners.at(d.start) for d in findings.dates),
        publisher=_publisher(document, cast, main),
    )


def _publisher(document: Document, cast: Cast, main: str | None) -> str | None:
    """The body that met, else the municipality."""
    if main is not None and document.kind is not DocumentKind.OFFICER:
        return main
    home = document.header.municipality
    towns = [e for e in cast.entities if e.kind == "municipality" and home]
    return next((e.key for e in towns if home in (e.name, *e.aliases) or e.name.startswith((home or "")[:4])), None)
