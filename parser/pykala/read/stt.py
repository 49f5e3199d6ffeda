"""STT Info: releases with their line of time and publisher, and the newsrooms that list them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pykala.read.beside import rows
from pykala.read.draft import Statement
from pykala.read.facts import day
from pykala.read.html import HtmlPage
from pykala.read.links import Link
from pykala.read.webpage import Anchor, WebPage, canonical, metadata, parts_of

# 23.2.2026 19:52:38 EET | Porvoon kaupunki | Tiedote
_LINE: Final = re.compile(
    r"(?P<day>\d{1,2}\.\d{1,2}\.\d{4}) \d{2}[:.]\d{2}(?:[:.]\d{2})?(?: EES?T)? ?\| ?(?P<publisher>[^|\n]{3,80}?) ?\| ?"
    r"(?:Tiedote|Uutinen|Pressmeddelande|Press release)\b"
)
_OWNER: Final = re.compile(r"[A-ZÅÄÖ][\w-]*(?: [A-ZÅÄÖ][\w-]*)? (?:kaupunki|kunta|stad|kommun|hyvinvointialue)\Z")
_RELEASE: Final = re.compile(r"/(?:tiedote|pressmeddelande|release|press-release)/(?P<id>[^/?]+)(?:/[^/?]+)?/?\Z")
_NEWSROOM: Final = re.compile(r"/(?:uutishuone|nyhetsrum|newsroom)/")
_FIRST: Final = 8  # drafts among which the line stands


def belongs(page: HtmlPage) -> bool:
    """Whether it is a release."""
    return _line(page) is not None


def facts(page: HtmlPage) -> Iterator[Statement]:
    """The day of publication and the publisher."""
    found = _line(page)
    if found is None:
        return
    index, line = found
    published = day(line["day"])
    if published:
        yield Statement("published", published, index, *line.span("day"))
    if _OWNER.match(line["publisher"]):
        yield Statement("municipality", line["publisher"], index, *line.span("publisher"))


def _line(page: HtmlPage) -> tuple[int, re.Match[str]] | None:
    for index, draft in enumerate(page.drafts[:_FIRST]):
        found = _LINE.search(draft.text) if len(draft.text) < 200 else None
        if found:
            return index, found
    return None


def lists(page: WebPage) -> bool:
    """Whether it is a newsroom; a release leads to others, too, and lists nothing."""
    if page.kind != "html" or not _is_ours(page) or _RELEASE.search(_own_path(page)):
        return False
    return any(_RELEASE.search(parts_of(one.address).path) for one in page.anchors)


def links(page: WebPage, address: str) -> tuple[Link, ...]:
    """The releases of a newsroom, and its further pages."""
    releases = rows(one for one in page.anchors if _RELEASE.search(parts_of(one.address).path))
    further = (one for one in page.anchors if _is_further(one, _own_path(page)) and one.address != address)
    return (
        *(Link(row.address, "bulletin", row.title, row.day) for row in releases),
        *(Link(one.address, "listing") for one in further),
    )


def _is_further(anchor: Anchor, own: str) -> bool:
    parts = parts_of(anchor.address)
    return bool(_NEWSROOM.search(parts.path)) and parts.path == own and "page=" in parts.query


def _is_ours(page: WebPage) -> bool:
    if metadata(page.root, "og:site_name") == "STT Info":
        return True
    hosts = [parts_of(one).hostname or "" for one in (page.base, canonical(page.root, page.base)) if one]
    return any(host == "sttinfo.fi" or host.endswith(".sttinfo.fi") for host in hosts)


def _own_path(page: WebPage) -> str:
    """The path of the page itself, by its own word, else by where it was fetched."""
    return parts_of(canonical(page.root, page.base) or page.base).path
