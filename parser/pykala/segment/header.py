"""What a bulletin says of itself: whose it is, which body met, when, and when it was published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from pykala import rules
from pykala.model import BlockKind, Bulletin, Header
from pykala.segment.labels import iso_day
from pykala.sentences import Line

#: Lines from the top in which a page states its head.
TOP = 25

_HEAD = (
    r"valtuusto|hallitus|lautakunta|jaosto|johtokunta|toimikunta|neuvosto|konsernijaosto|kuntakokous|yhtymäkokous|"
    r"fullmäktige|styrelse|styrelsen|nämnd|nämnden|sektion|sektionen|direktion|direktionen|"
    r"Council|Board|Committee|Sub-committee"
)
_BODY = re.compile(
    rf"(?P<body>(?:[A-ZÅÄÖ][\wåäöÅÄÖ-]*,?[ \u00a0])?(?:[\wåäöÅÄÖ-]+,?[ \u00a0]){{0,5}}?[\wåäöÅÄÖ-]*(?:{_HEAD})(?:[ \u00a0](?:för|of)[ \u00a0][\wåäö ,-]{{3,60}})?)",
    re.IGNORECASE,
)
_BODY_LINE = re.compile(
    _BODY.pattern
    + r"(?:\s*(?:,|\||–|-|/|\t|\d|:|Pöytäkirja|Esityslista|Protokoll|Päätöstiedote|kokous|sammanträde).*)?$"
)
_DAY = r"(\d{1,2}\.\d{1,2}\.\d{4})"
_WEEKDAY = r"(?:(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)(?:na)?|ma|ti|ke|to|pe|la|su)?\.?[ \u00a0]?"
_MEETING_DATES = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"(?:kokousaika|kokouspäivä|kokouspvm|kokouspäivämäärä|kokous|sammanträde(?:sdatum|stid)?|möte|päätöspäivämäärä|päätöspäivä|beslutsdatum|meeting)\b[ \u00a0:,]*{_WEEKDAY}{_DAY}",
        rf"(?:pöytäkirja|esityslista|protokoll|föredragningslista|päätöstiedote)[ \u00a0]+(?:\d{{1,3}}/\d{{4}}[ \u00a0,]+)?{_WEEKDAY}{_DAY}",
        rf"(?:päätöksiä|päätökset|päätti|beslut)[ \u00a0,:]*{_WEEKDAY}{_DAY}",
    )
)
_PROSE_DATES = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"(?:kokouksessaan|kokouksessa|kokoontui|kokoontuu|kokous|sammanträde|möte|meeting)[ \u00a0](?:den[ \u00a0]|on[ \u00a0])?{_WEEKDAY}{_DAY}(?!,?[ \u00a0]*(?:\(?§|\d+[ \u00a0]*§))",
        rf"{_DAY}[ \u00a0](?:pidetyssä|pitämässään|pidetyn)?[ \u00a0]?kokouksessaan",
    )
)
_NUMBER = re.compile(
    r"(?:päätöstiedote|pöytäkirja|esityslista|kokous)[ \u00a0]*(?:nro[ \u00a0]*)?(\d{1,3}(?:/\d{4})?)(?![\d.])",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:kokouspaikka|paikka|mötesplats|plats)[ \u00a0]*:[ \u00a0]*(\S[^\n]{2,80})", re.IGNORECASE)
_PUBLISHED = re.compile(
    rf"(?:julkaistu|julkaisupäivä|julkaistu\s*:|publicerad|published|tiedote|uutinen|nyhet)[ \u00a0:,|]*(?:\w{{2,12}}na[ \u00a0])?{_DAY}|^{_DAY}(?:[ \u00a0]+(?:klo[ \u00a0])?\d{{1,2}}[.:]\d\d(?::\d\d)?)?(?:[ \u00a0]*(?:EET|EEST|\||Tiedote|Uutinen).*)?$",
    re.IGNORECASE,
)


@cache
def _register() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Genitives and Swedish names, case prefixes, and domains, each to the Finnish name of the municipality."""
    names: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    domains: dict[str, str] = {}
    for row in rules.load("municipalities")["municipality"]:
        names[row["genitive"]] = row["name"]
        swedish = row.get("swedish") or row["name"]
        names.setdefault(swedish if swedish.endswith("s") else swedish + "s", row["name"])
        for prefix in row.get("case_prefixes", ()):
            prefixes[prefix.casefold()] = row["name"]
        ascii_name = row["name"].casefold().translate(str.maketrans("åäö", "aao")).replace(" ", "")
        domains[ascii_name + ".fi"] = row["name"]
        for domain in row.get("domains", ()):
            domains[domain] = row["name"]
    return names, prefixes, domains


@cache
def _owner() -> re.Pattern[str]:
    names = sorted(_register()[0], key=len, reverse=True)
    organs = r"kaupun|kunnan(?:hallitu|valtuust)|kunta|kunnan|kuntaa|stad|kommun|kaupungin"
    return re.compile(rf"(?<![\wåäö-])({'|'.join(map(re.escape, names))})[ \u00a0]({organs})")


