"""When a body met, and when its bulletin came out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pykala.model import BlockKind, Bulletin
from pykala.rules.stems import Sought
from pykala.segment.handlings import has_year, last_row
from pykala.segment.labels import iso_day, label_of
from pykala.sentences import Line

#: Lines from the top in which a page states its head.
TOP = 25
#: How a deciding body's name ends.
BODY_HEAD = (
    r"valtuusto|hallitus|lautakunta|valiokunta|jaosto|johtokunta|toimikunta|neuvosto|konsernijaosto|kuntakokous|yhtymäkokous|"
    r"fullmäktige|styrelse|styrelsen|nämnd|nämnden|sektion|sektionen|direktion|direktionen|"
    r"Council|Board|Committee|Sub-committee"
)
# A line of a page's head that is a day alone, or a day after the body or the sections: *§ 143–145 10.05.2021*.
_RUNNING = r"(?:[^.]{0,90}?[ \u00a0\t])?(\d{1,2}\.\d{1,2}\.\d{4})(?:[ \u00a0]klo[ \u00a0\d.:–-]+)?"
_DAY = r"(\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\.[ \u00a0][a-zäö]{4,6}kuuta[ \u00a0]\d{4})"
_WEEKDAY = r"(?:(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)(?:na)?|ma|ti|ke|to|pe|la|su)?\.?[ \u00a0]?"
_MEETING_DATES = tuple(
    re.compile(p, re.IGNORECASE | re.MULTILINE)
    for p in (
        rf"(?:aika|kokousaika|kokouspäivä|kokouspvm|kokouspäivämäärä|kokous|sammanträde(?:sdatum|stid)?|möte|päätöspäivämäärä|päätöspäivä|beslutsdatum|meeting)\b[ \u00a0:,]*{_WEEKDAY}{_DAY}",
        rf"(?:pöytäkirja|esityslista|protokoll|föredragningslista|päätöstiedote)[ \u00a0]+(?:\d{{1,3}}/\d{{4}}[ \u00a0,]+)?{_WEEKDAY}{_DAY}",
        rf"(?:hallituksen|valtuuston|lautakunnan|jaoston)[ \u00a0]{_DAY}[ \u00a0]kokou",
        rf"(?:päätöksiä|päätökset|päätti|beslut|beslut i korthet)[ \u00a0,:]*{_WEEKDAY}{_DAY}",
        rf"^(?:[\wåäö-]+[ \u00a0]){{0,4}}[\wåäö-]*(?:{BODY_HEAD})[ \u00a0]{_DAY}$",
    )
)
_PROSE_DATES = tuple(
    re.compile(p, re.IGNORECASE | re.MULTILINE)
    for p in (
        rf"(?:kokouksessaan|kokouksessa|kokoontui|kokoontuu|kokous|sammanträde|möte|meeting)[ \u00a0](?:den[ \u00a0]|on[ \u00a0])?{_WEEKDAY}{_DAY}(?!,?[ \u00a0]*(?:\(?§|\d+[ \u00a0]*§))",
        rf"(?:valtuusto|hallitus|lautakunta|jaosto)[ \u00a0](?:päätti|hyväksyi|myönsi|valitsi|käsitteli|jakoi|vahvisti)[ \u00a0]{_WEEKDAY}{_DAY}(?!,?[ \u00a0]*(?:\(?§|\d+[ \u00a0]*§))",
        rf"{_DAY}[ \u00a0](?:pidetyssä|pitämässään|pidetyn)?[ \u00a0]?kokouksessaan",
    )
)
# In news a weekday with its date is the meeting's: *maanantaina 20.11.2023*.
_WEEKDAY_DATES = (
    re.compile(
        rf"(?:maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina)[ \u00a0]{_DAY}(?!,?[ \u00a0]*\(?§)",
        re.IGNORECASE,
    ),
)
#: How much of a news text is its lead, in characters.
_LEAD = 2500
# A title that names a body and a day: *Kunnanhallituksen kokouskatsaus 10.2.2025*.
_TITLE_DATE = re.compile(
    rf"(?:hallitu|valtuust|lautakun|jaost|fullmäktige|styrelse|nämnd)[^.]{{0,50}}?{_DAY}", re.IGNORECASE
)
_NEXT = re.compile(r"seuraava|nästa|next|edellinen|Seuraavan", re.IGNORECASE)
_SWEDISH_LEAD = Sought(
    r"(?:måndagen|tisdagen|onsdagen|torsdagen|fredagen|lördagen|söndagen) den \d{1,2} [a-z]+ \d{4}", ("dagen den ",)
)
_MET = Sought(r"(?:meeting|sammanträde|möte)\b[^.]{0,20}?\d{1,2} [A-Za-z]+ \d{4}", ("meeting", "sammanträde", "möte"))
_PUBLISHED = re.compile(
    rf"(?:julkaistu|julkaisupäivä|publicerad|published|tiedottaa|informerar|tiedote|uutinen|nyhet|pressmeddelande)[ \u00a0:,|]*(?:\w{{2,12}}na[ \u00a0])?{_DAY}"
    rf"|(?:julkaistu|viety)[ \u00a0]yleise\w+[ \u00a0]tietoverk\w+[ \u00a0]{_DAY}|tullut[ \u00a0]nähtäväksi[ \u00a0]{_DAY}"
    rf"|publicerats i det allmänna datanätet {_DAY}",
    re.IGNORECASE,
)
# Minutes may end by saying when they came out: *Pöytäkirja on julkaistu kunnan verkkosivuilla 20.12.2024.*
_MINUTES_OUT = re.compile(
    rf"(?:Pöytäkirja|Päätös) on julkaistu\b[^.]{{0,60}}?{_DAY}|Protokollet har publicerats\b[^.]{{0,60}}?{_DAY}"
)
# A news page's byline: a day alone near the top, perhaps with the hour and the publisher.
_BYLINE = re.compile(
    rf"(?:(?:ma|ti|ke|to|pe|la|su)\.?[ \u00a0])?{_DAY}(?:[ \u00a0]+(?:-[ \u00a0])?(?:klo[ \u00a0])?\d{{1,2}}[.:]\d\d(?::\d\d)?)?(?:[ \u00a0]*(?:EET|EEST|\||Tiedote|Uutinen).*)?",
    re.IGNORECASE,
)
_ENGLISH_DAY = re.compile(
    r"(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})"
)
_SWEDISH_DAY = re.compile(
    r"(\d{1,2}) (januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december) (\d{4})"
)
_MONTHS = {
    name: number
    for names in (
        "January February March April May June July August September October November December",
        "januari februari mars april maj juni juli augusti september oktober november december",
    )
    for number, name in enumerate(names.split(), 1)
}


def _written_day(text: str) -> str | None:
    match = _ENGLISH_DAY.search(text) or _SWEDISH_DAY.search(text)
    return f"{match[3]}-{_MONTHS[match[2]]:02}-{int(match[1]):02}" if match else None


def meeting_date(bulletin: Bulletin, lines: Sequence[Line], *, prose: bool) -> str | None:
    """The day of the meeting in EDTF, from the page's head, else from what the lead says of the meeting."""
    for fact in bulletin.facts:
        if fact.name == "meeting_date":
            return fact.value
    glued = last_row(bulletin.text, lines[:TOP])
    if glued is not None:
        return glued.date
    told = _TITLE_DATE.search(title(bulletin, lines) or "")
    if told:
        return iso_day(told[1])
    head = bulletin.text[:_LEAD] if prose else top(bulletin, lines)
    patterns = (*_MEETING_DATES, *_PROSE_DATES, *_WEEKDAY_DATES) if prose else (*_MEETING_DATES, *_PROSE_DATES)
    for group in (patterns,) if prose else (_MEETING_DATES, _PROSE_DATES):
        first = next(
            (m for m in _told(head, group) if not _NEXT.search(head[max(0, m.start() - 40) : m.start()])), None
        )
        if first is not None:
            return iso_day(first[1])
    met = _MET.search(bulletin.text[:3000]) or (_SWEDISH_LEAD.search(bulletin.text[:600]) if prose else None)
    if met:
        return _written_day(met[0])
    if prose:
        return _day_without_year(bulletin, published(bulletin, lines, prose=True))
    for line in lines[:12]:
        match = re.fullmatch(_RUNNING, bulletin.text[line.start : line.end].strip())
        if match:
            return iso_day(match[1])
    return None


