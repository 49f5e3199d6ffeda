"""Receivers in lists and tables: a row without a form word is a name if most rows beside it are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pykala.extract.candidates import LEGAL_KINDS, Candidate
from pykala.extract.endings import nominative_of
from pykala.extract.words import Words, word_list
from pykala.model import Table

_BULLETS = frozenset({"-", "–", "•", "*", "·", "—"})
_STOPS = frozenset({",", ":", "(", ";"})
_SUM = re.compile(r"[ \t]*[–-]?\d[\d \u00a0.,]{2,}(?:€|euroa|e)?[ \t]*(?:$|\n|\t|\()")
_SUM_AT_END = re.compile(r"\d[\d \u00a0.,]*(?:€|euroa)$")
_SUM_IN_TEXT = re.compile(r"[\d][\d \u00a0.,]{1,11}(?:€|euro)")
_NO_NAME = (
    "yhteensä",
    "kaikki",
    "summa",
    "hakija",
    "saaja",
    "määräraha",
    "varaus",
    "muut",
    "sammanlagt",
    "totalt",
    "ilman",
    "avustus",
)
_HEADED = (
    "hakija", "saaja", "avustuksen saaja", "avustuksensaaja", "yhdistys", "seura", "järjestö", "yhteisö", "toimija", "tarjoaja", "sökande", "mottagare",
    "förening", "yritys", "vuokralainen", "toimittaja",
)  # fmt: skip
_LONGEST = 7
_NEAR = 2  # lines: in a group most of whose rows are known, two of these are no farther apart


class Row(NamedTuple):
    """A line: the first and last word of what may be its name, and whether a sum follows."""

    first: int
    last: int
    priced: bool


def find(words: Words, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Names of rows that stand among rows of institutions but have no word that tells one."""
    starts = {c.first for c in candidates if not c.bare and c.kind in LEGAL_KINDS}
    if len(starts) < 2:
        return
    if not _stand_near(words, sorted(start for start in starts if _opens_line(words, start))):
        return
    covered = {k for c in candidates for k in range(c.first, c.last + 1)}
    group: list[Row] = []
    for row in (*(_row(words, *line) for line in _lines(words)), None):
        if row is not None and (not group or row.priced == group[-1].priced):
            group.append(row)
            continue
        yield from _of_group(words, group, starts, covered)
        group = [row] if row is not None else []


