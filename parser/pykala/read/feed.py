"""The entries of a feed: RSS 2.0, RSS 1.0 or Atom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from lxml import etree

from pykala.read.markup import Element
from pykala.read.webpage import WebPage, absolute


class Entry(NamedTuple):
    """One entry: where it leads, what it is called, its first category, the day of its publication."""

    address: str
    title: str
    category: str
    published: date | None


def entries(page: WebPage) -> Iterator[Entry]:
    """The entries of a feed that lead into the web, in its order."""
    for node in page.root.iter("{*}item", "{*}entry"):
        said = {etree.QName(child).localname: child for child in node.iterchildren("{*}*")}
        address = absolute(_address(said.get("link")), page.base) if "link" in said else None
        if address:
            published = said.get("pubDate", said.get("published", said.get("date")))
            yield Entry(address, _words(said.get("title")), _words(said.get("category")), _day(_words(published)))


def _address(link: Element | None) -> str:
    """RSS writes the address in the element, Atom in an attribute."""
    return "" if link is None else link.get("href") or _words(link)


def _words(node: Element | None) -> str:
    return "" if node is None else " ".join("".join(str(piece) for piece in node.itertext()).split())


def _day(written: str) -> date | None:
    """The day of *Mon, 30 Mar 2026 12:00:00 GMT* or of *2026-03-30T12:00:00Z*."""
    try:
        return parsedate_to_datetime(written).date() if "," in written else date.fromisoformat(written[:10])
    except ValueError:
        return None
