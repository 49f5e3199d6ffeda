"""News of municipal sites: articles as WordPress and its like write them, lists of teasers, and feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, Final, Literal

from pykala.read.beside import MOST_PROSE, Row, iso_day, prose_beside, rows, told_day
from pykala.read.draft import Statement
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.markup import Element, names_of, text_of
from pykala.read.webpage import Anchor, WebPage, absolute, metadata, next_pages, parts_of

_SINGLE: Final = re.compile(
    r"(?:^|\s)(?:single|single-post|postid-\d+|node-type-(?:news|article)|page-node-type-(?:news|article))(?:\s|$)"
)
_TITLES: Final = frozenset(
    ("entry-title", "post-title", "wp-block-post-title", "article-title", "article__title", "news-title")
)
_DAYS: Final = frozenset(
    ("entry-date", "published", "dt-published", "post-date", "article__date", "news-date", "date-published")
)
_ARTICLES: Final = frozenset(("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle"))
_TEASER: Final = re.compile(
    r"(?:^|[\s_-])(?:hentry|post|teaser|card|excerpt|news-?item|uutinen|uutis\w*|nosto|list-?item|views-row|archive__item|result)(?:$|[\s_-])"
)
_PAPER: Final = re.compile(
    r"päätöstiedot|päätöks|pöytäkirja|esityslista|hallitu(?:s|ksen)|valtuusto|lautakun|jaosto|"
    r"beslut|protokoll|föredragningslist|styrelse|fullmäktige|nämnd|sektion",
    re.IGNORECASE,
)
_AROUND: Final = frozenset(("nav", "header", "footer", "aside"))
_LINE: Final = 250  # characters in the row of a paper
_PAGES: Final = re.compile(r"(?:^|[\s_-])(?:page-numbers|pagination|pager|paging|nav-previous|older-posts)")
_LEVELS: Final = 6
_LONGEST_DATA: Final = 200_000
_FILES: Final = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|mp[34]|zip|ics|xml|docx?|xlsx?)\Z", re.IGNORECASE)


def belongs(page: HtmlPage) -> bool:
    """Whether it is an article: by the classes of its body, its metadata or the data that it embeds."""
    return _is_article(page.root)


def facts(page: HtmlPage) -> Iterator[Statement]:
    """Title and day of publication, where classes or embedded data name them."""
    embedded = _embedded(page.root)
    for index, draft in enumerate(page.drafts):
        if draft.level == 1 and not _TITLES.isdisjoint(draft.marks):
            yield Statement("title", draft.text.replace("\n", " "), index, 0, len(draft.text))
            break
    for node in page.root.iter("time", "span", "p", "div"):
        if not _DAYS.isdisjoint(names_of(node)):
            found = iso_day(node.get("datetime") or "") or told_day(" ".join(text_of(node).split())[:80])
            if found:
                yield Statement("published", found.isoformat())
                return
    said = iso_day(str(embedded.get("datePublished") or ""))
    if said:
        yield Statement("published", said.isoformat())


def _is_article(root: Element) -> bool:
    body = root.find(".//body")
    if body is not None and _SINGLE.search(" ".join(names_of(body))):
        return True
    return metadata(root, "og:type") == "article" or bool(_embedded(root))


def _embedded(root: Element) -> dict[str, Any]:
    """The article that a page's JSON-LD describes, nothing where it describes none."""
    for node in root.iter("script"):
        text = node.text or ""
        if node.get("type") == "application/ld+json" and len(text) <= _LONGEST_DATA:
            try:
                data = json.loads(text)
            except (ValueError, RecursionError):
                continue  # data for search engines; the page itself says the same
            for one in _things(data):
                if one["@type"] in _ARTICLES:
                    return one
    return {}


def _things(data: object) -> Iterator[dict[str, Any]]:
    """The things that JSON-LD describes: one, a list, or a graph of them."""
    held = data.get("@graph", [data]) if isinstance(data, dict) else data
    for one in held if isinstance(held, list) else ():
        if isinstance(one, dict) and isinstance(one.get("@type"), str):
            yield one


# ---------------------------------------------------------------- listings


