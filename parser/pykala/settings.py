"""What may be set for a run: known to whoever hands documents out, who needs none of the stages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which a document counts as hostile, and is refused instead of read.

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


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set for a run.

    Attributes:
        limits: how large a document may be.
        model: package of a spaCy model that looks for names where the rules leave words open; none unless told.
    """

    limits: Limits = Limits()
    model: str | None = None
