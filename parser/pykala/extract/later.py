"""Mentions that only the document explains: an alias given in brackets, a company's name without its form words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pykala.extract.candidates import LEGAL_KINDS, Candidate
from pykala.extract.likeness import base_of
from pykala.extract.proper_nouns import case_as_form_of
from pykala.extract.registers import region_genitives, town_forms, town_named
from pykala.extract.words import Words, word_list
from pykala.model import Value


class Short(Value):
    """A shorter name of an entity, in words."""

    words: tuple[str, ...]
    of: Candidate


def find(words: Words, resolved: list[Candidate]) -> Iterator[Candidate]:
    """Further mentions of the entities that are already known, outside the words that they cover."""
    taken = {k for c in resolved if not c.bare for k in range(c.first, c.last + 1)}
    table: dict[str, list[Short]] = {}
    for short in _shorts(resolved):
        table.setdefault(short.words[0][:3], []).append(short)
    if not table:
        return
    done = -1
    for index in words.capitals:
        shorts = table.get(words.spellings[index][:3])
        if shorts is None or index <= done or index in taken:
            continue
        if found := next((m for s in shorts if (m := _matched(words, index, s, taken))), None):
            yield found
            done = found.last


def _shorts(resolved: Iterable[Candidate]) -> list[Short]:
    """Shorter names, longest first, each meaning one entity only."""
    found: dict[tuple[str, ...], Short | None] = {}
    for c in resolved:
        if c.bare or c.kind == "municipality":
            continue
        names = list(c.aliases)
        if c.kind in LEGAL_KINDS:
            names.append(base_of(c.name))
            names += _first_word(c)
        for name in names:
            key = tuple(name.split())
            if not key or not _tells(key):
                continue
            known = found.get(key)
            found[key] = Short(key, c) if key not in found or (known is not None and known.of.key == c.key) else None
    return sorted((s for s in found.values() if s), key=lambda s: (-len(s.words), s.words))


def _first_word(c: Candidate) -> list[str]:
    """The first word of a company's name of several words, if it is a proper name by its looks."""
    words = base_of(c.name).split() if c.kind == "company" else ()
    first = words[0] if len(words) > 1 else ""
    if len(first) < 4 or not first[:1].isupper() or first.endswith("n"):
        return []
    ordinary = first.lower() in word_list("openers") or first in region_genitives() or _place(first)
    return [] if ordinary else [first]


def _place(word: str) -> bool:
    return word in town_forms() or town_named(word) is not None or town_named(word.removesuffix("s")) is not None


def _tells(words: tuple[str, ...]) -> bool:
    first = words[0]
    if not first[:1].isupper() or len(first) < 2:
        return False
    return len(words) > 1 or (not _place(first) and first.lower() not in word_list("openers") and len(first) > 2)


def _matched(words: Words, index: int, short: Short, taken: set[int]) -> Candidate | None:
    last = index + len(short.words) - 1
    for k, expected in enumerate(short.words[:-1]):
        if words.at(index + k).text != expected or (k and not words.adjoin(index + k)) or index + k in taken:
            return None
    if last in taken or last >= len(words) or (last > index and not words.adjoin(last)):
        return None
    word = words.at(last)
    expected = short.words[-1]
    case = case_as_form_of(word.text, expected)
    if len(short.words) == 1 and words.adjoin(last + 1) and words.at(last + 1).capital:
        return None
    if case is None or (case == "nominative" and word.text != expected):
        return None
    if (
        len(short.words) == 1
        and words.opens(index)
        and case == "nominative"
        and not expected.isupper()
        and short.of.name.split()[0] == expected
    ):
        return None
    of = short.of
    return Candidate(of.rule, index, last, " ".join(short.words), of.kind, case, "", head=of.head, key=of.key)
