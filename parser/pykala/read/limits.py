"""How much of a document is read before it counts as hostile."""

from __future__ import annotations

from pykala.model import Value


class Limits(Value):
    """Sizes beyond which a document is refused instead of read.

    Attributes:
        bytes: size of the file.
        pages: pages of a PDF.
        depth: elements within elements of an HTML page, objects within objects of a JSON file.
        characters: length of the text that comes out.
    """

    bytes: int = 50_000_000
    pages: int = 2_000
    depth: int = 1_000
    characters: int = 5_000_000
