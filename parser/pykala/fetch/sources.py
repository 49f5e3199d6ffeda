"""Where municipalities publish: the rows of ``rules/municipalities.toml``, found by any of their names."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache

from pykala import rules
from pykala.errors import UnknownSource
from pykala.fetch.address import target


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher.

    Attributes:
        id: the municipality's code, or the address that was given.
        name: in Finnish; of an address its host.
        swedish: the Swedish name where it differs.
        platform: the system that it publishes on, None where none is known.
        listings: pages that lead to its bulletins.
    """

    id: str
    name: str
    swedish: str | None = None
    platform: str | None = None
    listings: tuple[str, ...] = ()


@cache
def municipalities() -> tuple[Source, ...]:
    """The municipalities that there are today, by code."""
    return tuple(
        Source(row["id"], row["name"], row.get("swedish"), row.get("platform"), tuple(row.get("listings", ())))
        for row in rules.load("municipalities")["municipality"]
        if not row.get("abolished")
    )


def matching(words: str) -> tuple[Source, ...]:
    """Municipalities by a code, a Finnish or Swedish name, or the beginning of one.

    >>> [source.name for source in matching("borgå")], [source.name for source in matching("049")]
    (['Porvoo'], ['Espoo'])
    >>> [source.name for source in matching("Porn")]
    ['Pornainen']
    """
    wanted = words.strip().casefold()
    exact = tuple(one for one in municipalities() if wanted in _names(one))
    return exact or tuple(one for one in municipalities() if any(name.startswith(wanted) for name in _names(one)))


def source(words: str) -> Source:
    """What a SOURCE of the command line means: an address, or one municipality.

    >>> source("Esbo").listings
    ('https://espoo.oncloudos.com/cgi/DREQUEST.PHP?page=meeting_frames',)
    >>> source("https://kyla.example/listing").name
    'kyla.example'

    Raises:
        UnknownSource: it is no address and not one municipality, or nothing is known of where it publishes.
        Refused: it is an address that is not fetched.
    """
    if "://" in words:
        return _address(words)
    found = [one for one in municipalities() if words.strip().casefold() in _names(one)]
    if not found:
        near = difflib.get_close_matches(words.strip().capitalize(), _all_names(), n=3)
        remedy = f"perhaps {' or '.join(near)}; pykala sources lists all" if near else None
        raise UnknownSource("there is no municipality of this name or code", source=words, remedy=remedy)
    if not found[0].listings:
        remedy = "give the address of its listing, if you know it"
        raise UnknownSource("it is not known where it publishes", source=found[0].name, remedy=remedy)
    return found[0]


def _address(words: str) -> Source:
    place = target(words)
    return Source(str(place), place.host, listings=(str(place),))


def _names(one: Source) -> tuple[str, ...]:
    return tuple(name.casefold() for name in (one.id, one.name, one.swedish) if name)


@cache
def _all_names() -> tuple[str, ...]:
    return tuple(name for one in municipalities() for name in (one.name, one.swedish) if name)