_DOMAIN = re.compile(r"(?:@|www\.|//)((?:[\w-]+\.)*?)([\w-]+\.fi)\b")
_PREFIX = re.compile(
    r"(?<![\w/])([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,12}?)(?:[Dd]n?ro?|[Dd]no)?(?:-(?:19|20)\d\d-\d|[:/ \u00a0]\d{1,6}[/-]\d|[ \u00a0](?:19|20)\d\d-\d{6})"
)


def municipality(bulletin: Bulletin, lines: Sequence[Line]) -> str | None:
    """The municipality that publishes, by its Finnish name; None where nothing tells, or the publisher is none.

    What the page's head says weighs most, then the registry's prefix, then whose organs and addresses are named.
    """
    names, prefixes, domains = _register()
    text = bulletin.text
    stated = next((f.value for f in bulletin.facts if f.name == "municipality"), None)
    if stated:
        known = _owner().match(stated)
        return names[known[1]] if known else stated if stated in names.values() else None
    votes: Counter[str] = Counter()
    for rank, line in enumerate(lines[:TOP]):
        match = _owner().match(text, line.start, line.end)
        if match and line.end - line.start <= 90 and rank < 12:
            votes[names[match[1]]] += 6 if rank < 6 else 3
    for match in _PREFIX.finditer(text):
        name = prefixes.get(match[1].casefold())
        if name:
            votes[name] += 3
    for match in _DOMAIN.finditer(bulletin.source.uri + "\n" + text):
        name = domains.get(match[2].casefold())
        if name:
            votes[name] += 2
    for count, match in enumerate(_owner().finditer(text)):
        votes[names[match[1]]] += 2 if count < 3 else 1
    return votes.most_common(1)[0][0] if votes else None


def body(bulletin: Bulletin, lines: Sequence[Line]) -> tuple[str | None, tuple[int, int] | None]:
    """The body that met, from the page's head, with its place where it stands in the text."""
    for fact in bulletin.facts:
        if fact.name == "body":
            span = (fact.start, fact.end) if fact.start is not None and fact.end is not None else None
            return fact.value, span
    for line in lines[:TOP]:
        words = bulletin.text[line.start : line.end]
        if len(words) > 120 or (words.rstrip().endswith((".", ":")) and "kokous" not in words.casefold()):
            continue
        match = _BODY_LINE.match(words)
        if match and match["body"][0].isupper():
            start = line.start + match.start("body")
            return match["body"], (start, start + len(match["body"]))
    return None, None


def meeting_date(bulletin: Bulletin, lines: Sequence[Line], *, prose: bool) -> str | None:
    """The day of the meeting in EDTF, from the page's head, else from what the lead says of the meeting."""
    for fact in bulletin.facts:
        if fact.name == "meeting_date":
            return fact.value
    head = _top(bulletin, lines)
    for pattern in (*_MEETING_DATES, *_PROSE_DATES):
        match = pattern.search(head)
        if match:
            return iso_day(match[1])
    if prose:
        for pattern in _PROSE_DATES:
            match = pattern.search(bulletin.text)
            if match:
                return iso_day(match[1])
        return None
    for line in lines[:12]:
        match = re.fullmatch(_DAY, bulletin.text[line.start : line.end].strip())
        if match:
            return iso_day(match[1])
    return None


def published(bulletin: Bulletin, lines: Sequence[Line]) -> str | None:
    """When it was published: what the crawl or the markup tells, else the page's own publication line."""
    for fact in bulletin.facts:
        if fact.name == "published":
            return fact.value
    for line in (*lines[:12], *lines[-6:]):
        match = _PUBLISHED.search(bulletin.text[line.start : line.end])
        if match:
            return iso_day(match[1] or match[2])
    return None


def _top(bulletin: Bulletin, lines: Sequence[Line]) -> str:
    return "\n".join(bulletin.text[line.start : line.end] for line in lines[:TOP] if line.end - line.start <= 160)


def _first(pattern: re.Pattern[str], head: str) -> str | None:
    match = pattern.search(head)
    return match[1].strip() if match else None


def fact(bulletin: Bulletin, name: str) -> str | None:
    """The value of the first fact of that name."""
    return next((f.value for f in bulletin.facts if f.name == name), None)


def title(bulletin: Bulletin, lines: Iterable[Line]) -> str | None:
    """The bulletin's heading: what the markup says, else its first heading of level 1, else its first heading."""
    stated = fact(bulletin, "title")
    if stated:
        return stated
    headings = [x for x in lines if x.kind is BlockKind.HEADING]
    for line in (*(x for x in headings if x.level == 1), *headings[:1]):
        return bulletin.text[line.start : line.end]
    return None


def header(bulletin: Bulletin, lines: Sequence[Line], *, prose: bool) -> Header:
    """All that the bulletin says of itself.

    Args:
        prose: it is news text, in which the meeting's day may stand in any sentence.
    """
    name, span = (None, None) if prose and fact(bulletin, "body") is None else body(bulletin, lines)
    head = _top(bulletin, lines)
    return Header(
        title=title(bulletin, lines),
        municipality=municipality(bulletin, lines),
        body=name,
        body_span=span,
        meeting_date=meeting_date(bulletin, lines, prose=prose),
        meeting_number=fact(bulletin, "meeting_number") or _first(_NUMBER, head),
        meeting_place=fact(bulletin, "meeting_place") or _first(_PLACE, head),
        published=published(bulletin, lines),
        officer=fact(bulletin, "officer"),
    )
