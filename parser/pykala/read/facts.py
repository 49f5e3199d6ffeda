"""What any page may state in its markup, and the forms in which platforms write sections and days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pykala.read.draft import Statement
from pykala.read.html import HtmlPage
from pykala.read.markup import Element

SECTION: Final = re.compile(r"§ ?(?P<number>\d{1,4})|(?P<turned>\d{1,4}) ?§")
DAY: Final = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_DATED: Final = re.compile(r"(?P<body>[^\W\d_][^\d§]{3,90}?),? (?P<day>\d{1,2}\.\d{1,2}\.\d{4})\Z")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_OWNER: Final = re.compile(
    r"[A-ZÅÄÖ][\w-]*(?: [A-ZÅÄÖ][\w-]*)? (?:kaupunki|kunta|stad|kommun|hyvinvointialue)", re.UNICODE
)
_PUBLISHED: Final = ("article:published_time", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "date")


def section_number(text: str) -> str | None:
    """The number of the first section sign.

    >>> section_number("57 §"), section_number("§ 62")
    ('57', '62')
    """
    found = SECTION.search(text)
    return (found["number"] or found["turned"]) if found else None


def day(written: str) -> str | None:
    """A day as Finnish bulletins write it, in EDTF; None where there is no such day.

    >>> day("2.5.2017"), day("30.2.2024")
    ('2017-05-02', None)
    """
    found = DAY.search(written)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return None


def meeting_day(written: str, draft: int, start: int) -> Iterator[Statement]:
    """The day of the meeting, where there is such a day.

    Args:
        written: the day as the page writes it.
        draft: index of the draft that holds it.
        start: where in that draft.
    """
    value = day(written)
    if value is not None:
        yield Statement("meeting_date", value, draft, start, start + len(written))


def dated(text: str) -> tuple[str, str] | None:
    """The body and the day of a line such as *Kaupunginhallitus 13.05.2024*."""
    found = _DATED.match(text)
    return (found["body"], found["day"]) if found else None


def publication(root: Element) -> Iterator[Statement]:
    """The day of publication from the page's metadata, else from the one ``<time>`` that the page has."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        found = _ISO_DAY.match(meta.get("content") or "") if name in _PUBLISHED else None
        if found:
            said.setdefault(name, found[0])
    for name in _PUBLISHED:
        if name in said:
            yield Statement("published", said[name])
            return
    times = {found[0] for node in root.iter("time") if (found := _ISO_DAY.match(node.get("datetime") or ""))}
    if len(times) == 1:
        yield Statement("published", times.pop())


def owner(page: HtmlPage) -> Iterator[Statement]:
    """The town or county whose site it is, where the page's title or metadata names one."""
    names = [page.title]
    names += [meta.get("content") or "" for meta in page.root.iter("meta") if meta.get("property") == "og:site_name"]
    for name in names:
        for part in re.split(r" [|–-] ", name):
            if _OWNER.fullmatch(part.strip()):
                yield Statement("municipality", part.strip())
                return
