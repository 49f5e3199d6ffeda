"""Other names that a document gives an institution where it names it: in brackets, after *eli*, with its business id."""

from __future__ import annotations

import re

from pykala.extract.words import Words

_ID = re.compile(r"\b(\d{7}-\d)\b")
_LATER = re.compile(
    r"^(?:jäljempänä|jälj\.|jatkossa|myöhemmin|tästä eteenpäin|nedan|hädanefter|senare|hereinafter)(?: myös)?:?\s+",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-ZÅÄÖ][\w&+-]*[A-ZÅÄÖ][\w&+-]*|[A-ZÅÄÖ]{2,}")
_QUOTES = "\"'”“’«» "


def bracket_after(words: Words, index: int) -> tuple[int, int, str] | None:
    """What stands in brackets just after a word: index of the first and last word inside, and the text."""
    if words.at(index + 1).text != "(":
        return None
    for k in range(index + 2, min(index + 14, len(words))):
        if words.at(k).text == ")":
            return (index + 2, k - 1, words.written(index + 2, k - 1)) if k > index + 2 else None
    return None


def business_id(text: str) -> str | None:
    """A business id in a text, if its check digit is right.

    >>> business_id("Y-tunnus 0201256-6"), business_id("Y-tunnus 0201256-7"), business_id("12.3.2024")
    ('0201256-6', None, None)
    """
    found = _ID.search(text)
    if found is None:
        return None
    from stdnum.fi import ytunnus  # here, because it is asked for seldom and slow to load

    return found.group(1) if ytunnus.is_valid(found.group(1)) else None


def alias_in(text: str) -> str | None:
    """The name that a bracket gives, or None where it says something else.

    >>> alias_in("HSL"), alias_in("jäljempänä Sigma"), alias_in("jäljempänä ”yhtiö”"), alias_in("kpl"), alias_in("2021–2025")
    ('HSL', 'Sigma', None, None, None)
    """
    later = _LATER.match(text)
    name = text[later.end() :] if later else text
    name = name.strip(_QUOTES)
    if not name or any(c.isdigit() for c in name[:1]) or _ID.search(name):
        return None
    if later:
        return name if name[:1].isupper() and len(name.split()) < 6 else None
    return name if _ACRONYM.fullmatch(name) else None


def written_id(words: Words, index: int) -> str | None:
    """The business id written after a name, in brackets or after a comma."""
    if words.at(index + 1).text not in ("(", ",", "Y-tunnus", "y-tunnus", "FO-nummer"):
        return None
    end = words.ends[index]
    window = words.text[end : end + 45]
    found = _ID.search(window)
    if found is None or re.search(r"\b(?:Oy|Ab|ry|Oyj)\b|\n|\.\s", window[: found.start()]):
        return None
    return business_id(found.group(1))
