"""Acts → decisions: who acted, on which matter, and which statements tell the same act."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from pykala.link.cast import Cast
from pykala.link.layout import HEADS, PROSE, Layout, Span
from pykala.link.retold import best, group
from pykala.link.settled import around, outcome, votes_of
from pykala.model import Act, Decision, Document, DocumentKind, Item, PartKind

_NEWS_PARTS = (PartKind.TITLE, PartKind.LEAD, PartKind.SUBHEADING, PartKind.BODY, PartKind.HEADER)
_DECIDING = frozenset(("council", "board", "committee", "division"))


def decisions(layout: Layout, acts: Sequence[Act], cast: Cast, main: str | None) -> tuple[Decision, ...]:
    """The acts of a document, each once.

    Args:
        acts: every statement of an act, in order.
        cast: the document's entities.
        main: key of the body whose bulletin it is, which decides where nothing else is told.
    """
    return tuple(_decision(layout, statements, cast, main) for statements in group(layout, acts, cast))


def main_body(document: Document, acts: Sequence[Act], cast: Cast) -> str | None:
    """The body whose bulletin it is: the header's, else the one that acts most often, else the first named."""
    span = document.header.body_span
    name = cast.at(*span) if span is not None else None
    if name is not None and name.key in cast.keys:
        return name.key
    stated = cast.named(document.header.body)
    if stated is not None:
        return stated
    votes = Counter(m for a in acts if (m := cast.maker_of(a)) is not None)
    if votes:
        return votes.most_common(1)[0][0]
    return _first_named(document, cast)


def _first_named(document: Document, cast: Cast) -> str | None:
    """The body that a proposal opens with, or that news names first; a genitive (*hallituksen päätökset*) only in news."""
    news = document.kind in PROSE
    kinds = _NEWS_PARTS if news else (PartKind.PROPOSAL,)
    parts = [p for i in document.items for p in i.parts if p.kind in kinds]
    for part in parts if news else reversed(parts):
        bodies = [n for n in cast.within(part.start, part.end) if n.kind in _DECIDING and n.key in cast.keys]
        acting = [n for n in bodies if n.case in ("nominative", None)] or (bodies if news else [])
        if acting:
            return acting[0].key
    return None


# ---------------------------------------------------------------- one decision


def _decision(layout: Layout, statements: Sequence[Act], cast: Cast, main: str | None) -> Decision:
    act = best(layout, statements)
    item, text = layout.item(act.start), layout.text
    scope = list(dict.fromkeys(s for a in (act, *statements) for s in a.scope))
    if act.formula:
        scope += _proposal(item, act.start) or _above(layout, act)
    scope += _table_referred_to(layout, scope) + _heading_with_total(layout, act)
    section = text[item.section[0] : item.section[1]] if item.section else _fact(layout.document, "section")
    near = around(layout, act)
    votes = votes_of(layout, act, near)
    return Decision(
        act=_with_label(text, act),
        also=tuple(a for a in statements if a is not act),
        maker=None if act.officer else _maker((act, *statements), cast) or main,
        outcome=outcome(layout, act, votes, near),
        scope=tuple(scope),
        officer=layout.document.header.officer if act.officer else None,
        presenter=item.presenter,
        title=_title(layout, act),
        section=f"§ {section.strip('§ ')}" if section else None,
        case_number=" ".join(text[slice(*item.case_numbers[0])].split()) if item.case_numbers else None,
        votes=votes,
    )


_LABELS = ("Päätös", "Beslut")
_LABEL = re.compile(rf"(?:{'|'.join(_LABELS)})[ \u00a0]*:[ \u00a0]*")


def _with_label(text: str, act: Act) -> Act:
    """The act quoted with the label that opens its line: *Päätös: Ehdotuksen mukaan.*"""
    line = text.rfind("\n", 0, act.start) + 1
    if not text.startswith(_LABELS, line) or _LABEL.fullmatch(text, line, act.start) is None:
        return act
    return replace(act, start=line, text=text[line : act.end])


