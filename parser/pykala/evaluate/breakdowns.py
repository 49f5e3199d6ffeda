"""What documents may be grouped by, and the two sides of the corpus."""

from __future__ import annotations

from enum import StrEnum


class By(StrEnum):
    """A breakdown."""

    FORMAT = "format"
    PUBLISHER = "publisher"
    KIND = "kind"
    SPLIT = "split"


class Split(StrEnum):
    """Rules are written with the documents of ``dev`` in view, and never with those of ``test``."""

    DEV = "dev"
    TEST = "test"
