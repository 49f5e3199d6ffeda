"""Bytes → links: the platform of a listing page is found from the page, and reads what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from pykala.errors import ReadError
from pykala.read import cloudnc, dynasty, hela, tweb
from pykala.read.limits import Limits
from pykala.read.links import Link
from pykala.read.webpage import WebPage, absolute, open_page

_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Listing:
    """How one platform lists its bulletins.

    Attributes:
        lists: whether a page is a listing of this platform; False for its bulletins.
        links: what the listing leads to, in page order; the second argument is the address of the page.
        sessions: parameters of its addresses that only name a session, and are left out.
    """

    name: str
    lists: Callable[[WebPage], bool]
    links: Callable[[WebPage, str], tuple[Link, ...]]
    sessions: tuple[str, ...] = ()


# The first that knows a page reads it, so the general ones stand last.
LISTINGS: Final = (
    Listing("hela", hela.lists, hela.links),
    Listing("dynasty", dynasty.lists, dynasty.links, ("phpsessid",)),
    Listing("tweb", tweb.lists, tweb.links, ("sid",)),
    Listing("cloudnc", cloudnc.lists, cloudnc.links, ("aspsession",)),
)


def links(data: bytes, address: str, *, limits: Limits = _LIMITS) -> tuple[Link, ...]:
    """What a listing page leads to.

    Args:
        data: the page as it was fetched: HTML, a feed, or JSON.
        address: where it was fetched; relative links are resolved against it, or against the page's ``<base href>``.
        limits: what is too large to be read.

    Returns:
        Each address once, in page order; none where the page lists nothing, as a bulletin does.

    Raises:
        ReadError: the bytes are no page.
    """
    try:
        page = open_page(data, address, limits)
    except ReadError as error:
        error.at(address)
        raise
    listing = listing_of(page)
    return tuple(_kept(listing.links(page, address), page.base, listing.sessions)) if listing else ()


def listing_of(page: WebPage) -> Listing | None:
    """The platform whose listing a page is, None for all other pages."""
    return next((known for known in LISTINGS if known.lists(page)), None)


def _kept(found: Iterable[Link], base: str, sessions: tuple[str, ...]) -> Iterator[Link]:
    """Links into the web, without fragments and sessions, the first of each address."""
    seen: set[str] = set()
    for link in found:
        address = absolute(link.address, base)
        if address is None:
            continue
        address = _sessionless(address, sessions)
        if address not in seen:
            seen.add(address)
            yield replace(link, address=address)


def _sessionless(address: str, sessions: tuple[str, ...]) -> str:
    """The address without the parameters that name a session, all others as they were.

    >>> _sessionless("http://example.fi/a.htm;jsessionid=1F?id=5&sid=9", ("jsessionid", "sid"))
    'http://example.fi/a.htm?id=5'
    """
    if not sessions:
        return address
    parts = urlsplit(address)
    path, *parameters = parts.path.split(";")
    kept = [one for one in parameters if not _names(one, sessions)]
    query = "&".join(one for one in parts.query.split("&") if not _names(one, sessions))
    return parts._replace(path=";".join((path, *kept)), query=query).geturl()


def _names(parameter: str, sessions: tuple[str, ...]) -> bool:
    return parameter.partition("=")[0].lower() in sessions
