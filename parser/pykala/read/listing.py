"""Bytes → links: the platform of a listing page is found from the page, and reads what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import urldefrag, urlsplit

from msgspec.structs import replace

from pykala.errors import ListingPage, ReadError
from pykala.model import Value
from pykala.read import ahjo_api, casem, cloudnc, dynasty, espoo, hela, helfi_news, news, paatokset, stt, turku, tweb
from pykala.read.links import Link
from pykala.read.webpage import WebPage, absolute, open_page
from pykala.settings import Limits

_LIMITS: Final = Limits()


class Listing(Value):
    """How one platform lists its bulletins.

    Attributes:
        lists: whether a page is a listing of this platform; False for its bulletins.
        links: what the listing leads to, in page order; the second argument is the address of the page.
        sessions: parameters of its addresses that only name a session, and are left out.
        bulletins: the pages are bulletins that lead on to others of the same matter.
    """

    name: str
    lists: Callable[[WebPage], bool]
    links: Callable[[WebPage, str], tuple[Link, ...]]
    sessions: tuple[str, ...] = ()
    bulletins: bool = False


# The first that knows a page reads it, so the general ones stand last.
LISTINGS: Final = (
    Listing("casem", casem.lists, casem.links),
    Listing("ahjo_json", ahjo_api.lists, ahjo_api.links),
    Listing("hela", hela.lists, hela.links),
    Listing("paatokset", paatokset.is_case, paatokset.links, bulletins=True),
    Listing("paatokset", paatokset.lists, paatokset.links),
    Listing("turku", turku.lists, turku.links),
    Listing("dynasty", dynasty.lists, dynasty.links, ("phpsessid",)),
    Listing("espoo", espoo.lists, espoo.links),
    Listing("tweb", tweb.lists, tweb.links, ("sid",)),
    Listing("cloudnc", cloudnc.lists, cloudnc.links),
    Listing("helfi_news", helfi_news.lists, helfi_news.links),
    Listing("stt", stt.lists, stt.links),
    Listing("news", news.lists, news.links),
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
    if listing is None:
        return ()
    found = _kept(listing.links(page, address), page.base, listing.sessions)
    return tuple(link for link in found if link.address != urldefrag(address).url)


def listing_of(page: WebPage) -> Listing | None:
    """The platform whose listing a page is, None for all other pages."""
    return next((known for known in LISTINGS if known.lists(page)), None)


def refuse(page: WebPage) -> None:
    """Raise where a page that should be a bulletin only leads to bulletins.

    Raises:
        ListingPage: it is a listing.
    """
    listing = listing_of(page)
    if listing is None or listing.bulletins:
        return
    found = listing.links(page, page.base)
    bulletins = len({link.address for link in found if link.leads_to == "bulletin"})
    further = len({link.address for link in found if link.leads_to == "listing"})
    counted = [_counted(bulletins, "bulletin")] if bulletins or not further else []
    counted += [_counted(further, "further listing")] if further else []
    raise ListingPage(f"it is a listing page, it leads to {' and '.join(counted)}")


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


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
