"""Names that are known beforehand: municipalities, regions, agencies, courts, universities and their other names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pykala.extract.inflection import case_as_form_of, colon_case, paradigm, possible_forms
from pykala.extract.words import Words
from pykala.rules import load


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality of the register."""

    code: str
    name: str
    swedish: str
    genitive: str
    kind: str

    @property
    def official(self) -> str:
        """Its name as an organisation: *Espoon kaupunki*."""
        return f"{self.genitive} {self.kind}"

    @property
    def key(self) -> str:
        """The key of all its mentions."""
        return f"municipality {self.code}"


@dataclass(frozen=True, slots=True)
class Known:
    """An institution of the register."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A spelling of an institution's name: which name, in which case."""

    known: Known
    name: str
    case: str


_DASHES = str.maketrans({c: "-" for c in "‐‑‒–—−"})


def fold(name: str) -> str:
    """A name without case, quotes and differences of dash and space.

    >>> fold("”UMO  Säätiö”"), fold("A–B")
    ('umo säätiö', 'a-b')
    """
    return " ".join(re.sub("[\"'”“’«»]", "", name.translate(_DASHES)).casefold().split())


@cache
def towns() -> tuple[Town, ...]:
    """All municipalities."""
    return tuple(
        Town(e["id"], e["name"], e.get("swedish", e["name"]), e["genitive"], e["kind"]) for e in load("municipalities")["municipality"]
    )


@cache
def town_forms() -> dict[str, tuple[Town, str]]:
    """Every form of every municipality's Finnish name, with its case; abolished ones give way to those that exist."""
    forms: dict[str, tuple[Town, str]] = {}
    for town in towns():
        for form, meaning in paradigm(town.name, town.genitive).items():
            if not meaning.plural:
                forms.setdefault(form, (town, meaning.case))
    return forms


@cache
def swedish_towns() -> dict[str, Town]:
    """Municipalities by their Swedish names."""
    return {town.swedish: town for town in reversed(towns())}


def town_named(name: str) -> Town | None:
    """The municipality of a Finnish or Swedish name, also as *Espoon kaupunki*."""
    found = town_forms().get(name.removesuffix(" kaupunki").removesuffix(" kunta"))
    return found[0] if found else swedish_towns().get(name)


@cache
def region_genitives() -> frozenset[str]:
    """Genitives of regions: *Uudenmaan*."""
    return frozenset(entry["genitive"] for entry in load("institutions")["region"])


@cache
def _known() -> dict[str, Known]:
    found: dict[str, Known] = {}
    for entry in load("institutions")["institution"]:
        known = Known(entry["id"], entry["name"], entry["kind"])
        for name in (entry["name"], *entry.get("names", ())):
            found.setdefault(fold(name), known)
    return found


def known_as(name: str) -> Known | None:
    """The institution of the register that goes by this name."""
    return _known().get(fold(name))


@cache
def _spellings() -> dict[str, tuple[tuple[tuple[str, ...], KnownForm], ...]]:
    """All forms of all names as sequences of words, by their first word."""
    table: dict[str, list[tuple[tuple[str, ...], KnownForm]]] = {}
    for entry in load("institutions")["institution"]:
        known = Known(entry["id"], entry["name"], entry["kind"])
        for name in (entry["name"], *entry.get("names", ())):
            for spelling, case in _forms_of(name, entry.get("genitives", ())):
                words = tuple(Words(spelling).written(i, i) for i in range(len(Words(spelling))))
                table.setdefault(words[0].lower(), []).append((words, KnownForm(known, name, case)))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}


def _forms_of(name: str, genitives: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    stem, _, last = name.rpartition(" ")
    lead = stem + " " if stem else ""
    fitting = [g for g in genitives if g[:3].lower() == name[:3].lower() and " " not in g.removeprefix(lead)]
    if fitting:
        forms = paradigm(last, fitting[0].rpartition(" ")[2])
    elif last.isupper() or last[-1:] == "+":
        forms = {}
    else:
        forms = {last[:2] + form[2:]: meaning for form, meaning in possible_forms(last.lower()).items()}
    cases = {lead + form: meaning.case for form, meaning in forms.items() if not meaning.plural}
    yield from (cases | {name: "nominative"}).items()



def known_at(words: Words, index: int) -> tuple[int, KnownForm] | None:
    """The institution whose name begins at a word: the index of its last word, and the form."""
    word = words.at(index)
    stem, colon, ending = word.text.partition(":")
    for spelling, form in _spellings().get(stem.lower() if colon else word.lower, ()):
        if len(spelling) == 1:
            if spelling[0].isupper() and len(spelling[0]) < 4 and _shouted(words, index):
                continue
            if _same(stem if colon else word.text, spelling[0]) and (not colon or colon_case(ending)):
                case = colon_case(ending) if colon else form.case
                return index, KnownForm(form.known, form.name, case or form.case)
            continue
        last = index + len(spelling) - 1
        if last < len(words) and all(_same(words.at(index + k).text, s) and (k == 0 or words.adjoin(index + k)) for k, s in enumerate(spelling)):
            return last, form
    return None


def _shouted(words: Words, index: int) -> bool:
    """Whether the word stands among words in capitals, where an acronym cannot be told from a word."""
    near = [w for w in (words.at(index - 1), words.at(index + 1)) if w.letters and len(w.text) > 1]
    return bool(near) and all(w.text.isupper() for w in near)


def _same(text: str, spelling: str) -> bool:
    """Acronyms keep their case; names may be written in lower case or in capitals throughout."""
    if spelling.isupper() or (len(spelling) < 6 and spelling[:1].isupper()):
        return text == spelling
    return text.lower() == spelling.lower()


__all__ = ["Known", "KnownForm", "Town", "case_as_form_of", "fold", "known_as", "known_at", "region_genitives", "town_forms", "town_named", "towns"]
