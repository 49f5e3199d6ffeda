"""What a file's name says it holds: one document, many, or nothing for us."""

from __future__ import annotations

import os
from enum import Enum, auto
from typing import Final

KNOWN_ENDINGS: Final = frozenset({".txt", ".html", ".htm", ".xhtml", ".json", ".pdf"})
GOLD_ENDING: Final = ".expected.json"
LINKS_ENDING: Final = ".links.json"
FLOORS_NAME: Final = "floors.json"


class Kind(Enum):
    """A file that holds many documents."""

    ZIP = auto()
    TAR = auto()
    WARC = auto()
    LINES = auto()


_ENDINGS: Final = {
    Kind.ZIP: (".zip",),
    Kind.TAR: (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
    Kind.WARC: (".warc", ".warc.gz"),
    Kind.LINES: (".jsonl", ".ndjson"),
}


def kind_of(name: str) -> Kind | None:
    """Which kind of many documents a file holds, by its name; none for one document.

    >>> kind_of("minutes.TAR.GZ"), kind_of("minutes.html")
    (<Kind.TAR: 2>, None)
    """
    lower = name.lower()
    return next((kind for kind, endings in _ENDINGS.items() if lower.endswith(endings)), None)


def is_document(name: str) -> bool:
    """Whether a file of a folder or an archive is taken for a bulletin, by its name."""
    lower = name.lower()
    known = os.path.splitext(lower)[1] in KNOWN_ENDINGS  # noqa: PTH122  # a name
    return known and not lower.endswith((GOLD_ENDING, LINKS_ENDING)) and lower != FLOORS_NAME
