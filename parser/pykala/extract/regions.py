"""Where acts may stand in a document of each kind, as runs of sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import StrEnum

from pykala.extract.clauses import tokens
from pykala.extract.lexicon import Form, forms
from pykala.model import BlockKind, Document, DocumentKind, Item, Part, PartKind, Value


class Voice(StrEnum):
    """How a stretch tells acts."""

    DECISION = "decision"  # a section headed *Päätös*: everything in it is the body's act, in any tense
    BARE = "bare"  # minutes without labels: only what is unmistakable
    BULLETIN = "bulletin"  # results under headings: past tense, and the present with a body
    PROSE = "prose"  # news: past tense with a body


class Sentence(Value):
    """One sentence with its place in the layout."""

    start: int
    end: int
    listed: bool  # a list item, bulleted, numbered or lettered
    table: bool
    block: int


class Region(Value):
    """Consecutive sentences told in one voice."""

    voice: Voice
    item: int
    part: PartKind
    sentences: tuple[Sentence, ...]
    rank: int  # which of two statements of one act is quoted: the higher


_LISTED = re.compile(r"^(?:[-–—•*·▪○●]|\d{1,2}[.)]|[a-zA-ZÅÄÖåäö][.)]|[IVX]{1,4}[.)])\s*")
#: A number or a letter with the sign after it is not longer.
_LONGEST_NUMBER = 5
#: A bullet with the space after it is not so long.
_LONGEST_BULLET = 8
_RANK = {
    PartKind.BODY: 3,
    PartKind.DECISION: 3,
    PartKind.LEAD: 2,
    PartKind.SUBHEADING: 1,
    PartKind.TITLE: 0,
    PartKind.POINTER: 3,
}
_LABELLED = (DocumentKind.MINUTES, DocumentKind.OFFICER, DocumentKind.BULLETIN)


def bullet(text: str) -> int:
    """Length of the bullet, number or letter that opens a list row, 0 where there is none.

    >>> bullet("- Kylä ry"), bullet("2) myydä"), bullet("Kylä ry")
    (2, 3, 0)
    """
    match = _LISTED.match(text)
    return match.end() if match else 0


def _opens_with_bullet(text: str, start: int, end: int) -> bool:
    """Whether a sentence opens with a bullet or a number; a word, as most do, has no stop or bracket among its first letters."""
    if text[start : start + _LONGEST_NUMBER].isalpha():
        return False
    return bullet(text[start : min(end, start + _LONGEST_BULLET)]) > 0


def regions(document: Document) -> tuple[Region, ...]:
    """The stretches of the document in which acts are looked for, in order."""
    if document.kind is DocumentKind.AGENDA:
        return ()
    out: list[Region] = []
    places = _Places.of(document)
    for index, item in enumerate(document.items):
        for part, voice in _voices(document, item):
            start = part.start if part.heading is None else part.heading[1]
            sentences = sentences_of(document, places, start, part.end)
            if voice is Voice.BULLETIN:
                sentences = _after_titles(document.text, sentences)
            if sentences:
                out.append(Region(voice, index, part.kind, sentences, _RANK.get(part.kind, 3)))
    return tuple(out)


def _voices(document: Document, item: Item) -> list[tuple[Part, Voice]]:
    if document.kind in _LABELLED:
        decisions = [p for p in item.parts if p.kind is PartKind.DECISION]
        if decisions:
            return [(p, Voice.DECISION) for p in decisions]
        if document.kind is not DocumentKind.BULLETIN:
            bare = (
                PartKind.BODY,
                PartKind.PROPOSAL,
                PartKind.BACKGROUND,
                PartKind.HEADER,
                PartKind.PRESENTER,
                PartKind.HANDLING,
            )
            return [(p, Voice.BARE) for p in item.parts if p.kind in bare]
        return [(p, Voice.BULLETIN) for p in item.parts if p.kind in (*_RANK, PartKind.HEADER)]
    return [(p, Voice.PROSE) for p in item.parts if p.kind in _RANK]


#: A longer cell of a table holds running text.
_PROSE_CELL = 45
_TITLED = re.compile(r":[ \u00a0]+(?=[A-ZÅÄÖ]|ei )")


def _acts(text: str, start: int, end: int) -> bool:
    """Whether a verb acts before a colon: *Myönnettiin avustukset: Kylä ry 900 €*."""
    meanings = (m for t in tokens(text, start, end) for m in forms().get(t.word, ()))
    return any(form in (Form.PAST, Form.PASSIVE) for _, form in meanings)


def _after_titles(text: str, sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """In a bulletin a row may hold a matter's title and, after a colon, its result: these are two sentences."""
    out: list[Sentence] = []
    for s in sentences:
        cuts = [m.end() for m in _TITLED.finditer(text, s.start, s.end) if not _acts(text, s.start, m.start())]
        if not cuts or s.table:
            out.append(s)
            continue
        out.append(Sentence(s.start, cuts[-1], s.listed, False, s.block))
        out.append(Sentence(cuts[-1], s.end, False, False, s.block))
    return tuple(out)


class _Places(Value):
    """Where the sentences and the blocks of a document start."""

    sentences: tuple[int, ...]
    blocks: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> _Places:
        return cls(tuple(s for s, _ in document.sentences), tuple(b.start for b in document.bulletin.blocks))


def sentences_of(document: Document, places: _Places, start: int, end: int) -> tuple[Sentence, ...]:
    """The sentences of a stretch, cut where it starts or ends within one."""
    text = document.text
    blocks, block_starts = document.bulletin.blocks, places.blocks
    out: list[Sentence] = []
    first = max(0, bisect_left(places.sentences, start) - 1)
    for s, e in document.sentences[first : bisect_left(places.sentences, end)]:
        a, b = max(s, start), min(e, end)
        while a < b and text[a] in " \u00a0\t\n:":
            a += 1
        if b <= a:
            continue
        index = max(0, bisect_left(block_starts, a + 1) - 1)
        kind = blocks[index].kind if blocks else BlockKind.PARAGRAPH
        opens_line = a == 0 or text[a - 1] == "\n" or a == (blocks[index].start if blocks else 0)
        listed = opens_line and (kind is BlockKind.LIST_ITEM or _opens_with_bullet(text, a, b))
        table = kind is BlockKind.TABLE and all(len(cell) < _PROSE_CELL for cell in text[a:b].split("\t"))
        out.append(Sentence(a, b, listed, table, index))
    return tuple(out)
