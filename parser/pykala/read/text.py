"""Plain text → drafts: paragraphs by empty lines, hard-wrapped lines joined, tables in columns kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from pykala.model import BlockKind, Origin, Value
from pykala.read import shape, typeset
from pykala.read.draft import Draft, Page, Statement
from pykala.read.furniture import is_steering_line
from pykala.read.tables import grid

# The crawl's own stamp in front of the text; it says when the page was seen, and is no text of the bulletin.
_STAMP: Final = re.compile(r"\s*date (\d{4}-\d{2}(?:-\d{2})?)(?=\s)")
_COLUMN: Final = re.compile(r"[ \u00a0]{3,}|(?<=\S)[ ]?\|[ ]?(?=\S)")
_GAP: Final = re.compile(r"(?P<label>[A-ZÅÄÖ][^\s\d.,:;]{2,24}(?: [^\s\d.,:;]{2,20}){0,2}:?)[ \u00a0]{3,}(?P<rest>\S)")
_LONGEST_CELL: Final = 120
_WIDEST: Final = 140  # characters of a hard-wrapped line
_NARROWEST: Final = 40
_MID_NUMBER: Final = re.compile(r"[ (]\d{1,3}\n\d{3}(?:\D|\Z)")
_SENTENCE_END: Final = '.:!?”"'


class _Line(Value):
    text: str
    number: int
    group: int


_group_of = attrgetter("group")


class _Piece(Value):
    """A block before its kind is settled.

    Attributes:
        kind: a paragraph may turn out to be a heading or a list item.
        alone: empty lines stand around it.
    """

    text: str
    line: int
    kind: BlockKind
    alone: bool
    table: Draft | None = None


def read_plain(text: str) -> Page:
    r"""The drafts of a text file.

    >>> [draft.text for draft in read_plain("Päätös\n\nEhdotuksen mukaan.").drafts]
    ['Päätös', 'Ehdotuksen mukaan.']
    """
    text, statements = _unstamped(text)
    drafts = tuple(plain_drafts(text))
    return Page("text", "text/plain", drafts, statements)


def _unstamped(text: str) -> tuple[str, tuple[Statement, ...]]:
    stamp = _STAMP.match(text)
    if stamp is None:
        return text, ()
    return text[stamp.end() :], (Statement("published", stamp[1]),)


def plain_drafts(text: str) -> Iterator[Draft]:
    """The drafts of text without markup; ``Origin.line`` counts from its start."""
    lines = _lines(typeset.characters(text))
    pieces = _pieces(lines, _wrap_width(lines))
    texts = [piece.text for piece in pieces]
    for index, piece in enumerate(pieces):
        kind = piece.kind
        if is_steering_line(piece.text):
            kind = BlockKind.PAGE_FURNITURE
        elif kind is BlockKind.PARAGRAPH:
            kind = shape.kind_of(texts, index, alone=piece.alone)
        if piece.table is not None:
            yield piece.table if kind is BlockKind.TABLE else replace(piece.table, kind=kind)
        else:
            yield Draft(piece.text, kind, origin=Origin(line=piece.line))


def _lines(text: str) -> list[_Line]:
    lines, group = [], 0
    for number, raw in enumerate(text.split("\n"), 1):
        kept = raw.rstrip()
        if kept:
            lines.append(_Line(kept, number, group))
        else:
            group += 1
    return lines


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which the text was wrapped by hand, 0 where its lines are whole paragraphs."""
    if sum(len(line.text) > _WIDEST for line in lines) > len(lines) * 0.02:
        return 0
    pairs = [(a.text.strip(), b.text.strip()) for a, b in pairwise(lines) if a.group == b.group]
    long = [(upper, lower) for upper, lower in pairs if len(upper) >= _NARROWEST]
    broken = [len(upper) for upper, lower in long if _mid_sentence(upper, lower)]
    return max(broken) if len(broken) > len(long) * 0.3 else 0


