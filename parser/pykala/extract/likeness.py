"""When two spellings are the same name: without form words, in another case, or misspelt."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from pykala.extract.proper_nouns import case_as_form_of
from pykala.extract.registers import fold

_FORM_WORDS = re.compile(
    r"\b(?:oyj?|abp?|ky|ay|osk|ry|rf|sr|rs|ltd|tmi|t:mi|r\.y|r\.f|asunto-osakeyhtiö|osakeyhtiö|aktiebolag)\b\.?",
    re.IGNORECASE,
)
_OPENERS = re.compile(r"^(?:kiinteistö|asunto|as|koy|kiint|bostads|fastighets)\b\.?\s+", re.IGNORECASE)


@lru_cache(maxsize=16384)
def _without_forms(name: str) -> str:
    return " ".join(_FORM_WORDS.sub(" ", name).split())


@lru_cache(maxsize=16384)
def base_of(name: str) -> str:
    """A company's or association's name without the words of legal form.

    >>> base_of("Kiinteistö Oy Kivi"), base_of("Oy Aalto Ab"), base_of("Rannan kerho ry")
    ('Kivi', 'Aalto', 'Rannan kerho')
    """
    bare = _without_forms(name)
    shorter = _OPENERS.sub("", bare)
    return (shorter if shorter != bare and re.search(r"\b(?:Oy|Ab)\b", name, re.IGNORECASE) else bare).strip(" -–")


@lru_cache(maxsize=16384)
def company_key(name: str) -> str:
    """Names that differ only in form words, case, hyphens and spaces have the same key.

    >>> company_key("Rannan museo säätiö sr") == company_key("Rannan Museosäätiö")
    True
    """
    base = base_of(name) or name
    opened = "house " if len(name.split()) > 2 and _OPENERS.match(_without_forms(name)) else ""
    return opened + re.sub(r"[\s\-]", "", fold(base))


def distance(a: str, b: str, limit: int = 2) -> int:
    """Edit distance of two words, not counted beyond ``limit``.

    >>> distance("elineinojaosto", "elinkeinojaosto"), distance("vesi", "tuli")
    (1, 3)
    """
    return Levenshtein.distance(a, b, score_cutoff=limit)


def ends_with(name: str, short: str) -> bool:
    """Whether a name ends in a shorter one, at a word or after a leading hyphen."""
    return name.endswith((" " + short, " -" + short))


def form_of(written: str, nominative: str) -> str | None:
    """The case in which the words are a form of a name: all but the last the same, the last inflected."""
    a, b = written.split(), nominative.split()
    if len(a) != len(b) or fold(" ".join(a[:-1])) != fold(" ".join(b[:-1])):
        return None
    return case_as_form_of(a[-1], b[-1])