def _fact(document: Document, name: str) -> str | None:
    return next((f.value for f in document.bulletin.facts if f.name == name), None)


def _proposal(item: Item, before: int) -> list[Span]:
    """The proposal that a formula accepts: the last one above it, else the first below (Helsinki prints it after)."""
    proposals = [p for p in item.parts if p.kind is PartKind.PROPOSAL]
    above = [p for p in proposals if p.start < before]
    chosen = above[-1:] or proposals[:1]
    return [(p.heading[1] if p.heading else p.start, p.end) for p in chosen]


def _above(layout: Layout, act: Act) -> list[Span]:
    """In a bulletin without labels the proposal is what stands above the formula under the same heading."""
    if layout.document.kind is not DocumentKind.BULLETIN:
        return []
    part = layout.part(act.start)
    if part.kind is PartKind.DECISION:
        above = [p for p in layout.item(act.start).parts if p.end <= part.start]
        return [(p.start, p.end) for p in above[-1:] if p.kind is PartKind.BODY]
    return [(part.start, act.start)] if part.start < act.start and part.kind in (PartKind.BODY, PartKind.LEAD) else []


_REFERS = re.compile(
    r"\b(?:edellä|yllä|alla|oheis\w+|perusteluissa|seuraavan|esitetyn|esittelytekstin)\b[^.]{0,40}\btaulukon|"
    r"\btaulukon mukai|\btaulukossa esitet|\btabellen ovan|\bovanstående tabell",
    re.IGNORECASE,
)


def _table_referred_to(layout: Layout, scope: Sequence[Span]) -> list[Span]:
    """The table outside an act's own words that they refer to: *edellä olevan taulukon mukaisesti*."""
    if not layout.document.bulletin.tables:
        return []
    referring = next((s for s in scope if _REFERS.search(layout.text, *s)), None)
    if referring is None:
        return []
    item = layout.item(referring[0])
    tables = [(t.start, t.end) for t in layout.document.bulletin.tables if item.start <= t.start < item.end]
    if any(a <= t[0] < b for t in tables for a, b in scope):
        return []
    above = [t for t in tables if t[1] <= referring[0]]
    return above[-1:] or tables[:1]


_TOTAL_HEADING = re.compile(
    r"avustu|tuk[ie]|rahaa?\b|kumppanuussopimuksiin|bidrag|understöd|stöd\b|stipend|apuraha", re.IGNORECASE
)


def _heading_with_total(layout: Layout, act: Act) -> list[Span]:
    """In news the heading right above a grant may state its total: *Kohdeavustuksia 9 850 euroa*."""
    if layout.document.kind not in PROSE or act.type not in ("granted", "approved"):
        return []
    if act.type == "approved" and re.search(r"sopimu|avtal", act.text) is None:
        return []
    own = layout.part(act.start)
    before = [p for p in layout.item(act.start).parts if p.end <= own.start]
    if own.kind is not PartKind.BODY or not before or before[-1].kind is not PartKind.SUBHEADING:
        return []
    start, end = before[-1].start, before[-1].end
    gives = _TOTAL_HEADING.search(layout.text, start, end) and re.search(r"\d", layout.text[start:end])
    return [(start, end)] if gives else []


def _maker(statements: Sequence[Act], cast: Cast) -> str | None:
    return next((maker for a in statements if (maker := cast.maker_of(a)) is not None), None)


def _title(layout: Layout, act: Act) -> str | None:
    """The heading above an act in news, the matter's title in minutes."""
    text, item = layout.text, layout.item(act.start)
    above = [p for p in item.parts if p.kind in HEADS and p.start <= act.start]
    if layout.document.kind in PROSE and above:
        return text[above[-1].start : above[-1].end].split("\n", maxsplit=1)[0].strip()
    return text[slice(*item.title)].strip() if item.title else layout.document.header.title
