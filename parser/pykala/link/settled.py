"""How a decision was settled: by a vote, as proposed, as amended; only where the text says so of this act."""

from __future__ import annotations

import re
from functools import lru_cache

from pykala.link.layout import PROSE, Layout, Span
from pykala.model import Act, BlockKind, Part, PartKind, VoteCount
from pykala.outcomes import count_of, counts, outcome_of

_RESIDUE = re.compile(
    r"(?:^|[.\n]\s*)(?:Päätös (?:on|oli) (?:ehdotuksen|esityksen) mukainen|"
    r"Beslutet (?:stämmer överens|överensstämmer) med förslaget|Beslutet fattades enligt förslaget)",
    re.MULTILINE | re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\bmuutti (?:päätös)?(?:ehdotustaan|esitystään)|\besittelijän muutetun|"
    r"\bmuutetun (?:päätös)?(?:ehdotuksen|esityksen) (?:mukaan|mukaisesti)|"
    r"\b(?:(?:päätös)?ehdotusta|esitystä) (?:muutettiin|täydennettiin|korjattiin)|\btäydensi (?:päätös)?(?:ehdotustaan|esitystään)|"
    r"\bkorjasi (?:päätös)?ehdotustaan|\bändrade sitt förslag|\bändring(?:ar)? i (?:\w+ ){1,2}förslag|\b(?:lausuntoon|ehdotukseen|esitykseen) lisättiin",
    re.IGNORECASE,
)
_AGREED = re.compile(r"\b(?:yksimielisesti|enhälligt|unanimously|keskustelutta)\b", re.IGNORECASE)
_FURTHER = re.compile(
    r"^\W*(?:\w+ )?(?:lisäksi|samalla|edelleen|dessutom|samtidigt)\b|^\W*\w+ \w+ (?:samalla|samtidigt)\b", re.IGNORECASE
)
_BESIDE = (PartKind.HANDLING, PartKind.VOTES, PartKind.PROPOSAL)
_EDGES = (PartKind.DECISION, PartKind.HISTORY, PartKind.APPEAL)


def outcome(layout: Layout, act: Act, votes: VoteCount | None) -> str | None:
    """What the text says of how an act was settled, never worked out.

    Args:
        votes: the vote that :func:`votes_of` found for it.
    """
    if act.outcome in ("as_amended", "by_vote"):
        return act.outcome
    if votes is not None:
        return "by_vote"
    text = layout.text
    own = _own(layout, act)
    told = next((o for a, b in own if (o := outcome_of(text[a:b])) is not None), None) or act.outcome
    beside = [(p.start, p.end) for p in _beside(layout, act)]
    if act.type == "appointed" and any(_BALLOT.search(text, a, b) for a, b in _told_after(layout, act)):
        return "by_vote"
    told_with = [] if _FURTHER.match(act.text) else [*own, *_paragraph(layout, act)]
    if any(_inside(_CHANGED, text, part) for part in (*told_with, *beside)):
        return "as_amended"
    if told is not None:
        return told
    return "as_proposed" if any(_inside(_RESIDUE, text, part) for part in beside) else None


def _inside(pattern: re.Pattern[str], text: str, part: Span) -> bool:
    """Whether a part of the text holds a pattern."""
    return any(part[0] <= at < part[1] for at in _places(pattern, text))


@lru_cache(maxsize=8)
def _places(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Where a text holds a pattern; remembered, because each act of a document asks for it."""
    stems = _STEMS.get(pattern)
    if stems is not None and not any(stem in text for stem in stems):
        return ()
    return tuple(match.start() for match in pattern.finditer(text))


def votes_of(layout: Layout, act: Act) -> VoteCount | None:
    """The counted vote that settled an act: in its own sentence, later in its section, or in the handling beside it."""
    if not counts(layout.text) or _AGREED.search(act.text):
        return None
    spans = _own(layout, act)
    if not _FURTHER.match(act.text):
        spans += _told_after(layout, act)
    own = layout.part(act.start)
    if count_of(layout.text, own.start, own.end) is None:  # else the decision itself says which act was voted on
        spans += [(p.start, p.end) for p in _beside(layout, act)]
    return next((found for a, b in spans if (found := count_of(layout.text, a, b)) is not None), None)


def _own(layout: Layout, act: Act) -> list[Span]:
    """The act's words, its sentence, and the sentence that introduces its list."""
    spans = [(act.start, act.end)]
    if not _FURTHER.match(act.text):
        spans.append(layout.sentence(act.verb[0]))
    row = layout.row(act.verb[0])
    if row is not None and row.lead is not None and row.lead[1] < act.start:
        spans.append(row.lead)
    return spans


_VOTED = re.compile(
    r"äänestettiin|äänesti\b|syntyi äänin|voitti|äänestyksessä|äänestyksen|omröstning|suljetuin lipuin|slutna sedlar",
    re.IGNORECASE,
)
_BALLOT = re.compile(r"suljetuin lipuin|lippuäänesty|slutna sedlar|secret ballot", re.IGNORECASE)
# A text without any of its stems does not hold the pattern.
_STEMS = {
    _CHANGED: ("muutti", "muute", "täydenne", "täydensi", "korj", "ändr", "lisättiin"),
    _VOTED: ("äänest", "äänin", "voitti", "mröstning", "uljetuin", "slutna"),
}
#: How many sentences on a vote may be told.
_REACH = 6


def _told_after(layout: Layout, act: Act) -> list[Span]:
    """The sentences after the act in which its section tells a vote: *Päätös syntyi äänin 7–4.*"""
    if not _places(_VOTED, layout.text):
        return []
    at = layout.sentence_index(act.verb[0]) + 1
    out = []
    for start, end in layout.document.sentences[at : at + _REACH]:
        block = layout.block(start)
        if block is not None and block.kind is BlockKind.HEADING:
            break
        if _inside(_VOTED, layout.text, (start, end)):
            out.append((start, end))
    return out


def _paragraph(layout: Layout, act: Act) -> list[Span]:
    """In news the line that holds the act."""
    if layout.document.kind not in PROSE:
        return []
    text = layout.text
    end = text.find("\n", act.end)
    return [(text.rfind("\n", 0, act.start) + 1, end if end >= 0 else len(text))]


def _beside(layout: Layout, act: Act) -> list[Part]:
    """The handling, the votes and the proposal that belong to the section of an act."""
    parts = layout.item(act.start).parts
    own = next((i for i, p in enumerate(parts) if p.start <= act.start < p.end), None)
    if own is None or parts[own].kind is not PartKind.DECISION:
        return []
    out: list[Part] = []
    for step in (1, -1):
        at = own + step
        while 0 <= at < len(parts) and parts[at].kind not in _EDGES:
            if parts[at].kind in _BESIDE:
                out.append(parts[at])
            at += step
    return out
