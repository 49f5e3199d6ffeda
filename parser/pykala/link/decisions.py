"""Acts → decisions: who acted, on which matter, and which statements tell the same act."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pykala.model import Act, Decision, Document, DocumentKind, Entity, Item, Name, Part, PartKind, VoteCount
from pykala.outcomes import count_of

BODIES = frozenset(("council", "board", "committee", "division", "municipality", "joint_authority", "wellbeing_county", "other", "office"))
_PROSE = (DocumentKind.RELEASE, DocumentKind.PREVIEW, DocumentKind.BULLETIN)
_TITLES = (PartKind.TITLE, PartKind.SUBHEADING)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who there is in the document, and where."""

    entities: tuple[Entity, ...]
    mentions: tuple[Name, ...]  # in order of start

    def at(self, start: int, end: int) -> Name | None:
        """The longest mention that overlaps a span."""
        near = [n for n in self.within(start - 120, end + 120) if n.start < end and start < n.end]
        return max(near, key=lambda n: n.end - n.start, default=None)

    def within(self, start: int, end: int) -> Sequence[Name]:
        """The mentions that begin in a span."""
        starts = [n.start for n in self.mentions]
        return self.mentions[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]

    def named(self, name: str | None) -> str | None:
        """Key of the entity that bears a name, folded."""
        if not name:
            return None
        wanted = _fold(name)
        for entity in self.entities:
            if any(_fold(n) == wanted for n in (entity.name, *entity.aliases)):
                return entity.key
        return None


