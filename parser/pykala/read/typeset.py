"""White space, soft hyphens and words broken over lines: the one place that decides how text is set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from pykala.rules import load

# Spaces that may stand between the digits of a number; alone they are kept as they are.
_SPACE: Final = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_RUN: Final = re.compile(rf"[{_SPACE}]{{2,}}|\t|\u3000")
_EDGES: Final = " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_CONTROLS: Final = (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
_NO_WIDTH: Final = dict.fromkeys((*_CONTROLS, *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xFFFE, 0xFFFF), "")
_BREAKS: Final = {0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_LIGATURES: Final = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
_STRANGE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u2060\ufeff\ufffe\uffff\ufb00-\ufb05]"
)
_TABLE: Final = str.maketrans({**_NO_WIDTH, **_BREAKS, **_LIGATURES})

_LONGEST_WORD: Final = 60
_BROKEN: Final = re.compile(r"([^\W_]+)[-\u00ad\u2010\u2011]\Z")
_WORD: Final = re.compile(r"[^\W\d_]+")
_SOFT: Final = re.compile(r"\u00ad([ \t\u00a0]*\n?[ \t\u00a0]*)")


def characters(text: str) -> str:
    r"""The text with composed letters, plain line breaks and no characters without width.

    >>> characters("kirja\u0308in\r\no\ufb01sielt\u200bä")
    'kirjäin\nofisieltä'
    """
    printable = text.isprintable()
    if printable and text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if not printable and "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (not printable or any(ligature in text for ligature in _LIGATURES)) and _STRANGE.search(text):
        text = text.translate(_TABLE)
    return _SOFT.sub(_softened, text) if "\u00ad" in text else text


def _softened(match: re.Match[str]) -> str:
    """What a soft hyphen leaves: nothing inside a word, a real hyphen where the page shows one."""
    text, gap = match.string, match[1]
    if not gap:
        return ""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 12]
    following = _WORD.match(after)
    if not following or following[0] in _hanging() or not after[0].islower():
        return "-" + gap if before.isalpha() else gap
    return ""


def line(text: str) -> str:
    r"""One line set: runs of white space become one plain space, a single no-break or thin space stays.

    >>> line("  1\u00a0250\u00a0000   euroa\u00a0 ")
    '1\xa0250\xa0000 euroa'
    """
    # Every space but the plain one counts as not printable; the no-break space is common, and most of them stand alone.
    plain = text.replace("\u00a0", " ")
    if "  " in plain or not plain.isprintable():
        text = _RUN.sub(" ", text)
    return text.strip(_EDGES)


def lines(text: str) -> str:
    r"""Several lines set one by one; empty ones go, and words broken over two lines are mended.

    >>> lines("Kaupungin-\nhallitus \n\n päätti")
    'Kaupunginhallitus\npäätti'
    """
    if "\n" not in text:
        return line(text)
    out: list[str] = []
    last = ""
    for piece in map(line, text.split("\n")):
        if not piece:
            continue
        if last and breaks_word(last, piece):
            out[-1] = _seam(last, piece)[0]
            out.append(piece)
        elif last:
            out += ("\n", piece)
        else:
            out.append(piece)
        last = piece
    return "".join(out)


def wrapped(pieces: Iterable[str]) -> str:
    """The lines of one wrapped paragraph as one line.

    >>> wrapped(["Kaupungin-", "hallitus myönsi 312", "540 euroa ikä-", "ja kielitukea."])
    'Kaupunginhallitus myönsi 312 540 euroa ikä- ja kielitukea.'
    """
    out: list[str] = []
    for piece in map(line, pieces):
        if out and piece:
            out[-1], gap = _seam(out[-1], piece)
            out += (gap, piece)
        elif piece:
            out.append(piece)
    return "".join(out)


def join(upper: str, lower: str) -> str:
    """Two lines as one.

    A hyphen at the break goes, but stays where the word is written with one: after an abbreviation or a figure
    (*EU-rahoitus*), before a capital (*Etelä-Savo*), between equal vowels (*raja-arvo*).

    >>> join("Etelä-", "Savo"), join("EU-", "tuki"), join("raja-", "arvo"), join("vuosina 2025–", "2027")
    ('Etelä-Savo', 'EU-tuki', 'raja-arvo', 'vuosina 2025–2027')
    """
    return "".join((*_seam(upper, lower), lower))


def breaks_word(upper: str, lower: str) -> bool:
    """Whether the end of one line and the start of the next are two halves of a word."""
    broken = _BROKEN.search(upper[-_LONGEST_WORD:])
    return bool(broken and broken[1][-1].isalpha() and lower[:1].islower() and not _hangs(lower))


def _hangs(lower: str) -> bool:
    word = _WORD.match(lower)
    return word is not None and word[0].lower() in _hanging()


@cache
def _hanging() -> frozenset[str]:
    return frozenset(load("hyphens")["hanging"])


def _seam(upper: str, lower: str) -> tuple[str, str]:
    """What is left of the upper line, and what parts it from the lower one."""
    broken = _BROKEN.search(upper[-_LONGEST_WORD:])
    if broken is None:
        spans = upper[-1:] in "-–−" and upper[-2:-1].isdigit() and lower[:1].isdigit()
        return upper, "" if spans or (upper.endswith(" -") and lower[:1].isalpha()) else " "
    if _hangs(lower) or not lower[:1].isalnum():
        return upper, " "
    return upper[:-1] + ("-" if _keeps_hyphen(broken[1], lower) else ""), ""


def _keeps_hyphen(part: str, lower: str) -> bool:
    first, last = lower[0], part[-1]
    if not first.islower() or not last.isalpha():
        return True
    return part.isupper() or (last.lower() == first and first in "aeiouyäöå")
