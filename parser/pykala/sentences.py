"""Lines and sentences of a bulletin, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pykala.model import Block, BlockKind, Value

# Words that bear a full stop within a sentence.
_SHORTENED = frozenset(
    (
        "mm ym yms esim ent em ko ks kts nro nr no puh tel klo kl os mom jne ml mrd milj tuh ts vrt vs vt ao alv toht prof "
        "valt bl dvs osv kap st resp ca tfn max min huom johd pj vpj mll kpl rek ek bl.a t.ex"
    ).split()
)
_BREAK = re.compile(r"([.!?…][”\"»)]?)[ \u00a0]+(?=[A-ZÅÄÖÉÜ”\"»(–•§\d-])")
_BEFORE_WORD = re.compile(r"[\s(”\"/–-]")
# Other words that bear one: initials, ordinals, the beginning of a date.
_ORDINAL = re.compile(r"[a-zåäö](?:\.[a-zåäö])?|\d{1,2}(?:\.\d{1,2})?|[IVX]+", re.IGNORECASE)

#: No shortened word or ordinal but a Roman one has more letters.
_LONGEST_SHORTENED = max(map(len, _SHORTENED))
_ROMAN = frozenset("IVXivxİı")
#: How many characters before a stop tell what it closes.
_BEFORE_STOP = 20
# Counts of votes close a sentence although their last number looks like an ordinal: *äänin 6–3.*
_VOTES = re.compile(r"(?:äänin|rösterna)[ \u00a0]\d{1,3}[ \u00a0]?[–-][ \u00a0]?\d{1,3}$", re.IGNORECASE)
# A legal form written with a full stop before a sum: *Kylä ry. 1200 e*.
_LEGAL = re.compile(r"\b(?:ry|oy|ab|rf|sr|osk)$", re.IGNORECASE)


class Line(Value):
    """One line of a block; a table's lines are its rows.

    Attributes:
        block: index of its block.
        first: it opens its block.
    """

    start: int
    end: int
    block: int
    kind: BlockKind
    level: int
    marks: tuple[str, ...]
    first: bool


def lines(text: str, blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Every line that is not empty, in order."""
    for index, block in enumerate(blocks):
        start, first = block.start, True
        while start < block.end:
            stop = text.find("\n", start, block.end)
            stop = block.end if stop < 0 else stop
            if text[start:stop].strip():
                yield Line(start, stop, index, block.kind, block.level, block.marks, first)
                first = False
            start = stop + 1


def _is_shortened(before: str) -> bool:
    """Whether the last word before a full stop bears it within a sentence, as abbreviations and ordinals do."""
    ending = before[-_LONGEST_SHORTENED - 1 :]
    if len(ending) > _LONGEST_SHORTENED and ending.isalpha() and not _ROMAN.issuperset(ending):
        return False
    last = _BEFORE_WORD.split(before)[-1]
    return last.casefold() in _SHORTENED or _ORDINAL.fullmatch(last) is not None


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one stretch of running text.

    >>> s = "Kokous oli 12.5. Helsingissä. Lautakunta päätti mm. tuesta."
    >>> [s[a:b] for a, b in split(s, 0, len(s))]
    ['Kokous oli 12.5. Helsingissä.', 'Lautakunta päätti mm. tuesta.']
    """
    return _cut(text, start, end, list(_BREAK.finditer(text, start, end)))


def _cut(text: str, start: int, end: int, breaks: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """The sentences of a stretch within which a sentence may end at some places."""
    found = []
    position = start
    for stop in breaks:
        at, edge = stop.span(1)
        if text[at] == ".":
            before = text[max(position, at - _BEFORE_STOP) : at]
            if (_is_shortened(before) and not _VOTES.search(before)) or (
                text[stop.end()].isdigit() and _LEGAL.search(before)
            ):
                continue
        found.append((position, edge))
        position = stop.end()
    if text[position:end].strip():
        found.append((position, end))
    return found


def _with_breaks(text: str, all_lines: tuple[Line, ...]) -> Iterator[tuple[Line, Sequence[re.Match[str]]]]:
    """Each line with the places where a sentence may end in it: one search for all, because no break goes over a line."""
    breaks = _BREAK.finditer(text)
    stop = next(breaks, None)
    for line in all_lines:
        within = []
        while stop is not None and stop.start() < line.end:
            within.append(stop)
            stop = next(breaks, None)
        yield line, within


def sentences(text: str, all_lines: tuple[Line, ...]) -> tuple[tuple[int, int], ...]:
    """The sentences of all lines; one goes on over a line break within a block where the next line starts in lower case."""
    out: list[tuple[int, int]] = []
    pending: tuple[int, int, int] | None = None  # start, end, block
    for line, breaks in _with_breaks(text, all_lines):
        whole = not breaks or line.kind is BlockKind.TABLE
        pieces = [(line.start, line.end)] if whole else _cut(text, line.start, line.end, breaks)
        if pending is not None:
            start, end, block = pending
            if line.block == block and line.kind is not BlockKind.TABLE and text[pieces[0][0]].islower():
                pieces[0] = (start, pieces[0][1])
            else:
                out.append((start, end))
            pending = None
        last = pieces[-1]
        if text[last[1] - 1] in ".:;!?":
            out.extend(pieces)
        else:
            out.extend(pieces[:-1])
            pending = (*last, line.block)
    if pending is not None:
        out.append(pending[:2])
    return tuple(out)


_ENDS_IN_YEAR = re.compile(r"(?:kuussa|vuonna|vuoden|år|kevä\w+|syksy\w+)[ \u00a0](?:19|20)\d\d\.?$", re.IGNORECASE)
_TO_LAST_DIGIT = re.compile(r".*\d", re.DOTALL)
# What may stand after the last digit of a row without brackets: looked at first, because most sentences go on otherwise.
_AFTER_SUM = re.compile(
    r"[ \u00a0.]*(?:euroa|€|e|euro|eur)?(?:,[ \u00a0][^.:\d]{2,70})?[;,.]?",
    re.IGNORECASE,
)
# A receiver and its sum, with no finite verb and no full stop.
_SUM_ROW = re.compile(
    r"(?![^.]*\b(?:myön|pää(?:tti|ttää)|hyväksy|on\b|oli\b|sai\b|saa\b|tuli\b|ovat\b|maks|jaetaan\b|jaettiin\b)\w*)"
    r"(?:[^.:]|\br\.[ \u00a0]?[yf]\.){1,110}?(?:[.:][^.:]{0,12}?)?(?:[ \u00a0.]|(?<=[a-zåäö]{3}))\d[\d \u00a0.]*(?:,\d\d)?[ \u00a0]?(?:euroa|€|e|euro|eur)?(?:[ \u00a0]*\([^)]*\))?(?:,[ \u00a0][^.:\d]{2,70})?[;,.]?",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def is_sum_row(words: str) -> bool:
    """Whether a line is a name and a sum without a verb.

    >>> is_sum_row("Kylä ry 4 000 euroa, laavu"), is_sum_row("Lautakunta myönsi 4 000 euroa.")
    (True, False)
    """
    if len(words) > 160:
        return False
    words = words.strip()
    figures = _TO_LAST_DIGIT.match(words)
    if figures is None or not ("(" in words or _AFTER_SUM.fullmatch(words, figures.end())):
        return False
    if words[figures.end() - 4 : figures.end() - 2] in ("19", "20") and _ENDS_IN_YEAR.search(words):
        return False
    return _SUM_ROW.fullmatch(words) is not None
