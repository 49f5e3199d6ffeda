"""How a decision was settled: by a vote, as proposed, as amended; only where the text says so of this act."""

from __future__ import annotations

import re

from pykala.link.rows import row_at, sentence_at
from pykala.model import Act, Document, DocumentKind, Item, Part, PartKind, VoteCount
from pykala.outcomes import count_of, outcome_of

_NEWS = (DocumentKind.RELEASE, DocumentKind.PREVIEW, DocumentKind.BULLETIN)
_RESIDUE = re.compile(
    r"(?:^|[.\n]\s*)(?:Päätös (?:on|oli) (?:ehdotuksen|esityksen) mukainen|"
    r"Beslutet (?:stämmer överens|överensstämmer) med förslaget|Beslutet fattades enligt förslaget)",
    re.MULTILINE | re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\bmuutti (?:päätös)?(?:ehdotustaan|esitystään)|\besittelijän muutetun|"
    r"\bmuutetun (?:päätös)?(?:ehdotuksen|esityksen) (?:mukaan|mukaisesti)|"
    r"\b(?:päätös)?ehdotusta (?:muutettiin|täydennettiin|korjattiin)|\btäydensi (?:päätös)?(?:ehdotustaan|esitystään)|"
    r"\bkorjasi (?:päätös)?ehdotustaan|\bändrade sitt förslag|\b(?:lausuntoon|ehdotukseen|esitykseen) lisättiin",
    re.IGNORECASE,
)
_AGREED = re.compile(r"\b(?:yksimielisesti|enhälligt|unanimously|keskustelutta)\b", re.IGNORECASE)
_FURTHER = re.compile(
    r"^\W*(?:\w+ )?(?:lisäksi|samalla|edelleen|dessutom|samtidigt)\b|^\W*\w+ \w+ (?:samalla|samtidigt)\b", re.IGNORECASE
)
_BESIDE = (PartKind.HANDLING, PartKind.VOTES, PartKind.PROPOSAL)
_EDGES = (PartKind.DECISION, PartKind.HISTORY, PartKind.APPEAL)


def outcome(document: Document, item: Item, act: Act, votes: VoteCount | None) -> str | None:
    """What the text says of how an act was settled, never worked out.

    Args:
        item: the matter that the act belongs to.
        votes: the vote that :func:`votes_of` found for it.
    """
    if act.outcome in ("as_amended", "by_vote"):
        return act.outcome
    if votes is not None:
        return "by_vote"
    text = document.text
    own = [text[a:b] for a, b in _own(document, act)]
    told = next((o for o in map(outcome_of, own) if o is not None), None) or act.outcome
    beside = [text[p.start : p.end] for p in _beside(document, item, act)]
    own_change = not _FURTHER.match(act.text) and any(map(_CHANGED.search, (*own, *_paragraph(document, act))))
    if own_change or any(map(_CHANGED.search, beside)):
        return "as_amended"
    if told is not None:
        return told
    return "as_proposed" if any(map(_RESIDUE.search, beside)) else None


def votes_of(document: Document, item: Item, act: Act) -> VoteCount | None:
    """The counted vote that settled an act: in its own sentence or the next, or in the handling of its section."""
    if _AGREED.search(act.text):
        return None
    spans = _own(document, act)
    if not _FURTHER.match(act.text):
        spans += _next(document, act)
    spans += [(p.start, p.end) for p in _beside(document, item, act)]
    return next((found for a, b in spans if (found := count_of(document.text, a, b)) is not None), None)


def _own(document: Document, act: Act) -> list[tuple[int, int]]:
    """The act's words, its sentence, and the sentence that introduces its list."""
    spans = [(act.start, act.end)]
    row = row_at(document, act.verb[0])
    if row is not None and row.lead is not None and act.scope and row.lead[1] < act.start:
        spans.append(row.lead)
    return spans


def _next(document: Document, act: Act) -> list[tuple[int, int]]:
    """The sentence after the act, in the same paragraph: *Päätös syntyi äänin 7–4.*"""
    _, end = sentence_at(document, act.verb[0])
    start, stop = sentence_at(document, min(end + 1, len(document.text) - 1))
    follows = start >= end and "\n" not in document.text[end:start]
    return (
        [(start, stop)]
        if follows and re.match(r"\W*(?:Päätös|Asiasta|Äänestyk|Äänin|Beslutet)", document.text[start:stop])
        else []
    )


def _paragraph(document: Document, act: Act) -> list[str]:
    """In news the line that holds the act."""
    if document.kind not in _NEWS:
        return []
    text = document.text
    start = text.rfind("\n", 0, act.start) + 1
    end = text.find("\n", act.end)
    return [text[start : end if end >= 0 else len(text)]]


def _beside(document: Document, item: Item, act: Act) -> list[Part]:
    """The handling, the votes and the proposal that belong to the section of an act."""
    own = next((i for i, p in enumerate(item.parts) if p.start <= act.start < p.end), None)
    if own is None or item.parts[own].kind is not PartKind.DECISION or document.kind in _NEWS[:2]:
        return []
    out: list[Part] = []
    for step in (1, -1):
        at = own + step
        while 0 <= at < len(item.parts) and item.parts[at].kind not in _EDGES:
            if item.parts[at].kind in _BESIDE:
                out.append(item.parts[at])
            at += step
    return out