_ANY_DAY = re.compile(_DAY)
#: How many characters before a day may tell what day it is, and how many after it.
_BEFORE, _AFTER = 110, 30


def _told(head: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[re.Match[str]]:
    """The days that a pattern tells, in order: looked for around days alone, because most of a head is none."""
    windows = [(max(0, m.start() - _BEFORE), m.end() + _AFTER) for m in _ANY_DAY.finditer(head)]
    return (m for a, b in windows for p in patterns for m in p.finditer(head, a, min(b, len(head))))


_SHORT_DAY = re.compile(r"(?<=[ \u00a0])(\d{1,2}\.\d{1,2}\.)(?!\d)")
_MEETS_ON = (
    "maanantaina",
    "tiistaina",
    "keskiviikkona",
    "torstaina",
    "perjantaina",
    "lauantaina",
    "sunnuntaina",
    "kokouksessaan",
)


def _day_without_year(bulletin: Bulletin, published: str | None) -> str | None:
    """*Maanantaina 12.5.* in a lead is the meeting's day: with the year of the same day elsewhere, or of the release."""
    head = bulletin.text[:1500]
    day = next((m for m in _SHORT_DAY.finditer(head) if head.endswith(_MEETS_ON, 0, m.start() - 1)), None)
    if day is None:
        return None
    full = re.search(rf"(?<!\d){re.escape(day[1])}(\d{{4}})", bulletin.text)
    if full:
        return iso_day(day[1] + full[1])
    guess = iso_day(day[1] + published[:4]) if published and len(published) == 10 else None
    return guess if guess and published and guess <= published and guess[:7] >= _month_before(published) else None


def _month_before(day: str) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return f"{year}-{month - 1:02}" if month > 1 else f"{year - 1}-12"


def published(bulletin: Bulletin, lines: Sequence[Line], *, prose: bool) -> str | None:
    """When it was published: what the crawl or the markup tells, else the page's own publication line."""
    for fact in bulletin.facts:
        if fact.name == "published":
            return fact.value
    for line in (*lines[:14], *lines[-8:]):
        match = _PUBLISHED.search(bulletin.text, line.start, line.end) if has_year(bulletin.text, line) else None
        if match:
            return iso_day(next(g for g in match.groups() if g))
    for line in (x for x in lines[-12:] if has_year(bulletin.text, x)):
        match = _MINUTES_OUT.search(bulletin.text, line.start, line.end)
        if match:
            return iso_day(match[1] or match[2])
    for line in lines[:10] if prose else ():
        words = bulletin.text[line.start : line.end].strip()
        match = _BYLINE.fullmatch(words)
        if match:
            return iso_day(match[1])
        if _ENGLISH_DAY.fullmatch(words) or _SWEDISH_DAY.fullmatch(words):
            return _written_day(words)
    return None


def top(bulletin: Bulletin, lines: Sequence[Line]) -> str:
    """The short lines of a page's head, joined."""
    return "\n".join(bulletin.text[line.start : line.end] for line in lines[:TOP] if line.end - line.start <= 160)


def fact(bulletin: Bulletin, name: str) -> str | None:
    """The value of the first fact of that name."""
    return next((f.value for f in bulletin.facts if f.name == name), None)


def title(bulletin: Bulletin, lines: Iterable[Line]) -> str | None:
    """The bulletin's heading: what the markup says, else its first heading of level 1, else its first heading."""
    stated = fact(bulletin, "title")
    if stated:
        return stated
    headings = [x for x in lines if x.kind is BlockKind.HEADING and label_of(bulletin.text[x.start : x.end]) is None]
    for line in (*(x for x in headings if x.level == 1), *headings[:1]):
        return bulletin.text[line.start : line.end]
    return None
