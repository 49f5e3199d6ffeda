"""When a body met, and when its bulletin came out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pykala.model import BlockKind, Bulletin, Value
from pykala.rules.stems import Sought
from pykala.segment.handlings import HeaderRow, has_year
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
#: What the end of any such name holds, in lower case.
BODY_STEMS = (
    *("valtuusto", "hallitus", "lautakunta", "valiokunta", "jaosto", "johtokunta", "toimikunta", "neuvosto", "kokous"),
    *("fullmäktige", "styrelse", "nämnd", "sektion", "direktion", "council", "board", "committee"),
)
# A line of a page's head that is a day alone, or a day after the body or the sections: *§ 143–145 10.05.2021*.
_RUNNING = re.compile(r"(?:[^.]{0,90}?[ \u00a0\t])?(\d{1,2}\.\d{1,2}\.\d{4})(?:[ \u00a0]klo[ \u00a0\d.:–-]+)?")
_DAY = r"(\d{1,2}\.(?:\d{1,2}\.|[ \u00a0][a-zäö]{4,6}kuuta[ \u00a0])\d{4})"
_WEEKDAY = r"(?:(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)(?:na)?|ma|ti|ke|to|pe|la|su)?\.?[ \u00a0]?"
_NOT_THEIR_SECTION = r"(?!,?[ \u00a0]*(?:\(?§|\d+[ \u00a0]*§))"
_MEETING_DATES = (
    Sought(
        rf"(?:aika|kokousaika|kokouspäivä|kokouspvm|kokouspäivämäärä|kokous|sammanträde(?:sdatum|stid)?|möte|päätöspäivämäärä|päätöspäivä|beslutsdatum|meeting)\b[ \u00a0:,]*{_WEEKDAY}{_DAY}",
        ("aika", "kokous", "sammanträde", "möte", "päätöspäivä", "beslutsdatum", "meeting"),
    ),
    Sought(
        rf"(?:pöytäkirja|esityslista|protokoll|föredragningslista|päätöstiedote)[ \u00a0]+(?:\d{{1,3}}/\d{{4}}[ \u00a0,]+)?{_WEEKDAY}{_DAY}",
        ("pöytäkirja", "esityslista", "protokoll", "föredragningslista", "päätöstiedote"),
    ),
    Sought(rf"(?:hallituksen|valtuuston|lautakunnan|jaoston)[ \u00a0]{_DAY}[ \u00a0]kokou", ("kokou",)),
    Sought(
        rf"(?:päätöksiä|päätökset|päätti|beslut|beslut i korthet)[ \u00a0,:]*{_WEEKDAY}{_DAY}",
        ("päätöks", "päätti", "beslut"),
    ),
    Sought(
        rf"^(?:[\wåäö-]+[ \u00a0]){{0,4}}[\wåäö-]*(?:{BODY_HEAD})[ \u00a0]{_DAY}$",
        BODY_STEMS,
        re.MULTILINE,
    ),
)
_PROSE_DATES = (
    Sought(
        rf"(?:kokouksessaan|kokouksessa|kokoontui|kokoontuu|kokous|sammanträde|möte|meeting)[ \u00a0](?:den[ \u00a0]|on[ \u00a0])?{_WEEKDAY}{_DAY}{_NOT_THEIR_SECTION}",
        ("kokou", "kokoontu", "sammanträde", "möte", "meeting"),
    ),
    Sought(
        rf"(?:valtuusto|hallitus|lautakunta|jaosto)[ \u00a0](?:päätti|hyväksyi|myönsi|valitsi|käsitteli|jakoi|vahvisti)[ \u00a0]{_WEEKDAY}{_DAY}{_NOT_THEIR_SECTION}",
        ("valtuusto", "hallitus", "lautakunta", "jaosto"),
    ),
    Sought(rf"{_DAY}[ \u00a0](?:pidetyssä|pitämässään|pidetyn)?[ \u00a0]?kokouksessaan", ("kokouksessaan",)),
)
# In news a weekday with its date is the meeting's: *maanantaina 20.11.2023*.
_WEEKDAY_DATES = (
    Sought(
        rf"(?:maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina)[ \u00a0]{_DAY}(?!,?[ \u00a0]*\(?§)",
        ("maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina"),
    ),
)
#: How much of a news text is its lead, in characters.
_LEAD = 2500
# A title that names a body and a day: *Kunnanhallituksen kokouskatsaus 10.2.2025*.
_TITLE_DATE = Sought(
    rf"(?:hallitu|valtuust|lautakun|jaost|fullmäktige|styrelse|nämnd)[^.]{{0,50}}?{_DAY}",
    ("hallitu", "valtuust", "lautakun", "jaost", "fullmäktige", "styrelse", "nämnd"),
)
_NEXT = re.compile(r"seuraava|nästa|next|edellinen|Seuraavan", re.IGNORECASE)
_SWEDISH_LEAD = Sought(
    r"(?:måndagen|tisdagen|onsdagen|torsdagen|fredagen|lördagen|söndagen) den \d{1,2} [a-z]+ \d{4}", ("dagen den ",)
)
_MET = Sought(r"(?:meeting|sammanträde|möte)\b[^.]{0,20}?\d{1,2} [A-Za-z]+ \d{4}", ("meeting", "sammanträde", "möte"))
_PUBLISHED = Sought(
    rf"(?:julkaistu|julkaisupäivä|publicerad|published|tiedottaa|informerar|tiedote|uutinen|nyhet|pressmeddelande)[ \u00a0:,|]*(?:\w{{2,12}}na[ \u00a0])?{_DAY}"
    rf"|(?:julkaistu|viety)[ \u00a0]yleise\w+[ \u00a0]tietoverk\w+[ \u00a0]{_DAY}|tullut[ \u00a0]nähtäväksi[ \u00a0]{_DAY}"
    rf"|publicerats i det allmänna datanätet {_DAY}",
    (
        *("julkais", "publicera", "published", "tiedot", "informerar", "uutinen", "nyhet", "pressmeddelande"),
        *("viety", "nähtäväksi"),
    ),
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


class Head(Value):
    """A page's head, taken apart once for all that is looked for in it.

    Attributes:
        lines: every line of the page, the head's first.
        title: the bulletin's heading.
        words: the short lines of the head, joined.
        row: the header row of this meeting.
    """

    bulletin: Bulletin
    lines: Sequence[Line]
    title: str | None
    words: str
    row: HeaderRow | None

    @classmethod
    def of(cls, bulletin: Bulletin, lines: Sequence[Line], rows: Sequence[tuple[int, HeaderRow]]) -> Head:
        """The head of a page, of which the header rows are known."""
        row = next((row for index, row in reversed(rows) if index < TOP), None)
        return cls(bulletin, lines, title(bulletin, lines), top(bulletin, lines), row)


def meeting_date(head: Head, *, prose: bool) -> str | None:
    """The day of the meeting in EDTF, from the page's head, else from what the lead says of the meeting."""
    bulletin, text = head.bulletin, head.bulletin.text
    stated = fact(bulletin, "meeting_date")
    if stated is not None:
        return stated
    if head.row is not None:
        return head.row.date
    told = _TITLE_DATE.search(head.title or "")
    if told:
        return iso_day(told[1])
    day = _told_day(text[:_LEAD] if prose else head.words, prose=prose)
    if day is not None:
        return iso_day(day)
    met = _MET.search(text[:3000]) or (_SWEDISH_LEAD.search(text[:600]) if prose else None)
    if met:
        return _written_day(met[0])
    if prose:
        return _day_without_year(bulletin, published(bulletin, head.lines, prose=True))
    for line in head.lines[:12]:
        match = _RUNNING.fullmatch(text[line.start : line.end].strip())
        if match:
            return iso_day(match[1])
    return None