def in_columns(words: Words, tables: Sequence[Table], candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Names that fill the cells of a column headed *Hakija*, *Saaja* and the like."""
    if not tables:
        return
    starts = {c.first for c in candidates if not c.bare}
    covered = {k for c in candidates for k in range(c.first, c.last + 1)}
    for table in tables:
        for column in _receivers(words, table):
            cells = [row[column] for row in table.rows[1:] if column < len(row) and row[column].start < row[column].end]
            rows = [
                Row(bisect_left(words.starts, c.start), bisect_right(words.starts, c.end - 1) - 1, True) for c in cells
            ]
            if sum(row.first in starts for row in rows) * 3 < len(rows):
                continue
            for row in rows:
                if row.first not in covered and row.last >= row.first and _is_name(words, row):
                    name = words.written(row.first, row.last)
                    yield Candidate("names.row", row.first, row.last, name, "association", "nominative", name)


def grantees(words: Words, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """*Rantakylän Soutajat 300 euroa*, *Rantakylän Soutajille ei myönnetty*: receivers in running text beside others."""
    if sum(c.kind in LEGAL_KINDS for c in candidates) < 2:
        return
    for opening, index in pairwise(words.capitals):
        if opening != index - 1:
            continue
        word, before, after = words.words[index], words.words[opening], words.at(index + 1)
        proper = before.genitive and before.lower not in word_list("openers") and not words.at(opening - 1).capital
        if not proper or word.closed or word.verb or len(word.text) < 5:
            continue
        if not words.adjoin(index) or not words.adjoin(index + 1) or _is_covered(candidates, opening, index):
            continue
        name, case = nominative_of(word.text)
        denied = case == "allative" and (after.lower in ("ei", "myönnettiin", "myönnetään", "esitetään"))
        priced = not word.local and after.text[:1].isdigit() and _SUM_IN_TEXT.match(words.text, words.starts[index + 1])
        if denied or priced:
            whole = f"{before.text} {name if denied else word.text}"
            yield Candidate(
                "names.grantee", index - 1, index, whole, "association", "allative" if denied else "nominative", whole
            )


def _is_covered(candidates: Sequence[Candidate], first: int, last: int) -> bool:
    """Whether one of the words belongs to a candidate."""
    return any(c.first <= last and first <= c.last for c in candidates)


def _receivers(words: Words, table: Table) -> list[int]:
    """Columns whose head says that they hold those who apply or receive."""
    opening = table.rows[0] if table.rows else ()
    return [
        k for k, cell in enumerate(opening) if words.text[cell.start : cell.end].strip().lower().startswith(_HEADED)
    ]


def _of_group(words: Words, group: list[Row], starts: set[int], covered: set[int]) -> Iterator[Candidate]:
    known = sum(row.first in starts for row in group)
    if len(group) < 3 or known * 5 < len(group) * 3:
        return
    for row in group:
        if row.first not in covered and _is_name(words, row):
            name = words.written(row.first, row.last)
            yield Candidate("names.row", row.first, row.last, name, "association", "nominative", name)


def _opens_line(words: Words, index: int) -> bool:
    """Whether nothing but bullets stands before a word in its line."""
    while index > 0 and "\n" not in words.text[words.starts[index - 1] : words.starts[index]]:
        index -= 1
        if words.spellings[index] not in _BULLETS:
            return False
    return True


def _stand_near(words: Words, openings: Sequence[int]) -> bool:
    """Whether two lines that begin with these words are near each other."""
    for before, after in pairwise(openings):
        beyond = before
        for _ in range(_NEAR + 1):
            beyond = _next_line(words, beyond)
        if after < beyond:
            return True
    return False


def _next_line(words: Words, index: int) -> int:
    """The first word below the line of a word; the number of words where there is none."""
    feed = words.text.find("\n", words.ends[index]) if index < len(words) else -1
    return bisect_left(words.starts, feed) if feed >= 0 else len(words)


def _lines(words: Words) -> Iterator[tuple[int, int, int]]:
    """Each line by its first word, the first that is no bullet, and its last."""
    first = 0
    while first < len(words):
        after, opening = _next_line(words, first), first
        while opening < after - 1 and words.spellings[opening] in _BULLETS:
            opening += 1
        yield first, opening, after - 1
        first = after


def _row(words: Words, start: int, first: int, last: int) -> Row | None:
    """A line as a row, None where it is one of running text."""
    if last - start > 24:
        return None
    for end in range(first + 1, last + 1):
        text = words.words[end].text
        if text[:1].isdigit() or text in _STOPS or not words.adjoin(end):
            break
    else:
        return Row(first, last, False) if last - first < _LONGEST else None
    closed = _SUM_AT_END.search(words.text, words.starts[last] - 20 if words.starts[last] > 20 else 0, words.ends[last])
    priced = _SUM.match(words.text, words.ends[end - 1]) is not None or (
        words.at(end).text == ":" and closed is not None
    )
    return Row(first, end - 1, priced) if priced or words.at(end).text == "(" else None


def _is_name(words: Words, row: Row) -> bool:
    inside = [words.at(k) for k in range(row.first, row.last + 1)]
    opening = inside[0]
    if not opening.capital or not opening.letters or len(inside) > _LONGEST or opening.lower.startswith(_NO_NAME):
        return False
    if any(
        w.closed or w.verb or w.legal or w.lower in word_list("roles") or not (w.letters or w.text in "&-–")
        for w in inside
    ):
        return False
    if not row.priced and len(inside) == 2 and inside[1].capital and not (opening.genitive and len(opening.text) > 5):
        return False  # more likely a person
    return len(inside) > 1 or (row.priced and "-" in opening.text[1:])
