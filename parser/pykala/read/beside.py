"""What a listing says beside its links: each link's own row, with the title and the day that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from lxml import etree

from pykala.model import Value
from pykala.read import facts
from pykala.read.markup import Element, text_of
from pykala.read.webpage import Anchor

_LEVELS: Final = 6  # elements above a link that may be its row
_READ: Final = 1_500  # characters of a row
MOST_PROSE: Final = 500  # characters of its own, from which on a page is more than a listing
_LONGEST_ROW: Final = 700  # characters
_NO_PROSE: Final = frozenset(("a", "nav", "footer", "aside", "head", "script", "style", "noscript", "select", "button"))
_LONGEST_TITLE: Final = 300
_HEADS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
# Links that say nothing of what they lead to.
_STEERING: Final = frozenset((
    "", "pdf", "html", "htm", "lue lisää", "lue lisää »", "lue uutinen", "lue koko uutinen", "avaa", "katso", "näytä", "läs mer",
    "läs nyheten", "öppna", "visa", "read more", "open", "esityslista", "pöytäkirja", "föredragningslista", "protokoll",
))  # fmt: skip


class Row(Value):
    """A link with what stands beside it.

    Attributes:
        title: what the link, or its row's heading, calls what it leads to.
        day: the first day in its row.
        words: the text of the row, cut where it is long.
        node: the largest element that holds this link and none that leads elsewhere.
    """

    address: str
    title: str
    day: date | None
    words: str
    node: Element


def rows(anchors: Iterable[Anchor]) -> tuple[Row, ...]:
    """The row of each address, in page order.

    Args:
        anchors: the links that count; others do not end a row.
    """
    by_address: dict[str, list[Anchor]] = {}
    owner: dict[Element, str | None] = {}  # None where links lead to several addresses
    for anchor in anchors:
        by_address.setdefault(anchor.address, []).append(anchor)
        for node in _upwards(anchor.node):
            if owner.setdefault(node, anchor.address) != anchor.address:
                owner[node] = None
    return tuple(_row(address, held, owner) for address, held in by_address.items())


def prose_beside(root: Element, found: Iterable[Row]) -> int:
    """How many characters of a page stand outside of links, rows and navigation: few on a listing, most on a bulletin."""
    rows_of = {row.node for row in found if len(row.words) <= _LONGEST_ROW}  # a larger one is a page with one link
    walk, size = etree.iterwalk(root, events=("start", "end")), 0
    for event, node in walk:
        if event == "end":
            size += len((node.tail or "").strip()) if node is not root else 0
        elif node.tag in _NO_PROSE or node in rows_of:
            walk.skip_subtree()
        else:
            size += len((node.text or "").strip())
    return size


def day_of(node: Element) -> date | None:
    """The first day in an element: that of a ``<time>``, else the first that its text tells."""
    for time in node.iter("time"):
        found = iso_day(time.get("datetime") or "")
        if found:
            return found
    return told_day(words_of(node))


def told_day(text: str) -> date | None:
    """The first day of a text, as Finnish pages write it or by ISO 8601.

    >>> told_day("Kokous 4/2024, 13.5.2024"), told_day("30.2.2024")
    (datetime.date(2024, 5, 13), None)
    """
    return iso_day(facts.day(text) or text)


def iso_day(written: str) -> date | None:
    """The day at the start of an ISO 8601 time.

    >>> iso_day("2024-05-13T16:00:00.000"), iso_day("13.5.2024")
    (datetime.date(2024, 5, 13), None)
    """
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def words_of(node: Element) -> str:
    """The text of an element in one line, cut where it is long."""
    pieces, size = [], 0
    for piece in node.itertext():
        pieces.append(str(piece))
        size += len(pieces[-1])
        if size > _READ:
            break
    return " ".join(" ".join(pieces)[:_READ].split())


def _upwards(node: Element) -> Iterator[Element]:
    for _ in range(_LEVELS):
        if node.tag in ("body", "html", "main"):
            return
        yield node
        above = node.getparent()
        if above is None:
            return
        node = above


def _row(address: str, held: list[Anchor], owner: dict[Element, str | None]) -> Row:
    first = held[0].node
    own = [node for node in _upwards(first) if owner.get(node) == address]
    node = own[-1] if own else first
    return Row(address, _title(held, node), _day(held, own), words_of(node), node)


def _day(held: list[Anchor], own: list[Element]) -> date | None:
    """The day of the link's own words, else of the smallest part of its row that tells one."""
    said = next((found for anchor in held if (found := told_day(anchor.text))), None)
    return said or next((found for node in own if (found := day_of(node))), None)


def _title(held: list[Anchor], node: Element) -> str:
    said = max((anchor.text for anchor in held if anchor.text.lower() not in _STEERING), key=len, default="")
    heads = (" ".join(text_of(head).split()) for head in node.iter(*_HEADS))
    return (next((head for head in heads if head), "") or said)[:_LONGEST_TITLE]
