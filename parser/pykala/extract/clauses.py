"""Where a verb stands in its sentence: main clause or subordinate, with what subject, denied or not, and in what time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from pykala.model import Value
from pykala.rules.stems import Sought

WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*", re.UNICODE)


class Token(Value):
    """A word of a sentence."""

    word: str  # in lower case
    start: int
    end: int


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of a stretch of text."""
    found = []
    for match in WORD.finditer(text, start, end):
        first, last = match.span()
        found.append(Token(match[0].casefold(), first, last))
    return tuple(found)


# Words that open a subordinate clause. *Että* does too; under *päätti* it is handled before it comes here.
_SUBORDINATORS = frozenset(
    "joka jonka jota jossa josta johon jolla jolle jolta jona joiksi jotka joiden joita joissa joista joihin joilla joille joilta "
    "mikä minkä mitä missä mistä mihin millä koska kun jos mikäli että jotta vaikka kuten jolloin joten ellei jollei ennenkuin "
    "kuin milloin miten millainen millaisia ettei jottei "
    "som vilken vilket vilka vars där när att eftersom då ifall "
    "which that who when where because if".split()
)
_BOUNDARY = re.compile(r"[,;:()–—]")

_BODY = (
    *("valtuusto", "hallitus", "lautakunta", "jaosto", "johtokunta", "toimikunta", "neuvosto", "kokous", "valiokunta"),
    *("fullmäktige", "styrelse", "styrelsen", "nämnde", "nämnden", "sektionen", "direktionen", "kommittén"),
)
_OWNER = frozenset("kaupunki kunta hyvinvointialue kuntayhtymä staden kommunen samkommunen välfärdsområdet".split())
_ENGLISH_BODY = frozenset("board council committee division section".split())
_OFFICER = (
    *("johtaja", "päällikkö", "pormestari", "direktör", "sihteeri", "rehtori", "insinööri", "arkkitehti", "geodeetti"),
    *("lääkäri", "tarkastaja"),
)
# Words that may stand between nothing and a subjectless verb: *Lisäksi valittiin …*, *Samalla päätti …*.
_LIGHT = frozenset(
    "lisäksi samalla edelleen yksimielisesti keskustelun jälkeen lopuksi ja sekä myös näin ollen siten kuitenkin asiassa päätös "
    "päätökset se hän he muutoin muilta osin keskustelutta äänestyksen äänestyksessä edellä olevan perusteella esityksestä poiketen "
    "dessutom samtidigt enhälligt vidare därtill beslut och a b c d i ii iii iv".split()
)
CONJUNCTIONS = frozenset("ja sekä että mutta vaan och samt men and but".split())
_NEGATIONS = frozenset("ei eivät eikä en emme ettei etteivät etten inte ej not".split())


@lru_cache(maxsize=20_000)
def _role(word: str) -> Literal["body", "owner", "officer"] | None:
    """As whom a word in the nominative may act."""
    if word.endswith(_BODY) or word in _ENGLISH_BODY:
        return "body"
    if word in _OWNER:
        return "owner"
    return "officer" if word.endswith(_OFFICER) else None


def is_body(token: Token) -> bool:
    """Whether the word is a deciding body in the nominative."""
    return _role(token.word) == "body"


def clause_start(text: str, words: Sequence[Token], index: int) -> int:
    """Index of the first word of the clause that the word stands in: after the last comma, dash or bracket."""
    for i in range(index, 0, -1):
        end, start = words[i - 1].end, words[i].start
        if (start > end + 1 or text[end] != " ") and _BOUNDARY.search(text, end, start):
            return i
    return 0


# A finite verb inside a *som* clause: the next one is the main clause's.
_CLOSES_SOM = frozenset(("hade", "har", "är", "var", "ska", "skulle", "kan", "kunde"))