def lists(page: WebPage) -> bool:
    """Whether it is a feed, WordPress's list of posts, or a page of teasers with hardly a paragraph of its own."""
    if page.kind == "json":
        return any(True for _ in _posts(page))
    if page.kind == "feed":
        return True
    if _is_article(page.root):
        return False
    found = _teasers(page)
    return len(found) >= 2 and prose_beside(page.root, found) < MOST_PROSE


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """The articles and further pages of a list, or the entries of a feed."""
    if page.kind == "json":
        return tuple(_posts(page))
    if page.kind == "feed":
        return tuple(_entries(page))
    found = (Link(row.address, "bulletin", row.title, row.day) for row in _teasers(page) if row.address != address)
    return (*found, *(Link(one, "listing") for one in _further(page) if one != address))


def _teasers(page: WebPage) -> tuple[Row, ...]:
    """The rows that are teasers by their class and lead within the site, and those that name a paper and its day."""
    host = parts_of(page.base).hostname
    wanted = [(one, _kind_of(one, host)) for one in page.anchors]
    teasers = {one.address for one, kind in wanted if kind == "teaser"}
    found = rows(one for one, kind in wanted if kind)
    return tuple(
        row for row in found if row.title and (row.address in teasers or (row.day and len(row.words) <= _LINE))
    )


def _kind_of(anchor: Anchor, host: str | None) -> Literal["teaser", "paper"] | None:
    """What a link may be: a teaser of the site's own, or a paper, which may lie with the town's case system."""
    parts = parts_of(anchor.address)
    if parts.path in ("", "/") or _FILES.search(parts.path) or "tag" in (anchor.node.get("rel") or ""):
        return None
    above = list(_upwards(anchor.node))
    if any(node.tag in _AROUND for node in above):
        return None
    if parts.hostname == host and any(_is_teaser(node) for node in above):
        return "teaser"
    return "paper" if _PAPER.search(anchor.text) else None


def _upwards(node: Element) -> Iterator[Element]:
    """A link and the elements around it, as far as a teaser may reach."""
    above: Element | None = node
    for _ in range(_LEVELS):
        if above is None:
            return
        yield above
        above = above.getparent()


def _is_teaser(node: Element) -> bool:
    if node.tag == "article":
        return True
    return node.tag in ("li", "div", "section", "a") and bool(_TEASER.search(" ".join(names_of(node))))


def _further(page: WebPage) -> Iterator[str]:
    yield from (anchor.address for anchor in next_pages(page))
    for anchor in page.anchors:
        above = anchor.node.getparent()
        names = " ".join((*names_of(anchor.node), *(names_of(above) if above is not None else ())))
        if _PAGES.search(names):
            yield anchor.address


def _entries(page: WebPage) -> Iterator[Link]:
    """The entries of RSS or Atom."""
    for node in page.root.iter("{*}item", "{*}entry"):
        said = {_local(child): (child.text or "").strip() for child in reversed(node)}
        href = said.get("link") or next(
            (child.get("href") for child in node.iter("{*}link") if child.get("href")), None
        )
        address = absolute(href or said.get("guid", ""), page.base)
        if address:
            day = iso_day(said.get("published") or said.get("updated") or said.get("date") or "") or _mail_day(
                said.get("pubDate", "")
            )
            yield Link(address, "bulletin", " ".join(said.get("title", "").split()), day)


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _mail_day(written: str) -> date | None:
    """The day of a time as RSS writes it.

    >>> _mail_day("Mon, 13 May 2024 16:00:00 +0300")
    datetime.date(2024, 5, 13)
    """
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, OverflowError):
        return None


def _posts(page: WebPage) -> Iterator[Link]:
    """The posts that WordPress's interface lists."""
    for one in page.data if isinstance(page.data, list) else ():
        title = one.get("title") if isinstance(one, dict) else None
        if isinstance(title, dict) and isinstance(one.get("link"), str) and isinstance(title.get("rendered"), str):
            address = absolute(one["link"], page.base)
            if address:
                yield Link(
                    address, "bulletin", " ".join(title["rendered"].split()), iso_day(str(one.get("date") or ""))
                )
