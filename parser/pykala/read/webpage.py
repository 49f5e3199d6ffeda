"""Bytes → page taken apart for its links: an HTML page, a feed, or the JSON of an interface."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from lxml import etree

from pykala.errors import BrokenDocument, TooLarge, UnknownFormat
from pykala.model import Value
from pykala.read import decode, formats
from pykala.read.markup import Element, text_of, tree
from pykala.settings import Limits

_FEED: Final = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_FEED_WITHIN: Final = 2_000  # characters from the start
_LONGEST_ADDRESS: Final = 2_000
_PORTS: Final = {"http": ":80", "https": ":443"}  # which go without saying
NOWHERE: Final = "https://page.invalid/"  # stands for the site of a page whose address is not known
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]+")


class Anchor(NamedTuple):
    """A link of a page: where it leads, what it says, the element that holds it."""

    address: str
    text: str
    node: Element


class WebPage(Value):
    """What a site answered, taken apart.

    Attributes:
        base: the address against which its links are resolved.
        root: the element tree of a page or a feed; an empty element for JSON.
        data: the value of JSON, None for the others.
        anchors: the links of an HTML page that lead into the web, in page order.
    """

    kind: Literal["html", "feed", "json"]
    base: str
    root: Element
    data: object = None
    anchors: tuple[Anchor, ...] = ()


def html_page(root: Element, address: str) -> WebPage:
    """The page of an element tree, its links resolved against its base or else against the address."""
    base = base_of(root, address)
    return WebPage("html", base, root, None, tuple(_anchors(root, base)))


def open_page(data: bytes, address: str, limits: Limits) -> WebPage:
    """The page that the bytes hold.

    Args:
        data: HTML, RSS, Atom or JSON.
        address: where it was fetched.
        limits: what is too large to be read.

    Raises:
        ReadError: it is empty, none of these formats, damaged or too large.
    """
    if len(data) > limits.bytes:
        raise TooLarge(f"it has {len(data):,} bytes, the limit is {limits.bytes:,} (bytes)")
    formats.refuse(data)
    if formats.is_pdf(data):
        raise UnknownFormat("it is a PDF, which lists nothing")
    text = decode.decode(data).text
    kind = formats.kind_of_text(text)
    if kind == "text":
        raise UnknownFormat("it is plain text, which lists nothing")
    return open_text(text, kind, address, limits)


def open_text(text: str, kind: formats.Kind, address: str, limits: Limits) -> WebPage:
    """The page that a text holds of which the format is known: ``json``, or markup.

    Raises:
        ReadError: it is damaged or too large.
    """
    if kind == "json":
        return WebPage("json", address, etree.Element("json"), json_of(text, limits))
    if is_feed(text):
        return WebPage("feed", address, _feed(text), None)
    root = tree(text, limits)
    return html_page(root, address)


def is_feed(text: str) -> bool:
    """Whether markup is RSS or Atom."""
    return bool(_FEED.search(text[:_FEED_WITHIN]))


def json_of(text: str, limits: Limits) -> object:
    """The value of some JSON.

    Raises:
        BrokenDocument: it is no JSON.
        TooLarge: it nests deeper than the limits allow.
    """
    try:
        value: object = json.loads(text)
    except RecursionError as error:
        raise TooLarge(f"it nests too deep, the limit is {limits.depth:,} (depth)") from error
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise BrokenDocument("it is damaged JSON", place=f"line {line}" if line else None) from error
    return value


def _feed(text: str) -> Element:
    """A feed's tree; entities and what lies outside the file are never fetched or expanded."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, remove_comments=True
    )
    declared = re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", text, count=1)
    try:
        root = etree.fromstring(declared.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise BrokenDocument("its markup cannot be parsed") from error
    if root is None:
        raise BrokenDocument("its markup holds no element")
    return root


def base_of(root: Element, address: str) -> str:
    """The address against which a page's links are resolved."""
    for node in root.iter("base"):
        if node.get("href"):
            return absolute(node.get("href") or "", address) or address
    return address


@lru_cache(maxsize=8_192)
def absolute(href: str, base: str) -> str | None:
    """A link's absolute address without its fragment; None where it is none of the web.

    >>> absolute("../2024/a b.htm#top", "https://paatokset.example.fi/x/y/")
    'https://paatokset.example.fi/x/2024/a%20b.htm'
    >>> absolute("javascript:alert(1)", "https://paatokset.example.fi/") is None
    True
    """
    if len(href) > _LONGEST_ADDRESS:
        return None
    try:
        found = urldefrag(urljoin(base, _BLANK.sub(" ", href).strip())).url.replace(" ", "%20")
        parts = urlsplit(found)
        host, _ = parts.hostname, parts.port  # a port that is no number is an error of its own
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host:
        return None
    return parts._replace(netloc=parts.netloc.removesuffix(_PORTS[parts.scheme])).geturl()


@lru_cache(maxsize=8_192)
def parts_of(address: str) -> SplitResult:
    """The parts of an address, which every platform asks for; the standard library remembers too few of one page.

    >>> parts_of("https://paatokset.example.fi/asia?id=5").path
    '/asia'
    """
    return urlsplit(address)


def _anchors(root: Element, base: str) -> Iterator[Anchor]:
    for node in root.iter("a"):
        href = node.get("href")
        address = absolute(href, base) if href and not href.lstrip().startswith("#") else None
        if address:
            yield Anchor(address, words_of(node), node)


def words_of(node: Element) -> str:
    """All text of an element in one line; blocks and line breaks part words."""
    if not len(node):
        return " ".join((node.text or "").split())
    flat = next(node.iter("br", "p", "div", "li", "h2", "h3", "h4", "span"), None) is None
    return " ".join(("".join(map(str, node.itertext())) if flat else text_of(node)).split())


def canonical(root: Element, base: str) -> str | None:
    """The address that a page gives as its own, None where it gives none."""
    for node in root.iter("link"):
        if (node.get("rel") or "").lower() == "canonical" and node.get("href"):
            return absolute(node.get("href") or "", base)
    return None


def home_of(root: Element) -> str:
    """An address for a page of which only the bytes are known: its own word, else the site that most of its links lead to."""
    own = canonical(root, "")
    if own:
        return own
    sites = Counter(site for node in root.iter("a") if (site := _site(node.get("href") or "")) is not None)
    return sites.most_common(1)[0][0] if sites else NOWHERE


def _site(href: str) -> str | None:
    """The site that a link leads to; most links are relative, which is seen without taking them apart."""
    if ":" not in href and not href.startswith("//"):
        return NOWHERE
    address = absolute(href, NOWHERE)
    return urljoin(address, "/") if address else None


def next_pages(page: WebPage) -> Iterator[Anchor]:
    """The links of a page that call themselves the next one."""
    return (anchor for anchor in page.anchors if "next" in (anchor.node.get("rel") or "").lower().split())


def metadata(root: Element, name: str) -> str:
    """What a ``<meta>`` of that property or name says, in lower-case names; nothing where there is none."""
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == name:
            return (meta.get("content") or "").strip()
    return ""
