"""A site leads down: from its bodies to their meetings, from a meeting to its items; a page's links that go that way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace

from pykala.read import furniture
from pykala.read.feed import entries
from pykala.read.heading import Heading, body_in, day_in, opening
from pykala.read.links import Link
from pykala.read.markup import Element, names_of
from pykala.read.webpage import NOWHERE, Anchor, WebPage, parts_of

#: Where an address stands in its site. A bulletin is at the bottom; what is no page of the system has no step.
START, BODIES, BODY, YEAR, MEETING, ITEM = range(6)
Step = Callable[[str], int | None]

_STEERING: Final = frozenset(("", "pdf", "html", "htm", "avaa", "näytä", "öppna", "visa", "open", "lataa", "ladda ner"))
_ROW_TAGS: Final = frozenset(("tr", "li", "dd"))
_BESIDE: Final = 400  # characters of a row that are looked at
_ABOVE: Final = 60  # elements around a link that are looked at
_CROWD: Final = 6  # links
_SENTENCE: Final = 80  # characters from which on a stretch of text is no label
_PROSE: Final = 600  # characters of sentences that a listing may hold
_PART: Final = re.compile(r"(?:\A|&)(?:page|sivu|sida)=\d{1,5}(?=&|\Z)")
_AROUND: Final = frozenset(("nav", "header", "footer", "aside"))


class Place(NamedTuple):
    """A link that leads down, with the row of the table or list that it stands in."""

    anchor: Anchor
    step: int
    row: Element | None


@dataclass(slots=True)
class _Surroundings:
    """What stands around links, each element looked at once."""

    steering: dict[Element, bool]
    rows: dict[Element, str]

    def row(self, node: Element) -> tuple[Element | None, bool]:
        """The row that holds a link, and whether the link only serves browsing."""
        row = None
        for count, above in enumerate(node.iterancestors()):
            if count > _ABOVE:
                break
            if row is None and above.tag in _ROW_TAGS:
                row = above
            if self._steers(above):
                return row, True
        return row, False

    def _steers(self, node: Element) -> bool:
        found = self.steering.get(node)
        if found is None:
            names = names_of(node)
            around = node.tag in _AROUND or furniture.is_skipped(names) or furniture.is_furniture(node.tag, names)
            found = self.steering[node] = around and not furniture.holds_document(node)
        return found

    def words(self, row: Element) -> str:
        """The text at the row's start."""
        if row not in self.rows:
            self.rows[row] = opening(row, _BESIDE)
        return self.rows[row]


def serves_browsing(node: Element) -> bool:
    """Whether a link stands in a page's navigation, header or footer."""
    return _Surroundings({}, {}).row(node)[1]


def leads_down(page: WebPage, step: Step) -> bool:
    """Whether a feed's entry, or any link outside of a page's navigation, leads to a body, a meeting or an item."""
    if page.kind == "feed":
        return any(step(entry.address) for entry in entries(page))
    surroundings = _Surroundings({}, {})
    # An article that points to the minutes holds far more than links; a town's own site may link to the system.
    places = _places(page, START, step, surroundings)
    return any(_is_near(place.anchor, page) for place in places) and _told(page.root) <= _PROSE


def _is_near(anchor: Anchor, page: WebPage) -> bool:
    """Whether a link stays on the page's own site, where this is known."""
    return page.base.startswith(NOWHERE) or parts_of(anchor.address).hostname == parts_of(page.base).hostname


def _told(root: Element) -> int:
    """How many characters of sentences there are outside of links."""
    size = 0
    for node in root.iter("p", "div", "td", "li", "dd", "span", "br", "b", "strong", "em", "a"):
        pieces = (node.tail,) if node.tag in ("a", "br") else (node.text, node.tail)
        size += sum(len(piece) for piece in pieces if piece and len(piece) >= _SENTENCE)
    return size


def fed(page: WebPage, step: Step) -> tuple[Link, ...]:
    """The entries of a feed, such as *Kaupunginhallitus 10.08.2026 / Rantapolun asemakaava*.

    Args:
        page: a feed.
        step: where an address stands in its site.
    """
    return merged(_entries(page, step))


def _entries(page: WebPage, step: Step) -> Iterator[Link]:
    for entry in entries(page):
        reached = step(entry.address)
        if not reached:
            continue
        head, _, matter = entry.title.partition(" / ")
        meeting = day_in(head)
        title = matter if matter and meeting else entry.title
        body = body_in(head) if meeting else body_in(entry.category)
        yield Link(entry.address, _kind(reached), title, meeting or entry.published, body)


def _kind(step: int) -> Literal["listing", "bulletin"]:
    return "bulletin" if step == ITEM else "listing"


def links(page: WebPage, address: str, step: Step, heading: Heading) -> tuple[Link, ...]:
    """The links that lead further down than the page itself stands, each address once, in page order.

    Args:
        page: an HTML page.
        address: where it was fetched, which tells its own step.
        step: where an address stands in its site, None where it is none of the system's pages.
        heading: the meeting that the page itself is headed by.
    """
    surroundings = _Surroundings({}, {})
    places = list(_places(page, step(address) or START, step, surroundings))
    return merged((*_links(places, heading, surroundings), *_further(page, address)))


def _further(page: WebPage, address: str) -> Iterator[Link]:
    """The other parts of a list that is too long for one page."""
    own = parts_of(address)
    for anchor in page.anchors:
        parts = parts_of(anchor.address)
        if parts[:3] == own[:3] and parts.query != own.query and _PART.search(parts.query):
            yield Link(anchor.address, "listing", anchor.text)


def _places(page: WebPage, own: int, step: Step, surroundings: _Surroundings) -> Iterator[Place]:
    for anchor in page.anchors:
        reached = step(anchor.address)
        if reached is None or reached <= own:
            continue
        row, steers = surroundings.row(anchor.node)
        if not steers:
            yield Place(anchor, reached, row)


def _links(places: Sequence[Place], heading: Heading, surroundings: _Surroundings) -> Iterator[Link]:
    crowd = Counter(place.row for place in places)
    named = {
        place.row: body for place in reversed(places) if place.step <= BODY and (body := body_in(place.anchor.text))
    }
    for place in places:
        address, text, _ = place.anchor
        title = "" if text.lower() in _STEERING else text
        if place.step <= YEAR:
            yield Link(address, "listing", title, None, body_in(text) or heading.body)
            continue
        # A row of many links is a table laid out for the whole page, not what stands beside one of them.
        beside = surroundings.words(place.row) if place.row is not None and crowd[place.row] <= _CROWD else ""
        if place.step == ITEM:
            yield Link(
                address, _kind(place.step), title, heading.day or day_in(beside), heading.body or named.get(place.row)
            )
            continue
        body = body_in(text) or named.get(place.row) or body_in(beside) or heading.body
        yield Link(address, _kind(place.step), title, day_in(text) or day_in(beside), body)


def merged(found: Iterable[Link]) -> tuple[Link, ...]:
    """Links of one address as one, with the first title, day and body that any of them has."""
    known: dict[str, Link] = {}
    for link in found:
        first = known.get(link.address)
        known[link.address] = link if first is None else _joined(first, link)
    return tuple(known.values())


def _joined(one: Link, other: Link) -> Link:
    return replace(one, title=one.title or other.title, day=one.day or other.day, body=one.body or other.body)
