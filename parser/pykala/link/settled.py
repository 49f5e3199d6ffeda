"""How a decision was settled: by a vote, as proposed, as amended; only where the text says so of this act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from pykala.link.layout import PROSE, Layout, Span
from pykala.model import Act, BlockKind, PartKind, VoteCount
from pykala.outcomes import count_of, counts, outcome_of


class _Sign:
    """A pattern in lower case, sought only where cheap tests do not rule it out.

    Attributes:
        words: a text without any of them, in any case, does not hold the pattern.
        opens: the pattern begins with one of the words, so that it is tried where they stand and nowhere else.
    """

    def __init__(self, pattern: str, *, words: tuple[str, ...], opens: bool = False) -> None:
        self._pattern = re.compile(pattern, re.MULTILINE)
        self._words = words
        self._opens = opens
        self._places = lru_cache(maxsize=2)(self._find)  # each act of a document asks for the same

    def inside(self, layout: Layout, spans: Iterable[Span]) -> bool:
        """Whether any of the spans of a text holds the pattern."""
        places = self._places(layout.lower)
        return bool(places) and any(start <= at < end for start, end in spans for at in places)

    def is_in(self, layout: Layout) -> bool:
        """Whether the text holds the pattern."""
        return bool(self._places(layout.lower))

    def _find(self, lower: str) -> list[int]:
        if self._opens:
            return [at for word in self._words for at in _places_of(word, lower) if self._pattern.match(lower, at)]
        if not any(map(lower.__contains__, self._words)):
            return []
        return [match.start() for match in self._pattern.finditer(lower)]


def _places_of(word: str, text: str) -> Iterator[int]:
    """Where a text holds a word."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


_RESIDUE = _Sign(
    r"(?:^|[.\n]\s*)(?:päätös (?:on|oli) (?:ehdotuksen|esityksen) mukainen|"
    r"beslutet (?:stämmer överens|överensstämmer) med förslaget|beslutet fattades enligt förslaget)",
    words=("päätös o", "beslutet "),
)
_CHANGED = _Sign(
    r"\b(?:muutti (?:päätös)?(?:ehdotustaan|esitystään)|esittelijän muutetun|"
    r"muutetun (?:päätös)?(?:ehdotuksen|esityksen) (?:mukaan|mukaisesti)|"
    r"(?:(?:päätös)?ehdotusta|esitystä) (?:muutettiin|täydennettiin|korjattiin)|täydensi (?:päätös)?(?:ehdotustaan|esitystään)|"
    r"korjasi (?:päätös)?ehdotustaan|ändrade sitt förslag|ändring(?:ar)? i (?:\w+ ){1,2}förslag|(?:lausuntoon|ehdotukseen|esitykseen) lisättiin)",
    words=(
        "muutti ", "muutetun", " muutettiin", " täydennettiin", " korjattiin", "täydensi ", "korjasi ", "ändrade sitt ", "ändring",
        " lisättiin",
    ),
)  # fmt: skip
_AGREED = re.compile(r"\b(?:yksimielisesti|enhälligt|unanimously|keskustelutta)\b", re.IGNORECASE)
_FURTHER = re.compile(
    r"^\W*(?:\w+ )?(?:lisäksi|samalla|edelleen|dessutom|samtidigt)\b|^\W*\w+ \w+ (?:samalla|samtidigt)\b", re.IGNORECASE
)
_BESIDE = (PartKind.HANDLING, PartKind.VOTES, PartKind.PROPOSAL)
_EDGES = (PartKind.DECISION, PartKind.HISTORY, PartKind.APPEAL)


class Around(NamedTuple):
    """Where words may tell how an act was settled.

    Attributes:
        own: the act's words, its sentence, and the sentence that introduces its list.
        beside: the handling, the votes and the proposal that belong to its section.
        further: the act is told beside another: *lisäksi*, *samalla*.
    """

    own: list[Span]
    beside: list[Span]
    further: bool


def around(layout: Layout, act: Act) -> Around:
    """Find where words may tell how an act was settled."""
    further = _FURTHER.match(act.text) is not None
    return Around(_own(layout, act, further=further), _beside(layout, act), further)


