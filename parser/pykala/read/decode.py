"""Bytes → text by trial, because pages declare one encoding and use another."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

from pykala.model import Value

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})")
_EXPECTED: Final = frozenset("äöåÄÖÅéüõÉÜŠšŽž§–—”“’‘•…€²³½´°­\u00a0»«±×·")
_ASCII: Final = bytes(range(0x80))
_SURROGATES: Final = re.compile(r"[\udc80-\udcff]")
_WIDE: Final = re.compile(r"[^\x00-\x7f\udc80-\udcff]")


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("windows-1252")
    except UnicodeDecodeError:
        return chr(byte)  # five bytes that windows-1252 leaves open


_TO_CHAR: Final = {byte: _windows(byte) for byte in range(0x80, 0x100)}
_TO_BYTE: Final = {char: byte for byte, char in _TO_CHAR.items()}
_STRAY: Final = {0xDC00 + byte: char for byte, char in _TO_CHAR.items()}
_TAIL: Final = "".join(map(re.escape, (_TO_CHAR[b] for b in range(0x80, 0xC0))))
_MOJIBAKE: Final = re.compile(f"(?:[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}})")


class Decoded(Value):
    """Text, and the encoding that it was found to be in.

    ``repaired`` is ``"mojibake"`` or ``"mixed"`` where the bytes had to be mended.
    """

    text: str
    encoding: str
    repaired: str | None = None


def decode(data: bytes) -> Decoded:
    """The text of the bytes, whatever they say of themselves.

    >>> decode("määräys".encode("windows-1252")).text, decode("mÃ¤Ã¤rÃ¤ys".encode()).text
    ('määräys', 'määräys')
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(encoding, "replace"), encoding)
    wide = _wide(data[:4_000])
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)
    mended = unmojibake(text)
    return Decoded(mended, "utf-8", None if mended is text else "mojibake")


def unmojibake(text: str) -> str:
    """Text in which UTF-8 was once read as windows-1252, put right; other text is given back as it is."""
    return _MOJIBAKE.sub(_remade, text) if _MOJIBAKE.search(text) else text


def _remade(match: re.Match[str]) -> str:
    try:
        char = bytes(_TO_BYTE[c] for c in match[0]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return match[0]
    return char if char in _EXPECTED else match[0]


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark shows as a zero in every other byte."""
    half = len(head) // 2
    if half < 4:
        return None
    if head[1::2].count(0) > half * 0.6 and head[0::2].count(0) < half * 0.05:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.6 and head[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> Decoded:
    high = data.translate(None, _ASCII)
    text = data.decode("utf-8", "surrogateescape")
    stray = len(_SURROGATES.findall(text))
    if len(_WIDE.findall(text)) > stray:
        return Decoded(unmojibake(text.translate(_STRAY)), "utf-8", "mixed")
    names = ["windows-1252"]
    declared = _DECLARED.search(data[:4_000])
    if declared and (name := _known(declared[1].decode("ascii"))):
        names.append(name)
    names += ["cp850", "mac-roman"]
    best = max(names, key=lambda name: _plausible(high, name))
    return Decoded(_decoded(data, best), best)


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if found.startswith(("iso8859-", "cp", "mac-")) and found != "iso8859-1" else None


def _decoded(data: bytes, name: str) -> str:
    if name != "windows-1252":
        return data.decode(name, "replace")
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return data.decode("ascii", "surrogateescape").translate(_STRAY)


def _plausible(high: bytes, name: str) -> int:
    """How many of the bytes above ASCII would be characters that Finnish and Swedish text uses."""
    expected = _EXPECTED
    return sum(
        count if _decoded(bytes([byte]), name) in expected else -2 * count for byte, count in Counter(high).items()
    )
