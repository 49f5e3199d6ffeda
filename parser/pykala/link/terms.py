"""From which fund and for which years a sum is given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pykala.link.layout import Span
from pykala.link.spot import Spot
from pykala.model import Amount, BlockKind, Decision, DocumentKind, PartKind, Years

_PAID_FROM = re.compile(r"\b(?:katetaan|maksetaan|rahoitetaan|otetaan|käytetään|betalas|finansieras)\b", re.IGNORECASE)
_SOURCE = frozenset(("elative", "ablative", "inessive", "genitive", None))


def fund(spot: Spot, decision: Decision) -> str | None:
    """Key of the fund that pays: named in the clause, in the act, just after it, or above both under the same heading."""
    text, act = spot.text, decision.act
    spans: list[Span] = [spot.clause, (act.start, act.end)]
    line_end = text.find("\n", act.end)
    after = (act.end, line_end if line_end >= 0 else len(text))
    if _PAID_FROM.search(text, *after):
        spans.append(after)
    above = spot.scene.layout.section_start(spot.clause[0])
    if above is not None:
        spans.append((above, spot.clause[0]))
    for span in spans:
        funds = [
            n for n in spot.names(span) if n.kind == "fund" and n.key in spot.scene.cast.keys and n.case in _SOURCE
        ]
        if funds:
            return funds[-1].key if span[0] == above else funds[0].key
    return None


# ---------------------------------------------------------------- years

_Placed = tuple[int, Years]
_NEWS = (DocumentKind.RELEASE, DocumentKind.BULLETIN)
_FRAME = re.compile(
    r"\b(?:vuodelle|vuosille|vuodeksi|vuosiksi|vuosina|vuonna|vuosien|vuoden|kaudelle|kaudeksi|lukuvuodelle|lukuvuodeksi|"
    r"för åren|för år|åren|år)\s*$",
    re.IGNORECASE,
)
_ABOUT_GRANTS = re.compile(r"avustu|tue[nt]|tuki|tukea|bidrag|understöd|stipend|apuraha|grant", re.IGNORECASE)
#: What a conjunction between a sum and a year weighs, in characters.
_CONJUNCTION = 50
# *Vuoden 2024 talousarviossa* is no year of a grant.
_BUDGET = re.compile(r"[ \u00a0](?:talousarvi|tilinpäätö|budget)", re.IGNORECASE)
#: Blocks from the top among which a page's heading stands.
_TOP = 12


def years(spot: Spot, decision: Decision) -> tuple[int, ...]:
    """Places of the years of a sum: nearest it in its clause, else its column's, its lead's, the act's, the heading's."""
    here = spot.years()
    if here:
        return _nearest(spot, here)
    act = (decision.act.start, decision.act.end)
    if spot.row is not None:
        heads = spot.years(spot.row.column) if spot.row.column else []
        column = [(i, y) for i, y in heads if not _bracketed(spot.text, y.start)]
        lead = _framed(spot, spot.years(spot.row.lead)) if spot.row.lead else []
        if column or lead:
            return _places(_joined(spot, column or lead))
    told = [act, *((a.start, a.end) for a in decision.also)]
    if decision.act.formula:
        told += [s for s in decision.scope if _ABOUT_GRANTS.search(spot.text, *s)]
    for span in told:
        inside = _framed(spot, spot.years(span))
        if inside:
            return _places(_joined(spot, inside[:1], pool=inside))
    return _of_heading(spot, decision)


def _places(found: Sequence[_Placed]) -> tuple[int, ...]:
    return tuple(sorted(i for i, _ in found))


def _framed(spot: Spot, found: Sequence[_Placed]) -> list[_Placed]:
    text = spot.text
    framed = [(i, y) for i, y in found if _FRAME.search(text[max(0, y.start - 20) : y.start])]
    return [(i, y) for i, y in framed if not (_aside(text, y.start) or _BUDGET.match(text, y.end))]


_IN_BRACKETS = re.compile(r"\b(?:suluissa|inom parentes)\b[^.]*$", re.IGNORECASE)


def _aside(text: str, position: int) -> bool:
    """Whether a year stands in brackets, or tells what brackets hold: *Suluissa vuoden 2022 avustus.*"""
    return _bracketed(text, position) or _IN_BRACKETS.search(text[max(0, position - 40) : position]) is not None


def _bracketed(text: str, position: int) -> bool:
    """Whether a bracket is open at a position of its line: *(suluissa vuoden 2022 avustus)*."""
    start = text.rfind("\n", 0, position) + 1
    return text.count("(", start, position) > text.count(")", start, position)


def _nearest(spot: Spot, here: Sequence[_Placed]) -> tuple[int, ...]:
    others = spot.others()
    if not others:
        return _places(_joined(spot, _framed(spot, here) or here, pool=here))
    nearest = min(here, key=lambda p: _gap(spot.text, p[1], spot.amount))
    rival = min(_gap(spot.text, nearest[1], a) for a in others)
    if rival < _gap(spot.text, nearest[1], spot.amount) and len(here) > 1:
        return (nearest[0],)
    return _places(_joined(spot, [nearest], pool=here))


def _gap(text: str, span: Years, amount: Amount) -> int:
    """How far apart they stand; a conjunction or comma between them weighs as :data:`_CONJUNCTION` characters."""
    first, last = (amount.end, span.start) if span.start >= amount.end else (span.end, amount.start)
    return last - first + (_CONJUNCTION if re.search(r",|\b(?:ja|sekä|och|and)\b", text[first:last]) else 0)


_BETWEEN = re.compile(r"\s*(?:,|ja|sekä|och|and)?\s*(?:vuonna|vuodelle)?\s*")


def _joined(spot: Spot, found: Sequence[_Placed], pool: Sequence[_Placed] | None = None) -> list[_Placed]:
    """The nearest year with those coordinated to it: *vuosina 2026 ja 2027*."""
    nearest = min(found, key=lambda p: _gap(spot.text, p[1], spot.amount))
    out = [nearest]
    for i, y in pool or found:
        if i == nearest[0]:
            continue
        first, last = (y, nearest[1]) if y.start < nearest[1].start else (nearest[1], y)
        if _BETWEEN.fullmatch(spot.text, first.end, last.start):
            out.append((i, y))
    return out


def _of_heading(spot: Spot, decision: Decision) -> tuple[int, ...]:
    """*Avustukset vuodelle 2024* in the heading, title or lead covers every grant below it."""
    if not (decision.act.type == "granted" or _ABOUT_GRANTS.search(decision.act.text) or decision.act.formula):
        return ()
    document = spot.scene.layout.document
    titles = [t for t in (decision.title, document.header.title) if t]
    spans = [(at, at + len(t)) for t in dict.fromkeys(titles) if (at := spot.text.find(t)) >= 0]
    above = spot.scene.layout.section_start(decision.act.start)
    if above is not None and document.kind in _NEWS:
        spans += [s for s in document.sentences if above <= s[0] < decision.act.start]
    spans += [(p.start, p.end) for i in document.items for p in i.parts if p.kind in (PartKind.TITLE, PartKind.LEAD)]
    spans += [(b.start, b.end) for b in document.bulletin.blocks[:_TOP] if b.kind is BlockKind.HEADING]
    for span in spans if spot.scene.findings.years else ():
        inside = [(i, y) for i, y in spot.years(span) if not _BUDGET.match(spot.text, y.end)]
        if len(inside) == 1 and _ABOUT_GRANTS.search(spot.text, *span):
            return _places(inside)
    return ()
