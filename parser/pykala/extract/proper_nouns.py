"""Inflection of names that no list knows.

Such a name is recognised by comparing it with a nominative that the document itself uses; where there is none, its
ending is undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pykala.extract.inflection import VOWELS, Form, colon_case, harmony, paradigm, plural_paradigm

_WEAKER = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"),
    ("ht", "hd"), ("t", "d"), ("p", "v"), ("k", ""), ("d", "d"),
)  # fmt: skip
_LAST_CONSONANTS = re.compile(r"([^aeiouyäöå\W\d_]+)([aeiouyäö]{1,2})$")


def _weakened(stem: str) -> Iterator[str]:
    """The stem with its last consonants in the weak grade, if they have one."""
    found = _LAST_CONSONANTS.search(stem)
    if found is None:
        return
    cluster = found.group(1)
    for strong, weak in _WEAKER:
        if cluster.endswith(strong) and not (len(strong) == 1 and cluster.endswith(("st", "sk", "tk", "sp"))):
            yield stem[: found.start(1)] + cluster[: -len(strong)] + weak + found.group(2)
            return


def _genitives(nominative: str) -> Iterator[str]:
    """The genitives that a proper noun of this shape may have, likeliest first."""
    word = nominative
    if word.endswith("nen"):
        yield from (word[:-3] + "sen", word[:-3] + "sten")
        return
    if word.endswith(("us", "ys", "os", "ös", "is", "as", "äs", "es")):
        yield word[:-1] + "ksen"
        if word.endswith(("us", "ys")):
            yield word[:-1] + "den"
        if word.endswith(("as", "äs", "is")):
            yield from (word[:-1] + word[-2] + "n", *(g + word[-2] + "n" for g in _strengthened(word[:-1])))
    if word.endswith("e"):
        yield word + "en"
        yield from (g + "en" for g in _strengthened(word))
    if word[-1:] not in VOWELS:
        yield word + "in"
        return
    yield word + "n"
    yield from (stem + "n" for stem in _weakened(word))
    if word.endswith("i"):
        stem = word[:-1] + "e"
        yield stem + "n"
        yield from (weak + "n" for weak in _weakened(stem))
        if word.endswith("si"):
            yield word[:-2] + "den"


def _strengthened(stem: str) -> Iterator[str]:
    found = _LAST_CONSONANTS.search(stem)
    if found is None:
        return
    for strong, weak in _WEAKER:
        if weak and found.group(1).endswith(weak):
            yield stem[: found.start(1)] + found.group(1)[: -len(weak)] + strong + found.group(2)


@lru_cache(maxsize=4096)
def possible_forms(nominative: str) -> dict[str, Form]:
    """The forms that a name's last word may take: more than it has, for comparing with words of the same document."""
    forms: dict[str, Form] = {}
    if nominative.endswith("t") and len(nominative) > 4:
        a = harmony(nominative)
        for stem in (nominative[:-1], *_strengthened(nominative[:-1])):
            forms |= plural_paradigm(nominative, stem + "jen", a) | {
                stem + "j" + a: Form("partitive"),
                stem + "ihin": Form("illative"),
            }
    for genitive in _genitives(nominative):
        for form, meaning in paradigm(nominative, genitive).items():
            if not meaning.plural:
                forms.setdefault(form, meaning)
    return forms


def case_as_form_of(word: str, nominative: str) -> str | None:
    """The case in which ``word`` is a form of ``nominative``, or None if it is none.

    >>> case_as_form_of("Bonavalle", "Bonava"), case_as_form_of("Asunnoille", "Asunnot"), case_as_form_of("Bonn", "Bonava")
    ('allative', 'allative', None)
    """
    if word == nominative:
        return "nominative"
    if word[:2].lower() != nominative[:2].lower():
        return None
    if word.startswith(nominative + ":"):
        return colon_case(word[len(nominative) + 1 :])
    found = possible_forms(nominative.lower()).get(word.lower())
    return found.case if found else None


_CASE_BY_ENDING = (
    ("ssa", "inessive"), ("ssä", "inessive"), ("sta", "elative"), ("stä", "elative"), ("lla", "adessive"),
    ("llä", "adessive"), ("lta", "ablative"), ("ltä", "ablative"), ("lle", "allative"), ("ksi", "translative"),
    ("seen", "illative"), ("n", "genitive"),
)  # fmt: skip


def case_by_ending(word: str) -> str | None:
    """The case that a word's ending suggests; None where nothing does.

    >>> case_by_ending("Aurinkolle"), case_by_ending("Auringon"), case_by_ending("Aurinko")
    ('allative', 'genitive', None)
    """
    lower = word.lower()
    if ":" in lower:
        return colon_case(lower.rsplit(":", 1)[1])
    return next(
        (case for ending, case in _CASE_BY_ENDING if lower.endswith(ending) and len(lower) > len(ending) + 2), None
    )


def undo_ending(word: str) -> str:
    """A name's nominative guessed from its form alone; a form that shows no ending is returned as it is.

    >>> undo_ending("Auroranlinnan"), undo_ending("Rannikkoselle"), undo_ending("Kotipolku")
    ('Auroranlinna', 'Rannikkonen', 'Kotipolku')
    """
    if ":" in word:
        return word.rsplit(":", 1)[0]
    case = case_by_ending(word)
    if case is None:
        return word
    ending = next(e for e, c in _CASE_BY_ENDING if word.lower().endswith(e) and c == case)
    return _nominative_of_stem(word[: -len(ending)], genitive=case == "genitive")


def _nominative_of_stem(stem: str, *, genitive: bool) -> str:
    for end, nominative in (("kse", "s"), ("ee", "e"), ("ude", "us"), ("yde", "ys"), ("se", "nen")):
        if stem.endswith(end) and len(stem) > len(end) + 2:
            return stem[: -len(end)] + nominative
    for end, nominative in (("oi", "ot"), ("öi", "öt"), ("ei", "it"), ("ui", "ut")):
        if stem.endswith(end) and not genitive and len(stem) > len(end) + 2:
            return stem[: -len(end)] + nominative
    if genitive and stem.endswith(("oje", "uje", "ie", "ste")) and len(stem) > 6:
        for end, nominative in (("oje", "ot"), ("uje", "ut"), ("ste", "set"), ("ie", "at")):
            if stem.endswith(end):
                return stem[: -len(end)] + nominative
    if genitive and stem.endswith("i") and len(stem) > 3 and stem[-2] not in VOWELS:
        return stem if stem.endswith(("ri", "li", "ni", "ti", "si", "mi", "di", "ki", "vi", "pi")) else stem[:-1]
    return stem
