"""Which format the bytes are in, by the bytes alone."""

from __future__ import annotations

import re
from typing import Final, Literal

from pykala.errors import EmptyDocument, UnknownFormat

Kind = Literal["pdf", "html", "json", "text"]

_MAGIC: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive, perhaps a word processor's file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "a rich text file"),
    (b"RIFF", "a media file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"%!PS", "a PostScript file"),
    (b"OggS", "a media file"),
    (b"ID3", "a media file"),
)
_OPENING: Final = re.compile(r"<(?:!doctype\s+html|\?xml|[a-z][a-z0-9]{0,15}(?=[\s/>]))", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--")
_CLOSING: Final = re.compile(
    r"</(?:p|div|h[1-6]|td|tr|table|span|li|ul|body|html|section|strong|b|a)\s*>", re.IGNORECASE
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT: Final = 20_000


def refuse(data: bytes) -> None:
    """Raise where the bytes are known to be nothing that can be read.

    Raises:
        EmptyDocument: there are no bytes.
        UnknownFormat: they are a picture, an archive or the like.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyDocument("it is empty")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise UnknownFormat(f"it is {name}, no text, HTML, JSON or PDF")


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF; a few bytes of noise may stand before its mark."""
    return b"%PDF-" in data[:1024]


def kind_of_text(text: str) -> Kind:
    """Whether decoded text is HTML, JSON or plain.

    >>> kind_of_text("<p>Päätös</p>"), kind_of_text('{"title": "Päätös"}'), kind_of_text("Päätös")
    ('html', 'json', 'text')

    Raises:
        UnknownFormat: it is full of control characters.
        EmptyDocument: it is white space alone.
    """
    head = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    if not head and not text.strip():
        raise EmptyDocument("it holds white space alone")
    if len(_CONTROL.findall(head)) > max(4, len(head) // 200):
        raise UnknownFormat("it is binary, no text, HTML, JSON or PDF")
    if re.match(r"\{\s*(?:\"|\})|\[\s*(?:[\{\[\"\]])", head):
        return "json"
    if _OPENING.match(head) or _COMMENT.match(head) or len(_CLOSING.findall(head)) >= 2:
        return "html"
    return "text"
