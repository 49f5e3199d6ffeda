"""What documents may be grouped by, and the two sides of the corpus."""

from __future__ import annotations

from enum import StrEnum


class By(StrEnum):
    """A breakdown: ``format`` by the folders of the gold, ``platform`` by what the records say they were read as."""

    FORMAT = "format"
    PLATFORM = "platform"
    PUBLISHER = "publisher"
    KIND = "kind"
    SPLIT = "split"


class Split(StrEnum):
    """Rules are written with the documents of ``dev`` in view, and never with those of ``test``."""

    DEV = "dev"
    TEST = "test"
