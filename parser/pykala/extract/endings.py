"""The way back from an inflected name to its nominative, by the nouns that names usually end in."""

from __future__ import annotations

from functools import cache

from pykala.extract.inflection import paradigm
from pykala.extract.proper_nouns import case_by_ending, undo_ending
from pykala.rules import load


@cache
def _nouns() -> dict[str, tuple[str, str]]:
    """Forms of the nouns that close names: the nominative and the case."""
    forms: dict[str, tuple[str, str]] = {}
    for pair in load("names")["nouns"]:
        nominative, genitive = pair.split()
        for form, meaning in paradigm(nominative, genitive).items():
            if not meaning.plural:
                forms.setdefault(form, (nominative, meaning.case))
    return forms


def nominative_of(word: str) -> tuple[str, str | None]:
    """A name's last word in the nominative, and the case that it had.

    >>> nominative_of("Rannanlinnalle"), nominative_of("12:n"), nominative_of("Kaisla")
    (('Rannanlinna', 'allative'), ('12', 'genitive'), ('Kaisla', 'nominative'))
    """
    lower = word.lower()
    for length in range(min(len(lower), 16), 2, -1):
        found = _nouns().get(lower[-length:])
        if found:
            nominative, case = found
            ending = nominative if length < len(lower) or not word[:1].isupper() else nominative.capitalize()
            return word[: len(word) - length] + ending, case
    if lower.endswith("nen"):
        return word, "nominative"
    return undo_ending(word), case_by_ending(word)
