"""Bytes → Bulletin: the format is found from the bytes, never from the name."""

from __future__ import annotations

import hashlib

from pykala.errors import ReadError, TooLarge
from pykala.model import Bulletin, Source, Warning_
from pykala.read import compose, decode, formats, text
from pykala.read.draft import Page
from pykala.settings import Limits

__all__ = ["Limits", "read", "read_text"]

_LIMITS = Limits()
_REPAIRS = {
    "mojibake": "text that had been decoded wrongly was put right",
    "mixed": "some bytes are no UTF-8 and were read as windows-1252",
}


def read(data: bytes, uri: str, *, limits: Limits = _LIMITS) -> Bulletin:
    """The bulletin that the bytes hold.

    Args:
        data: a text, HTML, JSON or PDF file.
        uri: its path or address, for the record and for errors.
        limits: what is too large to be read.

    Raises:
        ReadError: the document is empty, of no known format, damaged, protected, without text or too large.
    """
    try:
        page = _page(data, limits)
        source = Source(uri, page.media_type, hashlib.sha256(data).hexdigest(), len(data))
        return compose.compose(page, source, limits)
    except ReadError as error:
        error.at(uri)
        raise


def read_text(plain: str, uri: str = "-") -> Bulletin:
    r"""The bulletin that a plain text makes.

    >>> read_text("Päätös\n\nLautakunta myönsi avustuksen.").text
    'Päätös\n\nLautakunta myönsi avustuksen.'

    Raises:
        ReadError: the text is empty.
    """
    data = plain.encode("utf-8", "surrogatepass")
    page = text.read_plain(plain)
    source = Source(uri, page.media_type, hashlib.sha256(data).hexdigest(), len(data))
    try:
        return compose.compose(page, source, _LIMITS)
    except ReadError as error:
        error.at(uri)
        raise


def _page(data: bytes, limits: Limits) -> Page:
    if len(data) > limits.bytes:
        raise TooLarge(f"it has {len(data):,} bytes, the limit is {limits.bytes:,} (bytes)")
    formats.refuse(data)
    if formats.is_pdf(data):
        from pykala.read.pdf import read_pdf  # its library is heavy, and most bulletins are HTML

        return read_pdf(data, limits)
    decoded = decode.decode(data)
    kind = formats.kind_of_text(decoded.text)
    if kind == "html":
        from pykala.read.platforms import read_markup

        page = read_markup(decoded.text, limits)
    elif kind == "json":
        from pykala.read.interfaces import read_json

        page = read_json(decoded.text, limits)
    else:
        page = text.read_plain(decoded.text)
    return _warned(page, decoded)


def _warned(page: Page, decoded: decode.Decoded) -> Page:
    if decoded.repaired is None:
        return page
    warning = Warning_("encoding-repaired", _REPAIRS[decoded.repaired])
    return Page(page.format, page.media_type, page.drafts, page.statements, (warning, *page.warnings))
