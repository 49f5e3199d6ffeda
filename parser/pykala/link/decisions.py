"""Acts → decisions: who acted, on which matter, and which statements tell the same act."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pykala.link.cast import Cast
from pykala.link.retold import best, group, part_at
from pykala.model import Act, Decision, Document, DocumentKind, Item, PartKind, VoteCount
from pykala.outcomes import count_of

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
_NEWS_PARTS = (PartKind.TITLE, PartKind.LEAD, PartKind.BODY, PartKind.HEADER)
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
    parts = [
        p
        for i in document.items
        for p in i.parts
        if p.kind in (_NEWS_PARTS if document.kind in _PROSE else (PartKind.PROPOSAL,))
    ]
    for part in reversed(parts) if document.kind not in _PROSE else parts:
        bodies = [
            n
            for n in cast.within(part.start, part.end)
            if n.kind in _DECIDING and n.key in cast.keys and n.case in ("nominative", None)
        ]
        if bodies:
            return bodies[0].key
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
    votes = _votes(document, item, act)
    return Decision(
        act=act,
        also=tuple(a for a in group if a is not act),
        maker=None if act.officer else _maker(group, cast, act, main),
        outcome=_outcome(document, item, act, votes),
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


_RESIDUE = re.compile(
    r"(?:^|[.\n]\s*)(?:Päätös (?:on|oli) (?:ehdotuksen|esityksen) mukainen|Beslutet (?:stämmer överens|överensstämmer) med förslaget|"
    r"Beslutet fattades enligt förslaget)",
    re.MULTILINE | re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\bmuutti (?:päätös)?(?:ehdotustaan|esitystään)|\besittelijän muutetun|\bmuutetun (?:päätös)?(?:ehdotuksen|esityksen) (?:mukaan|mukaisesti)|"
    r"\b(?:päätös)?ehdotusta (?:muutettiin|täydennettiin|korjattiin)|\btäydensi (?:päätös)?(?:ehdotustaan|esitystään)|\bkorjasi (?:päätös)?ehdotustaan|"
    r"\bändrade sitt förslag",
    re.IGNORECASE,
)
_AGREED = re.compile(r"\b(?:yksimielisesti|enhälligt|unanimously|keskustelutta)\b", re.IGNORECASE)


def _outcome(document: Document, item: Item, act: Act, votes: VoteCount | None) -> str | None:
    if act.outcome in ("as_amended", "by_vote"):
        return act.outcome
    if votes is not None and not _AGREED.search(act.text):
        return "by_vote"
    around = _around(document, item, act)
    if any(_CHANGED.search(document.text, start, end) for start, end in around):
        return "as_amended"
    if act.outcome is not None:
        return act.outcome
    if document.kind in _NEWS:
        return None
    return "as_proposed" if any(_RESIDUE.search(document.text, start, end) for start, end in around) else None


def _votes(document: Document, item: Item, act: Act) -> VoteCount | None:
    for start, end in ((act.start, act.end), *_around(document, item, act)):
        found = count_of(document.text, start, end)
        if found is not None:
            return found
    return None


def _around(document: Document, item: Item, act: Act) -> list[tuple[int, int]]:
    """Where the handling of an act is told: its own decision section with the handling beside it, in news its paragraph."""
    own = next((i for i, p in enumerate(item.parts) if p.start <= act.start < p.end), None)
    if own is None:
        return []
    if document.kind in (*_NEWS, DocumentKind.BULLETIN) and item.parts[own].kind is not PartKind.DECISION:
        block = next((b for b in document.bulletin.blocks if b.start <= act.start < b.end), None)
        return [(block.start, block.end)] if block else []
    out = [item.parts[own]]
    for step in (1, -1):
        at = own + step
        while 0 <= at < len(item.parts) and item.parts[at].kind not in (
            PartKind.DECISION,
            PartKind.HISTORY,
            PartKind.APPEAL,
        ):
            if item.parts[at].kind in (PartKind.HANDLING, PartKind.VOTES, PartKind.PROPOSAL):
                out.append(item.parts[at])
            at += step
    return [(p.start, p.end) for p in out]


def _title(document: Document, item: Item, act: Act) -> str | None:
    text = document.text
    if document.kind in _PROSE:
        above = [p for p in item.parts if p.kind in _TITLES and p.start <= act.start]
        if above:
            return text[above[-1].start : above[-1].end].split("\n")[0].strip()
    return text[item.title[0] : item.title[1]].strip() if item.title else document.header.title
