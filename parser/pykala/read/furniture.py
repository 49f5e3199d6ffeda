"""What of a web page is not its document, by the lists in ``rules/furniture.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pykala.read.markup import Element, names_of
from pykala.rules import load

_LONGEST_STEERING: Final = 120
_BEGINNING: Final = 3  # characters; the shortest such line has as many
_PARTS: Final = re.compile(r"[|\t\n»›]")
_MAIN_ENOUGH: Final = 200  # characters of text from which on a <main> holds the document


@cache
def _set(table: str, key: str) -> frozenset[str]:
    return frozenset(load("furniture")[table][key])


def skipped_tags() -> frozenset[str]:
    """Elements that never hold text of a document."""
    return _set("tags", "skipped")


def is_skipped(names: tuple[str, ...]) -> bool:
    """Whether the element's names say that it only serves browsing."""
    return not _set("names", "skipped").isdisjoint(names)


def is_furniture(tag: str, names: tuple[str, ...]) -> bool:
    """Whether the element is the site's own header, footer or side bar."""
    return tag in _set("tags", "furniture") or not _set("names", "furniture").isdisjoint(names)


def holds_document(element: Element) -> bool:
    """Whether the page's main heading or main part stands within: then its name says nothing."""
    return next(element.iter("h1", "main", "article"), None) is not None


def is_steering_link(text: str) -> bool:
    """Whether a link names only a file format or a button."""
    return len(text) < 12 and text.strip().lower() in _set("lines", "links")


@cache
def _beginnings() -> frozenset[str]:
    """How the lines of buttons and jumps begin: looked at first, because most lines begin otherwise."""
    return frozenset(line[:_BEGINNING] for line in _set("lines", "skipped"))


def is_steering_line(text: str) -> bool:
    """Whether a whole block is buttons and jumps, a row of them perhaps.

    >>> is_steering_line("Edellinen asia | Seuraava asia"), is_steering_line("Päätös")
    (True, False)
    """
    if len(text) >= _LONGEST_STEERING or (text[:1].isalpha() and text[:_BEGINNING].lower() not in _beginnings()):
        return False
    skipped = _set("lines", "skipped")
    for part in _PARTS.split(text):
        piece = part.strip(" \u00a0.").lower()
        if piece and piece not in skipped:
            return False
    return True


def document_of(root: Element) -> Element:
    """The element that holds the document: the only ``<main>`` or ``<article>`` with enough text, else the root."""
    for tag in ("main", "article"):
        found = list(root.iter(tag))
        if not found and tag == "main":
            found = [node for node in root.iter("div") if "main" in names_of(node) and node.get("role") == "main"]
        if len(found) == 1 and _has_text(found[0]):
            return found[0]
    return root


def _has_text(element: Element) -> bool:
    size = 0
    for text in element.itertext():
        size += len(text.strip())
        if size >= _MAIN_ENOUGH:
            return True
    return False
