"""What a line is by its looks alone: a list item, a heading, running prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pykala.model import BlockKind

_BULLET_SIGNS: Final = "-–—−•*·●○▪■►‣o\uf0b7"
_BULLET: Final = re.compile(r"(?:[-–—−•*·●○▪■►‣o]|\uf0b7)[ \u00a0]+\S")
_GLUED_BULLET: Final = re.compile(r"[•●▪‣]\S|[-–][A-ZÅÄÖa-zåäö]")
_NUMBERED: Final = re.compile(r"(?:\d{1,2}[.)]|[a-zåäö]\)|[A-ZÅÄÖ]\)|[ivx]{1,4}\))[ \u00a0]+\S")
_UNDERLINE_SIGNS: Final = "-=_~*–—"
_UNDERLINE: Final = re.compile(r"[-=_~*–—]{4,}\Z")
_LABEL: Final = re.compile(r"[A-ZÅÄÖ][^\W\d_]*(?:[ /-][^\W\d_]+){0,3}:?\Z")

LONGEST_HEADING: Final = 160
_LONGEST_LABEL: Final = 40
_SHORTENED_END: Final = re.compile(r"\b[a-zåäö]{2,4}\.\Z")
_SUM_LAST: Final = re.compile(r"\d ?(?:€|euroa|euro|e|kpl|%)?\Z")  # a row of a list rather than a heading
_DAY_LINE: Final = re.compile(r"(?:\S+ ){0,2}(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\.? [^\W\d]+ \d{4})")
_KEYED: Final = re.compile(r"[A-ZÅÄÖ][^\W\d_]*: \S")  # "Täytäntöönpano: ote seuralle"
_HANDLED: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4},? (?:§|\d{1,4} §)")  # a handling, such as a list of them tells
_SHORTEST_SPEECH: Final = 40
_PROSE: Final = 90  # a line as long as this needs no full stop to be prose


def is_bullet(text: str) -> bool:
    """Whether the line starts with a bullet, or with the dash that stands for one."""
    return text[:1] in _BULLET_SIGNS and bool(_BULLET.match(text) or _GLUED_BULLET.match(text))


def is_item(text: str) -> bool:
    """Whether the line is a list item; a sentence after a long dash is what somebody said.

    >>> is_item("– Rantakylän Nuorisoseura ry"), is_item("– Päätös on hyvä ja odotettu, sanoo hallituksen puheenjohtaja.")
    (True, False)
    """
    return is_bullet(text) and not (text[0] in "–—" and text[-1] in ".!?”" and len(text) > _SHORTEST_SPEECH)


def is_numbered(text: str) -> bool:
    """Whether the line starts with a list's number or letter: *1.*, *2)*, *a)*."""
    return (text[:1].isdecimal() or ")" in text[1:5]) and _NUMBERED.match(text) is not None


def is_underline(text: str) -> bool:
    """Whether the line only underlines the one above."""
    return text[:1] in _UNDERLINE_SIGNS and bool(_UNDERLINE.match(text))


def is_label(text: str) -> bool:
    """Whether it is one to four words such as *Päätös*, *Selostus* or *Lisätietoja:* alone.

    >>> is_label("Päätösehdotus"), is_label("Lisätietojen antaja:"), is_label("Ehdotus hyväksyttiin.")
    (True, True, False)
    """
    return len(text) <= _LONGEST_LABEL and _LABEL.match(text) is not None


def may_head(text: str) -> bool:
    """Whether the line may be a heading: one line, not long, no sentence, no list item, no fragment."""
    if len(text) > LONGEST_HEADING or "\n" in text or "@" in text:
        return False
    if text[-1] in ".,;!…-–" and not (text[-1] == "." and _SHORTENED_END.search(text[-6:])):
        return False
    if text[-1] == ":" and (not is_label(text) or " " in text):
        return False
    if "§" in text and _HANDLED.search(text):
        return False
    if ": " in text and _KEYED.match(text):
        return False
    first = text.lstrip("\"'”’“(»")[:1]
    return (first.isupper() or first.isdigit() or first == "§") and not is_bullet(text)


def is_prose(text: str) -> bool:
    """Whether the line is a sentence, or long enough to be one."""
    return text[-1] in '.:;!?”"' or len(text) > _PROSE


def _is_day(text: str) -> bool:
    return text[-1].isdecimal() and _DAY_LINE.fullmatch(text) is not None


def kind_of(texts: Sequence[str], index: int, *, alone: bool) -> BlockKind:
    """What the line at ``index`` is among its neighbours.

    Args:
        texts: the document's lines in order, none of them empty.
        index: the line in question.
        alone: empty lines stand around it.
    """
    text = texts[index]
    if is_item(text):
        return BlockKind.LIST_ITEM
    numbered = is_numbered(text)
    following = texts[index + 1] if index + 1 < len(texts) else ""
    if text[-1] == "." or not following or not may_head(text) or (index and _is_day(text)):
        return BlockKind.LIST_ITEM if numbered else BlockKind.PARAGRAPH
    if numbered and not (alone and not is_numbered(following)):
        return BlockKind.LIST_ITEM
    if is_prose(following) and len(text.split()) == 1 and is_label(text):
        return BlockKind.HEADING
    if index == 0 and alone:
        return BlockKind.HEADING
    leads = (is_prose(following) or is_bullet(following) or "\t" in following) and following[0] not in "(–"
    return BlockKind.HEADING if leads and (alone or not _SUM_LAST.search(text)) else BlockKind.PARAGRAPH