def _fold(name: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", name).casefold().strip(" ,.")


def decisions(document: Document, acts: Sequence[Act], cast: Cast) -> tuple[Decision, ...]:
    """The acts of a document, each once.

    Args:
        acts: every statement of an act, in order.
        cast: the document's entities.
    """
    grouped: list[list[Act]] = []
    for act in acts:
        group = next((g for g in grouped if _same(document, g[0], act, cast)), None)
        if group is None:
            grouped.append([act])
        else:
            group.append(act)
    return tuple(_decision(document, group, cast) for group in grouped)


# ---------------------------------------------------------------- one act told twice


_STEM = re.compile(r"[^\W\d_]{4,}|\d[\d \u00a0.,]*\d")


def _content(act: Act) -> frozenset[str]:
    """Beginnings of the content words, so that cases and derivations of one word meet."""
    words = (w.casefold() for w in _STEM.findall(act.text))
    return frozenset(w[:5] for w in words if not w.startswith(("kaupunginh", "päätt", "kunnanh", "lautak", "jaost", "valtuust", "kokouk")))


def _same(document: Document, first: Act, second: Act, cast: Cast) -> bool:
    """Whether two statements tell one act: same type, no two bodies, and mostly the same words.

    Only bulletins and news tell an act twice; minutes state each once, in its own section.
    """
    if document.kind not in _PROSE or first.type != second.type or first.formula or second.formula:
        return False
    if first.scope and second.scope and first.scope[0] == second.scope[0]:
        return False
    makers = {m for a in (first, second) if (m := _maker_of(a, cast)) is not None}
    if len(makers) > 1:
        return False
    titles = (PartKind.TITLE, PartKind.SUBHEADING, PartKind.LEAD)
    ranks = {_part_at(document, a.start).kind for a in (first, second)}
    a, b = _content(first), _content(second)
    if not a or not b:
        return False
    shared = len(a & b) / min(len(a), len(b))
    return shared >= (0.45 if ranks & set(titles) else 0.7)


def _part_at(document: Document, position: int) -> Part:
    for item in document.items:
        for part in item.parts:
            if part.start <= position < part.end:
                return part
    return Part(PartKind.BODY, position, position)


_RANK = {PartKind.TITLE: 0, PartKind.SUBHEADING: 1, PartKind.LEAD: 2}


def _best(document: Document, group: Sequence[Act]) -> Act:
    """The most detailed statement: body before lead, lead before heading, then the longer."""
    return max(group, key=lambda a: (_RANK.get(_part_at(document, a.start).kind, 3), len(a.text), -a.start))


# ---------------------------------------------------------------- one decision


def _decision(document: Document, group: Sequence[Act], cast: Cast) -> Decision:
    act = _best(document, group)
    item = _item_at(document, act.start)
    scope = list(dict.fromkeys(s for a in (act, *group) for s in a.scope))
    if act.formula:
        scope += _proposal(item, act.start)
    text = document.text
    section = text[item.section[0] : item.section[1]] if item.section else _fact(document, "section")
    votes = _votes(document, item, act)
    return Decision(
        act=act,
        also=tuple(a for a in group if a is not act),
        maker=None if act.officer else _maker(document, group, cast, act),
        outcome=_outcome(document, item, act, votes),
        scope=tuple(scope),
        officer=document.header.officer if act.officer else None,
        presenter=item.presenter,
        title=_title(document, item, act),
        section=f"§ {section.strip('§ ')}" if section else None,
        case_number=" ".join(text[item.case_numbers[0][0] : item.case_numbers[0][1]].split()) if item.case_numbers else None,
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


def _maker_of(act: Act, cast: Cast) -> str | None:
    if act.subject is None or act.officer:
        return None
    name = cast.at(*act.subject)
    return name.key if name is not None and any(e.key == name.key for e in cast.entities) else None


def _maker(document: Document, group: Sequence[Act], cast: Cast, act: Act) -> str | None:
    for candidate in (act, *group):
        maker = _maker_of(candidate, cast)
        if maker is not None:
            return maker
    span = document.header.body_span
    if span is not None:
        name = cast.at(*span)
        if name is not None and any(e.key == name.key for e in cast.entities):
            return name.key
    known = cast.named(document.header.body)
    if known is not None or document.kind not in _PROSE:
        return known
    return _last_body(document, cast, act)


def _last_body(document: Document, cast: Cast, act: Act) -> str | None:
    """In news a passive is the act of the body named last before it as a subject."""
    before = [n for n in cast.within(0, act.start) if n.kind in ("council", "board", "committee", "division") and n.case in ("nominative", "genitive")]
    return before[-1].key if before and not before[-1].bare else None


def _outcome(document: Document, item: Item, act: Act, votes: VoteCount | None) -> str | None:
    if act.outcome == "as_amended":
        return act.outcome
    if votes is not None or act.outcome == "by_vote":
        return "by_vote"
    if act.outcome is not None or document.kind in (DocumentKind.RELEASE, DocumentKind.PREVIEW):
        return act.outcome
    for part in item.parts:
        if part.kind in (PartKind.PROPOSAL, PartKind.DECISION) and _RESIDUE.search(document.text, part.start, part.end):
            return "as_proposed"
    return None


_RESIDUE = re.compile(r"(?:^|[.\n]\s*)(?:Päätös (?:on|oli) (?:ehdotuksen|esityksen) mukainen|Beslutet stämmer överens med förslaget|Beslutet fattades enligt förslaget)", re.M)


def _votes(document: Document, item: Item, act: Act) -> VoteCount | None:
    stretches = [(act.start, act.end)]
    if document.kind not in (DocumentKind.RELEASE, DocumentKind.PREVIEW):
        stretches += [(p.start, p.end) for p in item.parts if p.kind in (PartKind.DECISION, PartKind.VOTES, PartKind.HANDLING)]
    for start, end in stretches:
        found = count_of(document.text, start, end)
        if found is not None:
            return found
    return None


def _title(document: Document, item: Item, act: Act) -> str | None:
    text = document.text
    if document.kind in _PROSE:
        above = [p for p in item.parts if p.kind in _TITLES and p.start <= act.start]
        if above:
            return text[above[-1].start : above[-1].end].split("\n")[0].strip()
    return text[item.title[0] : item.title[1]].strip() if item.title else document.header.title
