"""A PDF page → segments: stretches of characters on one line, with their box, size and weight."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as pdfium

from pykala.model import Value
from pykala.read import typeset

_BREAK: Final = frozenset((10, 13))
# What the library gives for a hyphen that ends a line; a soft hyphen in a PDF is one that is seen.
_HYPHEN: Final = frozenset((2, 0xAD, 0xFFFE))
_GAP: Final = 1.1  # of the character height: a wider gap parts two columns
_STYLED_GAP: Final = 0.45  # the same between bold and light
_NAME_LENGTH: Final = 128


class Segment(Value):
    """Characters side by side on one line of a page, in points from its lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False

    @property
    def height(self) -> float:
        """Height of its characters' boxes."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class _Char:
    code: int
    left: float
    bottom: float
    right: float
    top: float
    index: int


def segments(textpage: Any) -> list[Segment]:  # noqa: ANN401 -- the library has no types
    """The segments of a page in the order of its content stream.

    Args:
        textpage: a text page of pypdfium2.
    """
    raw = textpage.raw
    found = []
    for run in _runs(raw, pdfium.FPDFText_CountChars(raw)):
        text = "".join(chr(char.code) for char in run)
        text = typeset.line(typeset.characters(text))
        if text:
            inked = [char for char in run if char.right > char.left] or run
            found.append(
                Segment(
                    text,
                    min(char.left for char in inked),
                    min(char.bottom for char in inked),
                    max(char.right for char in inked),
                    max(char.top for char in inked),
                    _is_bold(raw, inked),
                )
            )
    return found


def _runs(raw: Any, count: int) -> Iterator[list[_Char]]:  # noqa: ANN401 -- the library has no types
    run: list[_Char] = []
    last: _Char | None = None
    for char in _chars(raw, count):
        if char is None:
            if run:
                yield run
            run, last = [], None
            continue
        joined = last is None or char.code == 32 or _is_beside(last, char)
        if last is not None and not joined and (_is_apart(last, char) or _changes_style(raw, last, char)):
            yield run
            run = []
        run.append(char)
        if char.code != 32:
            last = char
    if run:
        yield run


def _chars(raw: Any, count: int) -> Iterator[_Char | None]:  # noqa: ANN401 -- the library has no types
    """The characters with their boxes, None where a line ends."""
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    code_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox  # this loop sees every character
    for index in range(count):
        code = code_of(raw, index)
        if code in _BREAK:
            yield None
            continue
        if code == 0 or 0xD800 <= code < 0xE000:
            continue
        box_of(raw, index, pointer)
        yield _Char(45 if code in _HYPHEN else code, box.left, box.bottom, box.right, box.top, index)


def _is_beside(last: _Char, char: _Char) -> bool:
    """Whether a character plainly goes on with the last, as nearly all do."""
    height = last.top - last.bottom
    return char.bottom == last.bottom and char.top == last.top and 0 <= char.left - last.right < height * 0.4


def _is_apart(last: _Char, char: _Char) -> bool:
    height = max(last.top - last.bottom, char.top - char.bottom, 1.0)
    if char.right <= char.left or last.right <= last.left:
        return False
    middle = (char.top + char.bottom) / 2
    return not last.bottom - height * 0.2 < middle < last.top + height * 0.2 or not (
        -height < char.left - last.right < height * _GAP
    )


def _changes_style(raw: Any, last: _Char, char: _Char) -> bool:  # noqa: ANN401 -- the library has no types
    """Whether a label in bold ends here and light text begins, a little way on."""
    wide = char.left - last.right > (last.top - last.bottom) * _STYLED_GAP
    return wide and _font_is_bold(raw, last.index) != _font_is_bold(raw, char.index)


def _is_bold(raw: Any, run: list[_Char]) -> bool:  # noqa: ANN401 -- the library has no types
    inked = [char for char in run if char.code > 32]
    if not inked:
        return False
    return all(_font_is_bold(raw, inked[at].index) for at in {0, len(inked) // 2, len(inked) - 1})


def _font_is_bold(raw: Any, index: int) -> bool:  # noqa: ANN401 -- the library has no types
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, _NAME_LENGTH, ctypes.byref(flags))
    said = name.value.lower()
    return b"bold" in said or b"black" in said or b"heavy" in said or pdfium.FPDFText_GetFontWeight(raw, index) >= 600