_ANY_DAY = re.compile(_DAY)
#: How many characters before a day may tell what day it is, and how many after it.
_BEFORE, _AFTER = 110, 30


def _told_day(words: str, *, prose: bool) -> str | None:
    """The first day that is told as the meeting's, as it is written: a label's before one in running text, but for news."""
    days = [match.span() for match in _ANY_DAY.finditer(words)]
    if prose:
        return _first_told(words, days, (*_MEETING_DATES, *_PROSE_DATES, *_WEEKDAY_DATES))
    return _first_told(words, days, _MEETING_DATES) or _first_told(words, days, _PROSE_DATES)


def _first_told(words: str, days: Sequence[tuple[int, int]], patterns: Sequence[Sought]) -> str | None:
    """The first day that a pattern tells: looked for around days alone, because most of a head is none."""
    for first, last in days:
        start, end = max(0, first - _BEFORE), min(last + _AFTER, len(words))
        around = words[start:end].lower()
        for sought in patterns:
            if not sought.may_be_in_lower(around):
                continue
            for match in sought.pattern.finditer(words, start, end):
                if not _NEXT.search(words[max(0, match.start() - 40) : match.start()]):
                    return match[1]
    return None


_SHORT_DAY = re.compile(r"[ \u00a0](\d{1,2}\.\d{1,2}\.)(?!\d)")
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
    day = next((m for m in _SHORT_DAY.finditer(head) if head.endswith(_MEETS_ON, 0, m.start())), None)
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
    stated = fact(bulletin, "published")
    if stated is not None:
        return stated
    text = bulletin.text
    for line in (*lines[:14], *lines[-8:]):
        match = _PUBLISHED.search(text[line.start : line.end]) if has_year(text, line) else None
        if match:
            return iso_day(next(g for g in match.groups() if g))
    for line in lines[-12:]:
        match = _MINUTES_OUT.search(text, line.start, line.end) if has_year(text, line) else None
        if match:
            return iso_day(match[1] or match[2])
    for line in lines[:10] if prose else ():
        words = text[line.start : line.end].strip()
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


def title(bulletin: Bulletin, lines: Sequence[Line]) -> str | None:
    """The bulletin's heading: what the markup says, else its first heading of level 1, else its first heading."""
    stated = fact(bulletin, "title")
    if stated:
        return stated
    headings = [line for line in lines if line.kind is BlockKind.HEADING]
    headings.sort(key=lambda line: line.level != 1)
    for line in headings:
        words = bulletin.text[line.start : line.end]
        if label_of(words) is None:
            return words
    return None