def is_subordinate(text: str, words: Sequence[Token], index: int) -> bool:
    """Whether the verb stands in a relative, causal or *että* clause.

    >>> s = "Suunnitelma, jonka lautakunta hyväksyi, etenee."
    >>> is_subordinate(s, tokens(s, 0, len(s)), 3)
    True
    """
    first = clause_start(text, words, index)
    for i in range(first, index):
        word = words[i].word
        if word in _SUBORDINATORS and not (word == "som" and _closes_som(words, first, index)):
            return True
    # *…, jonka A ja B, sekä C hyväksyi*: a clause that opens with a conjunction may go on a subordinate one; a subject frees it
    opener = next((i for i in range(first - 1, -1, -1) if words[i].word in _SUBORDINATORS), None)
    if opener is None or first == 0:
        return False
    closed = len(_BOUNDARY.findall(text, words[opener].end, words[index].start))
    has_subject = any(is_body(words[i]) for i in range(first, index))
    return closed < 1 or (words[first].word in CONJUNCTIONS and not has_subject and closed < 2)


def _closes_som(words: Sequence[Token], first: int, index: int) -> bool:
    """Whether the verb is the main clause's, after a *som* clause that has its own."""
    return words[index - 1].word in CONJUNCTIONS or any(w.word in _CLOSES_SOM for w in words[first:index])


class Subject(Value):
    """Who acts: a body, its owner, or an office holder."""

    start: int
    end: int
    officer: bool = False


def subject(words: Sequence[Token], index: int, *, owners: bool = True) -> Subject | None:
    """The nearest body before the verb in its sentence, or right after it.

    Args:
        owners: a town or county may act as well.
    """
    for i in range(index - 1, -1, -1):
        role = _role(words[i].word)
        if role == "body" or (role == "owner" and owners):
            return Subject(words[i].start, words[i].end)
        if role == "officer" and index - i <= 4:
            return Subject(words[i].start, words[i].end, officer=True)
    for i in range(index + 1, min(index + 4, len(words))):
        if is_body(words[i]):
            return Subject(words[i].start, words[i].end)
        if words[i].word in CONJUNCTIONS:
            break
    return None


def is_subjectless(words: Sequence[Token], index: int, first: int) -> bool:
    """Whether nothing but adverbs stands between the start of the clause and the verb."""
    return all(w.word in _LIGHT or w.word.endswith("sti") for w in words[first:index])


_AS_PROPOSED = frozenset("ehdotuksen esityksen esityslistan päätösehdotuksen päätösesityksen liitteen ohjelman".split())


def is_reported(words: Sequence[Token], index: int) -> bool:
    """Whether somebody's view is told: *Johtajan mukaan hakemusta ei hyväksytä*."""
    return any(words[i].word == "mukaan" and i and words[i - 1].word not in _AS_PROPOSED for i in range(index))


def is_coordinated(words: Sequence[Token], index: int) -> bool:
    """Whether a conjunction stands up to three words before: *… ja samalla oikeutti*."""
    return any(token.word in CONJUNCTIONS for token in words[max(0, index - 3) : index])


def is_negated(words: Sequence[Token], index: int, reach: int = 6) -> bool:
    """Whether a negation stands shortly before the word, or right after it as in Swedish."""
    before = any(words[i].word in _NEGATIONS for i in range(max(0, index - reach), index))
    return before or (index + 1 < len(words) and words[index + 1].word in ("inte", "ej"))


_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
# The end of any date, looked for first: a search for it leaps from one full stop to the next.
_MONTH_AND_YEAR = re.compile(r"\.\d{1,2}\.\d{4}")
_PARTICIPLE = re.compile(
    r"^[\s,]*(?:(?:§|§:n|klo)?[\s\d.§/()]*)?(?:\w+\s+){0,2}?(?:(?!\w*(?:ohjelma|suunnitelma))\w*(?:mä|ma|mänsä|mansa|män|man|miin|mää|maa|ttyyn?|ttuun?|tty|ttu|"
    r"tyn|tun|dyn|dun|neen|nyt|nut|päivätty\w*|päivätyn|pidet\w+|tehd\w+|saapu\w+|kirjat\w+|alkaen|lukien|asti|saakka|mennessä|voimaan)\b|jälkeen\b)"
)
_SECTION = re.compile(r"§[ \u00a0]*\d|\d[ \u00a0]*§")
_EARLIER = Sought(
    r"\b(?:jo (?:keväällä|kesällä|syksyllä|talvella|alkuvuodesta)|aiemmin|aikaisemmin|viime vuonna|viime (?:syksynä|keväänä|talvena|kesänä)|edellisessä kokouksessa\w*|aikanaan|tidigare|earlier)\b"
    r"|\b(?:vuonna|år|in)[ \u00a0](?P<year>(?:19|20)\d\d)\b|\b\w+kuussa[ \u00a0](?P<month>(?:19|20)\d\d)\b|\b(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuussa\b",
    (
        *("jo ", "aiemmin", "aikaisemmin", "viime ", "edellisessä", "aikanaan", "tidigare", "earlier", "kuussa"),
        *(f"{word}{space}{century}" for word in ("vuonna", "år", "in") for space in " \u00a0" for century in (19, 20)),
    ),
)


