"""hel.fi's news: articles of its Drupal theme, and the lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pykala.read.beside import iso_day, rows
from pykala.read.draft import Statement
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.markup import Element, names_of
from pykala.read.webpage import WebPage, next_pages, parts_of

_ARTICLE: Final = re.compile(r"(?:page-type|node--type|node-type)-+news-(?:item|article)\b")
_NEWS: Final = re.compile(r"/(?:fi/uutiset|sv/nyheter|en/news)/(?P<slug>[^/]+)\Z")
_PUBLISHED: Final = "content-date__datetime--published"
_LIST: Final = ("news-listing", "news-list", "component--news", "views--news", "unit--news")


def belongs(page: HtmlPage) -> bool:
    """Whether it is an article."""
    return _is_article(page.root)


def facts(page: HtmlPage) -> Iterator[Statement]:
    """The day of publication: the theme also tells when the article was changed."""
    for time in page.root.iter("time"):
        found = iso_day(time.get("datetime") or "")
        if found and _PUBLISHED in names_of(time):
            yield Statement("published", found.isoformat())
            return


def _is_article(root: Element) -> bool:
    return any(_ARTICLE.search(" ".join(names_of(node))) for node in root.iter("body", "article", "main"))


def lists(page: WebPage) -> bool:
    """Whether it lists articles."""
    if page.kind != "html" or _is_article(page.root):
        return False
    listing = any(
        name.startswith(_LIST) for node in page.root.iter("ul", "div", "section", "li") for name in names_of(node)
    )
    return listing and any(_NEWS.search(parts_of(anchor.address).path) for anchor in page.anchors)


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """The articles, and the further pages of the list."""
    news = rows(anchor for anchor in page.anchors if _NEWS.search(parts_of(anchor.address).path))
    return (
        *(Link(row.address, "bulletin", row.title, row.day) for row in news if row.address != address),
        *(Link(anchor.address, "listing") for anchor in next_pages(page)),
    )
