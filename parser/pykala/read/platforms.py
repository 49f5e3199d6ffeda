"""HTML pages by the platform that made them: the first whose marks are there reads the page's facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from pykala.model import Value
from pykala.read import (
    ahjo,
    cloudnc,
    dynasty,
    espoo,
    hela,
    helfi_news,
    ktweb,
    listing,
    news,
    paatokset,
    stt,
    turku,
    webpage,
)  # fmt: skip
from pykala.read.draft import Draft, Page, Statement
from pykala.read.facts import owner, publication
from pykala.read.html import HtmlPage, open_html, title_of
from pykala.settings import Limits


class Platform(Value):
    """One system that publishes bulletins as HTML.

    Attributes:
        belongs: whether a page is its own.
        facts: what its markup states.
        headed: which of its paragraphs are headings, where it does not say so by tag.
    """

    name: str
    belongs: Callable[[HtmlPage], bool]
    facts: Callable[[HtmlPage], Iterator[Statement]]
    headed: Callable[[Draft], Draft] | None = None


# The first that knows a page reads it, so the general ones stand last.
PLATFORMS: Final = (
    Platform("paatokset", paatokset.belongs, paatokset.facts),
    Platform("ahjo", ahjo.belongs, ahjo.facts),
    Platform("turku", turku.belongs, turku.facts, turku.headed),
    Platform("espoo", espoo.belongs, espoo.facts),
    Platform("dynasty", dynasty.belongs, dynasty.facts),
    Platform("ktweb", ktweb.belongs, ktweb.facts),
    Platform("cloudnc", cloudnc.belongs, cloudnc.facts),
    Platform("hela", hela.belongs, hela.facts),
    Platform("helfi_news", helfi_news.belongs, helfi_news.facts),
    Platform("stt", stt.belongs, stt.facts),
    Platform("news", news.belongs, news.facts),
)


def read_markup(markup: str, limits: Limits) -> Page:
    """The drafts and facts of an HTML page.

    Raises:
        ListingPage: it only leads to bulletins.
        ReadError: the markup cannot be read.
    """
    if webpage.is_feed(markup):
        listing.refuse(webpage.open_text(markup, "html", webpage.NOWHERE, limits))
    page = open_html(markup, limits)
    listing.refuse(webpage.html_page(page.root, webpage.home_of(page.root)))
    return read_page(page)


def read_page(page: HtmlPage) -> Page:
    """The page with its platform's facts, and those that any page may state."""
    platform = next((known for known in PLATFORMS if known.belongs(page)), None)
    if platform is not None and platform.headed is not None:
        page.drafts[:] = map(platform.headed, page.drafts)
    said: dict[str, list[Statement]] = {}
    if platform is not None:
        for statement in platform.facts(page):
            said.setdefault(statement.name, []).append(statement)
    for statement in (*title_of(page), *publication(page.root), *owner(page)):
        said.setdefault(statement.name, [statement])
    statements = tuple(statement for named in said.values() for statement in named)
    return Page(platform.name if platform else "html", "text/html", tuple(page.drafts), statements)
