"""PDF → drafts: read by position, because minutes put their labels into a column of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pypdfium2

from pykala.errors import BrokenDocument, NoText, ProtectedDocument, ReadError, TooLarge
from pykala.model import Origin, Warning_
from pykala.read import pdf_tables
from pykala.read.draft import Draft, Page
from pykala.read.pdf_layout import layout
from pykala.read.pdf_rows import Row, margins, repeated, rows_of
from pykala.read.pdf_segments import segments
from pykala.settings import Limits

_FEW = 20  # characters: a scanned page may hold a stamp or a number


def read_pdf(data: bytes, limits: Limits) -> Page:
    """The drafts of a PDF.

    Raises:
        ProtectedDocument: it asks for a password.
        BrokenDocument: it is damaged.
        NoText: its pages are pictures.
        TooLarge: it has more pages than the limits allow.
    """
    document = _open(data)
    try:
        if len(document) > limits.pages:
            raise TooLarge(f"it has {len(document):,} pages, the limit is {limits.pages:,} (pages)")
        pages, heights = _pages(document, limits)
    finally:
        document.close()
    blank = [number for number, rows in enumerate(pages, 1) if not rows]
    if sum(len(row.text) for rows in pages for row in rows) < _FEW:
        raise NoText("its pages hold no text, only pictures", place=f"{len(pages)} pages")
    return Page("pdf", "application/pdf", tuple(_drafts(pages, heights)), (), _warnings(blank, len(pages)))


def _open(data: bytes) -> Any:  # noqa: ANN401 -- the library has no types
    try:
        return pypdfium2.PdfDocument(data[max(data.find(b"%PDF-"), 0) :])
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error


def _refusal(error: Exception) -> ReadError:
    if re.search("password|security", str(error), re.IGNORECASE):
        return ProtectedDocument("it is protected by a password")
    return BrokenDocument("it is a damaged PDF")


def _pages(document: Any, limits: Limits) -> tuple[list[list[Row]], list[float]]:  # noqa: ANN401 -- the library has no types
    pages, heights, characters = [], [], 0
    for number in range(len(document)):
        try:
            page = document[number]
            textpage = page.get_textpage()
            rows = rows_of(number + 1, segments(textpage))
            heights.append(float(page.get_height()))
            textpage.close()
            page.close()
        except pypdfium2.PdfiumError as error:
            raise BrokenDocument("a page of the PDF is damaged", place=f"page {number + 1}") from error
        characters += sum(len(row.text) for row in rows)
        if characters > limits.characters:
            raise TooLarge(f"its text has more than {limits.characters:,} characters (characters)")
        pages.append(rows)
    return pages, heights


def _drafts(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[Draft]:
    running = repeated(pages, heights)
    rows = [row for page in pages for row in page if row not in running]
    if not rows:
        rows, running = [row for page in pages for row in page], set()
    opening = _opening(pages, running)
    return opening + layout(rows, margins(rows))


def _opening(pages: Sequence[Sequence[Row]], running: set[Row]) -> list[Draft]:
    """The running header as the first page has it: it names the town, the body and the day."""
    first = next((page for page in pages if any(row in running for row in page)), ())
    header = [row for row in first if row in running and row.top > 300]
    return [Draft(row.text, origin=Origin(page=row.page, box=pdf_tables.box([row]))) for row in header]


def _warnings(blank: Sequence[int], count: int) -> tuple[Warning_, ...]:
    if not blank or len(blank) == count:
        return ()
    said = ", ".join(map(str, blank[:10])) + (" …" if len(blank) > 10 else "")
    return (Warning_("page-without-text", f"no text on page {said}"),)