_CLOSES = re.compile(r"[ \u00a0]*(?:[.,]|$)")
#: How far after its verb a month of an earlier year may stand.
_EARLIER_REACH = 70
# The date of a decision that is acted on: *hylkäsi vaatimuksen, joka koskee johtajan päätöstä 17.2.2025 (§ 14)*.
_OF_DECISION = re.compile(r"\b(?:päätö\w+|beslut\w*)$")
_ALREADY = re.compile(r"[ \u00a0]jo\b")


class Now(Value):
    """When a document speaks.

    Attributes:
        meeting: day of the meeting in EDTF, where known.
        year: year of the meeting or publication, where known.
        news: a day or a year at the end of a clause is when it was decided: *hyväksyi suunnitelman 12.3.2020.*
    """

    meeting: str | None
    year: int | None
    news: bool = False


def is_history(text: str, clause: tuple[int, int], verb: tuple[int, int], now: Now) -> bool:
    """Whether the clause tells what was decided at another time.

    A date that belongs to what is acted on (*kumosi 26.1.2024 tekemänsä päätöksen*, *1.3.2025 alkaen*) does not count.

    Args:
        clause, verb: their spans.
    """
    (start, end), meeting, news = clause, now.meeting, now.news
    stop = verb[1] + 45
    for match in _DATE.finditer(text, start, end) if _MONTH_AND_YEAR.search(text, start, end) else ():
        day = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        if match.start() > stop and not _SECTION.match(text[match.end() : match.end() + 12].lstrip(" ,(\u00a0")):
            continue
        if (
            day == meeting
            or (meeting is not None and day > meeting and len(meeting) == len(day))
            or _PARTICIPLE.match(text[match.end() : min(end, match.end() + 60)])
        ):
            continue
        after = match.start() >= verb[1]
        near = text[verb[1] : match.start()].strip().casefold() if after else ""
        if _OF_DECISION.search(near):
            continue
        has_section = bool(_SECTION.search(text, max(start, match.start() - 8), min(end, match.end() + 10)))
        closes = news and meeting is not None and _CLOSES.match(text, match.end()) is not None
        if (
            after
            and not has_section
            and not closes
            and not text.startswith(" äänin", match.end())
            and near.split(" ")[-1] not in ("", "jo", "kokouksessaan", "kokouksessa", "möte", "sammanträde")
        ):
            continue
        if meeting is not None or has_section:
            return True
    return _ALREADY.match(text[verb[1] : verb[1] + 5]) is not None or _says_earlier(text, clause, verb, now)


def _says_earlier(text: str, clause: tuple[int, int], verb: tuple[int, int], now: Now) -> bool:
    """Whether a word such as *aiemmin*, a year or a month tells that it was earlier."""
    start, end = clause[0], min(clause[1], verb[1] + _EARLIER_REACH)
    if not _EARLIER.may_be_in(text[start:end]):
        return False
    for match in _EARLIER.pattern.finditer(text, start, end):
        far = match.end() > verb[1] + 20
        if far and match["month"] is None and not (now.news and match["year"] and _CLOSES.match(text, match.end())):
            continue
        told = match["year"] or match["month"]
        if told is not None and _PARTICIPLE.match(text[match.end() : match.end() + 40]):
            continue
        before = int(told) < now.year if told is not None and now.year is not None else match.start() < verb[0]
        if told is None or before:
            return True
    return False