def _mid_sentence(upper: str, lower: str) -> bool:
    return upper[-1] not in _SENTENCE_END and (
        lower[0].islower() or (lower[0].isdigit() and not shape.is_numbered(lower))
    )


def _pieces(lines: list[_Line], width: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    for _, grouped in groupby(lines, _group_of):
        group = list(grouped)
        pieces += _group(group, width) if len(group) > 1 else _labelled([group[0].text], group[0].number, alone=True)
    return pieces


def _group(lines: list[_Line], width: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    while at < len(lines):
        rows = _table_rows(lines, at)
        if rows:
            table = _table(lines[at], rows)
            pieces.append(_Piece(table.text, lines[at].number, table.kind, False, table))
            at += len(rows)
            continue
        if at + 1 < len(lines) and shape.is_underline(lines[at + 1].text.strip()):
            pieces.append(_Piece(typeset.line(lines[at].text), lines[at].number, BlockKind.HEADING, True))
            at += 2
            continue
        end = at + 1
        while end < len(lines) and _continues(lines[end - 1].text, lines[end].text, width):
            end += 1
        alone = at == 0 and end == len(lines)
        pieces += _labelled([line.text for line in lines[at:end]], lines[at].number, alone=alone)
        at = end
    return pieces


def _continues(upper: str, lower: str, width: int) -> bool:
    upper, lower = upper.strip(), lower.strip()
    if shape.is_bullet(lower) or shape.is_numbered(lower) or shape.is_underline(lower):
        return False
    if typeset.breaks_word(upper, lower):
        return True
    if not width:
        return False
    if _mid_sentence(upper, lower) and (
        len(upper) >= width * 0.5 or upper[-1] == "-" or _MID_NUMBER.search(upper + "\n" + lower[:4])
    ):
        return True
    # A line is full where the next line's first word would not have gone into it.
    return len(upper) + 1 + len(lower.split(maxsplit=1)[0]) >= width * 0.9 and not shape.is_label(upper)


def _labelled(texts: list[str], number: int, *, alone: bool) -> tuple[_Piece, ...]:
    """A block; a label with a wide gap after it stands in a column of its own."""
    first = texts[0].strip()
    gap = _GAP.match(first) if "   " in first.replace("\u00a0", " ") else None
    if gap is not None:
        rest = [first[gap.start("rest") :], *texts[1:]]
        return (
            _Piece(typeset.line(gap["label"]), number, BlockKind.HEADING, True),
            _Piece(typeset.wrapped(rest), number, BlockKind.PARAGRAPH, True),
        )
    return () if shape.is_underline(first) else (_Piece(typeset.wrapped(texts), number, BlockKind.PARAGRAPH, alone),)


def _table_rows(lines: list[_Line], start: int) -> list[list[str]]:
    """The rows of the table that starts at a line, none where there is no table."""
    rows: list[list[str]] = []
    if len(_cells(lines[start].text)) < 2:
        return rows
    for at in range(start, len(lines)):
        cells = _cells(lines[at].text)
        if len(cells) < 2 or (rows and "\t" not in lines[at].text and abs(len(cells) - len(rows[-1])) > 1):
            break
        rows.append(cells)
    needed = 2 if any("\t" in line.text or "|" in line.text for line in lines[start : start + len(rows)]) else 3
    if len(rows) < needed or any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        return []
    return rows


def _cells(text: str) -> list[str]:
    """The cells of one line: by its tabs, or by bars and wide gaps."""
    if "\t" in text:
        cells = text.strip(" ").split("\t")
        return cells if sum(bool(cell.strip()) for cell in cells) > 1 else []
    if not ("   " in text or "|" in text or "\u00a0\u00a0" in text):
        return []
    return [cell for cell in _COLUMN.split(text.strip(" \u00a0|")) if cell.strip()]


def _table(line: _Line, rows: list[list[str]]) -> Draft:
    kept = [row for row in rows if any(cell.strip(" -=|") for cell in row)]
    return grid(kept, origin=Origin(line=line.number))
