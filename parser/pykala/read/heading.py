"""The body and the day that a line names: a page's heading, a row of a list, the title of a feed's entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from pykala import rules
from pykala.read.facts import DAY
from pykala.read.markup import Element
from pykala.read.webpage import WebPage

_KINDS: Final = frozenset(("council", "board", "committee", "division"))
_PARTED: Final = re.compile(r"\s*(?:[|:•·>»\n\t]|(?<!-),(?= )| [–—/-] )\s*")
# What stands beside a body's name: the kind of paper, the number of the meeting, the section, the day, the hour.
_BESIDE: Final = re.compile(
    r"\b(?:kokous|kokouksen|sammanträde|möte|meeting|pöytäkirja|esityslista|protokoll|föredragningslista|nro|nr|klo|kl)\b"
    r"|§ ?\d{1,4}|\d{1,2}\.\d{1,2}\.\d{4}|(?:\d{1,3}/)?\b(?:19|20)\d\d\b|\d{1,2}[.:]\d\d(?!\d)",
    re.IGNORECASE,
)
_TAGS: Final = ("h1", "h2", "h3", "label", "caption", "title")
_LONGEST: Final = 300  # characters of a heading


class Heading(NamedTuple):
    """The meeting that a page is headed by, as far as it says so."""

    body: str | None = None
    day: date | None = None


@cache
def _head() -> re.Pattern[str]:
    """The end of a deciding body's name in Finnish and Swedish, or the beginning of *nämnden för …*."""
    heads = [entry for entry in rules.load("heads")["head"] if entry["kind"] in _KINDS]
    finnish = {entry["nominative"] for entry in heads}
    swedish = {entry["swedish"] for entry in heads if "swedish" in entry}
    definite = {f"{word}n" if word.endswith("e") else f"{word}en" for word in swedish}
    ends = "|".join(map(re.escape, sorted(finnish | swedish | definite)))
    return re.compile(rf"(?:{ends})\Z|(?:nämnden|sektionen|direktionen) för ", re.IGNORECASE)


def body_in(words: str) -> str | None:
    """The deciding body that a line of a list or a heading names.

    >>> body_in("Kaupunginhallitus: 4/2026"), body_in("Elinvoima- ja hankintajaosto - Kokous 28.3.2026 Pöytäkirja")
    ('Kaupunginhallitus', 'Elinvoima- ja hankintajaosto')
    >>> body_in("Kaupunginhallituksen puheenjohtajan valinta") is None
    True
    """
    for piece in _PARTED.split(words[:_LONGEST]):
        name = " ".join(_BESIDE.sub(" ", piece).split()).strip(" ,.;–-")
        if 3 <= len(name) <= 120 and name[0].isalpha() and _head().search(name):
            return name
    return None


def day_in(words: str) -> date | None:
    """The only day that a line names, None where it names several, or one that there is not.

    >>> day_in("30.3.2026 klo 12.00"), day_in("1.3.2026, tarkastettu 8.3.2026"), day_in("30.2.2026")
    (datetime.date(2026, 3, 30), None, None)
    """
    found = {match.groups() for match in DAY.finditer(words)}
    if len(found) != 1:
        return None
    day, month, year = map(int, found.pop())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def heading_of(page: WebPage) -> Heading:
    """The first heading that names a body with a day; without one, the body of the first that names one."""
    body = None
    for words in _headings(page):
        named, day = body_in(words), day_in(words)
        if named and day:
            return Heading(named, day)
        body = body or named
    return Heading(body)


def _headings(page: WebPage) -> Iterator[str]:
    for tag in _TAGS:
        for count, node in enumerate(page.root.iter(tag)):
            if count >= 20:
                break
            yield opening(node, _LONGEST)


def opening(node: Element, most: int) -> str:
    """The text at an element's start, its elements parted by a space and its lines kept.

    Args:
        most: characters that are looked at.
    """
    words: list[str] = []
    size = 0
    for piece in node.itertext():
        words.append(" ".join(str(piece).split()))
        size += len(piece)
        if size > most:
            break
    return "\n".join(filter(None, words))[:most]