def outcome(layout: Layout, act: Act, votes: VoteCount | None, near: Around) -> str | None:
    """What the text says of how an act was settled, never worked out.

    Args:
        votes: the vote that :func:`votes_of` found for it.
        near: what :func:`around` found for it.
    """
    if act.outcome in ("as_amended", "by_vote"):
        return act.outcome
    if votes is not None:
        return "by_vote"
    if act.type == "appointed" and _BALLOT.inside(layout, _told_after(layout, act)):
        return "by_vote"
    told_with = [] if near.further else [*near.own, *_paragraph(layout, act)]
    if _CHANGED.inside(layout, (*told_with, *near.beside)):
        return "as_amended"
    text = layout.text
    told = next((o for a, b in near.own if (o := outcome_of(text[a:b])) is not None), None) or act.outcome
    if told is not None:
        return told
    return "as_proposed" if _RESIDUE.inside(layout, near.beside) else None


def votes_of(layout: Layout, act: Act, near: Around) -> VoteCount | None:
    """The counted vote that settled an act: in its own sentence, later in its section, or in the handling beside it.

    Args:
        near: what :func:`around` found for it.
    """
    if not counts(layout.text) or _AGREED.search(act.text):
        return None
    spans = near.own
    if not near.further:
        spans = [*spans, *_told_after(layout, act)]
    own = layout.part(act.start)
    if count_of(layout.text, own.start, own.end) is None:  # else the decision itself says which act was voted on
        spans = [*spans, *near.beside]
    return next((found for a, b in spans if (found := count_of(layout.text, a, b)) is not None), None)


def _own(layout: Layout, act: Act, *, further: bool) -> list[Span]:
    """The act's words, its sentence, and the sentence that introduces its list."""
    spans = [(act.start, act.end)]
    sentence = layout.sentence(act.verb[0])
    if not further and sentence != spans[0]:
        spans.append(sentence)
    row = layout.row(act.verb[0])
    if row is not None and row.lead is not None and row.lead[1] < act.start:
        spans.append(row.lead)
    return spans


_VOTED = _Sign(
    r"äänest(?:ettiin|i\b|yksessä|yksen)|syntyi äänin|voitti|omröstning|suljetuin lipuin|slutna sedlar",
    words=("äänest", "syntyi äänin", "voitti", "omröstning", "suljetuin lipuin", "slutna sedlar"),
    opens=True,
)
_BALLOT = _Sign(
    r"suljetuin lipuin|lippuäänesty|slutna sedlar|secret ballot",
    words=("suljetuin lipuin", "lippuäänesty", "slutna sedlar", "secret ballot"),
    opens=True,
)
#: How many sentences on a vote may be told.
_REACH = 6


def _told_after(layout: Layout, act: Act) -> list[Span]:
    """The sentences after the act in which its section tells a vote: *Päätös syntyi äänin 7–4.*"""
    if not _VOTED.is_in(layout):
        return []
    at = layout.sentence_index(act.verb[0]) + 1
    out = []
    for start, end in layout.document.sentences[at : at + _REACH]:
        block = layout.block(start)
        if block is not None and block.kind is BlockKind.HEADING:
            break
        if _VOTED.inside(layout, ((start, end),)):
            out.append((start, end))
    return out


def _paragraph(layout: Layout, act: Act) -> list[Span]:
    """In news the line that holds the act."""
    if layout.document.kind not in PROSE:
        return []
    text = layout.text
    end = text.find("\n", act.end)
    return [(text.rfind("\n", 0, act.start) + 1, end if end >= 0 else len(text))]


def _beside(layout: Layout, act: Act) -> list[Span]:
    """The handling, the votes and the proposal that belong to the section of an act."""
    parts = layout.item(act.start).parts
    own = next((i for i, p in enumerate(parts) if p.start <= act.start < p.end), None)
    if own is None or parts[own].kind is not PartKind.DECISION:
        return []
    out: list[Span] = []
    for step in (1, -1):
        at = own + step
        while 0 <= at < len(parts) and parts[at].kind not in _EDGES:
            if parts[at].kind in _BESIDE:
                out.append((parts[at].start, parts[at].end))
            at += step
    return out
