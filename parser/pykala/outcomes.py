"""How a matter was settled: as proposed, as amended, or by a vote, and the counts of the vote."""

from __future__ import annotations

import re
from functools import lru_cache

from pykala.model import VoteCount
from pykala.rules.stems import Sought, lowered

_VOTE = Sought(
    r"\b(?:äänin|äänestyksen jälkeen|äänestyksessä|äänestyksellä|ääntä vastaan|äänestyspäätöksellä|med rösterna|efter omröstning|efter en omröstning|efter rösträkning|by a vote of|by \d+ votes to|lippuäänestyksessä|suljetuin lipuin|suljetussa lippuäänestyksessä)\b"
    r"|\bjaa[- ]?(?:ääniä)?:?\s*\d+.{0,25}?\bei[- ]?(?:ääniä)?:?\s*\d+",
    (
        *("äänin", "äänesty", "ääntä vastaan", "suljetuin lipuin", "jaa"),
        *("rösterna", "omröstning", "rösträkning", "vote"),
    ),
)
_AMENDED = Sought(
    r"\bmuutetun (?:päätös)?(?:ehdotuksen|esityksen)|\bmuuttaman (?:päätös)?(?:ehdotuksen|esityksen)|\bsillä (?:muutoksella|lisäyksellä|tarkennuksella)\b|\bsiten muutettuna|\bmuutettu (?:päätös)?(?:ehdotus|esitys) hyväks|\btehdyin (?:muutoksin|lisäyksin|tarkistuksin|täsmennyksin|tarkennuksin|korjauksin)|\bmuutettuna\b|\bseuraavin (?:muutoksin|lisäyksin|tarkennuksin)|"
    r"\bmuuten (?:päätös)?ehdotuksen mukaan|\bmed (?:följande )?ändring|\bmuutoksin\b",
    (
        *("muute", "muuttaman ", "muutoksella", "muutoksin", "lisäyksellä", "tarkennuksella"),
        *("tehdyin ", "seuraavin ", "ändring"),
    ),
)
_PROPOSED = Sought(
    r"\b(?:päätös)?(?:ehdotuksen|esityksen|päätösesityksen) (?:mukaan|mukaisesti|mukainen|mukaisena)\b|"
    r"\benligt (?:besluts)?förslaget\b|\bi enlighet med förslaget\b|\bas proposed\b",
    ("ehdotuksen ", "esityksen ", "förslaget", "as proposed"),
)
# The first that a statement tells holds.
_OUTCOMES = (("by_vote", _VOTE), ("as_amended", _AMENDED), ("as_proposed", _PROPOSED))
# What any counted vote holds, in lower case: without it *kirjaa 5* is none.
_VOTES = re.compile(r"ään(?:in|t|e|iä)|\bjaa[- :\d]|röst|votes")
# Each form of a count in lower case, by a word that it holds.
_COUNTS = {
    "puolesta": re.compile(r"puolesta\s+äänesti\s+(?P<yes>\d+)\b[^.]{0,40}?vastaan\s+(?P<no>\d+)"),
    "äänin": re.compile(
        r"äänin\s+(?P<yes>\d+)\s*(?:[–—−-]|ääntä vastaan|vastaan)\s*(?P<no>\d+)(?:[,\s]+(?P<empty>\d+)\s+tyhjää)?(?:[,\s]+(?P<absent>\d+)\s+poissa)?"
    ),
    "äänellä": re.compile(
        r"(?P<yes>\d+)\s+äänellä\s+(?P<no>\d+)(?:\s+ääntä)?\s+vastaan(?:[,\s(]+(?P<empty>\d+)\s+tyhjää)?"
    ),
    "jaa": re.compile(
        r"jaa[- ]?(?:ääniä|ääntä)?:?\s*(?P<yes>\d+)\s*(?:kpl|ääntä)?[,;.\s]*(?:ja\s+)?ei[- ]?(?:ääniä|ääntä)?:?\s*(?P<no>\d+)(?:[,;.\s]*tyhjiä:?\s*(?P<empty>\d+))?(?:[,;.\s]*poissa:?\s*(?P<absent>\d+))?"
    ),
    "votes": re.compile(r"by\s+(?P<yes>\d+)\s+votes\s+to\s+(?P<no>\d+)(?:,?\s+with\s+(?P<empty>\d+)\s+abstentions?)?"),
    "rösterna": re.compile(r"rösterna\s+(?P<yes>\d+)\s*[–—−-]\s*(?P<no>\d+)(?:[,\s]+(?P<empty>\d+)\s+blanka)?"),
}


def outcome_of(text: str) -> str | None:
    """The outcome that a statement itself tells, never worked out from elsewhere.

    >>> outcome_of("Lautakunta päätti äänin 7–4 myydä tontin."), outcome_of("Päätös on ehdotuksen mukainen.")
    ('by_vote', 'as_proposed')
    >>> outcome_of("Asia hyväksyttiin sillä lisäyksellä, että tontti aidataan.")
    'as_amended'
    >>> outcome_of("Lautakunta päätti yksimielisesti myydä tontin.") is None
    True
    """
    lower = text.lower()
    for outcome, sought in _OUTCOMES:
        if sought.may_be_in_lower(lower) and sought.pattern.search(text):
            return outcome
    return None


def count_of(text: str, start: int = 0, end: int | None = None) -> VoteCount | None:
    """The first vote counted in a stretch of text.

    >>> count_of("Päätös syntyi äänin 32–24, 3 tyhjää.")
    VoteCount(start=14, end=35, yes=32, no=24, empty=3, absent=None)
    """
    end = len(text) if end is None else end
    return next((vote for vote in counts(text) if start <= vote.start and vote.end <= end), None)


@lru_cache(maxsize=4)
def counts(text: str) -> tuple[VoteCount, ...]:
    """Every counted vote of a text, in order; remembered, because each act of a document asks for it."""
    lower = lowered(text)
    found = [m for word, form in _COUNTS.items() if word in lower for m in form.finditer(lower)]
    if not found or _VOTES.search(lower) is None:
        return ()
    return tuple(map(_count, sorted(found, key=lambda m: m.start())))


def _count(match: re.Match[str]) -> VoteCount:
    groups = match.groupdict()
    optional = (int(groups[k]) if groups.get(k) else None for k in ("empty", "absent"))
    return VoteCount(match.start(), match.end(), int(groups["yes"]), int(groups["no"]), *optional)
