"""Acts → decisions: who acted, on which matter, and which statements tell the same act."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pykala.link.cast import Cast
from pykala.link.retold import best, group, part_at
from pykala.link.settled import outcome, votes_of
from pykala.model import Act, Decision, Document, DocumentKind, Item, PartKind, VoteCount

BODIES = frozenset(
    (
        "council",
        "board",
        "committee",
        "division",
        "municipality",
        "joint_authority",
        "wellbeing_county",
        "other",
        "office",
    )
)
_PROSE = (DocumentKind.RELEASE, DocumentKind.PREVIEW, DocumentKind.BULLETIN)
_NEWS = (DocumentKind.RELEASE, DocumentKind.PREVIEW)
_NEWS_PARTS = (PartKind.TITLE, PartKind.LEAD, PartKind.SUBHEADING, PartKind.BODY, PartKind.HEADER)
_DECIDING = frozenset(("council", "board", "committee", "division"))
_TITLES = (PartKind.TITLE, PartKind.SUBHEADING)


def decisions(document: Document, acts: Sequence[Act], cast: Cast) -> tuple[Decision, ...]:
    """The acts of a document, each once.

    Args:
        acts: every statement of an act, in order.
        cast: the document's entities.
    """
    grouped = group(document, acts, cast)
    main = main_body(document, acts, cast)
    return tuple(_decision(document, g, cast, main) for g in grouped)


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
    news = document.kind in _PROSE
    kinds = _NEWS_PARTS if news else (PartKind.PROPOSAL,)
    parts = [p for i in document.items for p in i.parts if p.kind in kinds]
    for part in parts if news else reversed(parts):
        bodies = [n for n in cast.within(part.start, part.end) if n.kind in _DECIDING and n.key in cast.keys]
        acting = [n for n in bodies if n.case in ("nominative", None)] or (bodies if news else [])
        if acting:
            return acting[0].key
    return None


# ---------------------------------------------------------------- one decision


def _decision(document: Document, group: Sequence[Act], cast: Cast, main: str | None) -> Decision:
    act = best(document, group)
    item = _item_at(document, act.start)
    scope = list(dict.fromkeys(s for a in (act, *group) for s in a.scope))
    if act.formula:
        scope += _proposal(item, act.start) or _above(document, item, act)
    text = document.text
    section = text[item.section[0] : item.section[1]] if item.section else _fact(document, "section")
    votes = votes_of(document, item, act)
    return Decision(
        act=act,
        also=tuple(a for a in group if a is not act),
        maker=None if act.officer else _maker(group, cast, act, main),
        outcome=outcome(document, item, act, votes),
        scope=tuple(scope),
        officer=document.header.officer if act.officer else None,
        presenter=item.presenter,
        title=_title(document, item, act),
        section=f"§ {section.strip('§ ')}" if section else None,
        case_number=" ".join(text[item.case_numbers[0][0] : item.case_numbers[0][1]].split())
        if item.case_numbers
        else None,
        votes=votes,
    )


def _fact(document: Document, name: str) -> str | None:
    return next((f.value for f in document.bulletin.facts if f.name == name), None)


def _item_at(document: Document, position: int) -> Item:
    return next((i for i in document.items if i.start <= position < i.end), document.items[-1])


def _proposal(item: Item, before: int) -> list[tuple[int, int]]:
    """The proposal that a formula accepts: the last one above it, else the first below (Helsinki prints it after)."""
    proposals = [p for p in item.parts if p.kind is PartKind.PROPOSAL]
    above = [p for p in proposals if p.start < before]
    chosen = above[-1:] or proposals[:1]
    return [(p.heading[1] if p.heading else p.start, p.end) for p in chosen]


def _above(document: Document, item: Item, act: Act) -> list[tuple[int, int]]:
    """In a bulletin without labels the proposal is what stands above the formula under the same heading."""
    if document.kind is not DocumentKind.BULLETIN:
        return []
    part = part_at(document, act.start)
    return [(part.start, act.start)] if part.start < act.start and part.kind in (PartKind.BODY, PartKind.LEAD) else []


def _maker(group: Sequence[Act], cast: Cast, act: Act, main: str | None) -> str | None:
    for candidate in (act, *group):
        maker = cast.maker_of(candidate)
        if maker is not None:
            return maker
    return main


def _title(document: Document, item: Item, act: Act) -> str | None:
    text = document.text
    if document.kind in _PROSE:
        above = [p for p in item.parts if p.kind in _TITLES and p.start <= act.start]
        if above:
            return text[above[-1].start : above[-1].end].split("\n")[0].strip()
    return text[item.title[0] : item.title[1]].strip() if item.title else document.header.title
