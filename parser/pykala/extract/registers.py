"""Names that are known beforehand: municipalities, regions, agencies, courts, universities and their other names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pykala.extract.inflection import colon_case, paradigm
from pykala.extract.proper_nouns import case_as_form_of, possible_forms
from pykala.extract.words import Words
from pykala.model import Value
from pykala.rules import load


class Town(Value):
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


class Known(Value):
    """An institution of the register."""

    id: str
    name: str
    kind: str


class KnownForm(Value):
    """A spelling of an institution's name: which name, in which case."""

    known: Known
    name: str
    case: str


_COMMON = 9  # letters: shorter names in lower case are other words (eloisa, keva)
_QUOTES = re.compile("[\"'”“’«»]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name without case, quotes and differences of dash and space.

    >>> fold("”UMO  Säätiö”"), fold("A–B")
    ('umo säätiö', 'a-b')
    """
    return " ".join(_QUOTES.sub("", name.translate(_DASHES)).casefold().split())


@cache
def towns() -> tuple[Town, ...]:
    """All municipalities."""
    return tuple(
        Town(e["id"], e["name"], e.get("swedish", e["name"]), e["genitive"], e["kind"])
        for e in load("municipalities")["municipality"]
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


@cache
def _bodies() -> dict[str, str]:
    return {fold(name): entry["names"][0] for entry in load("institutions")["body"] for name in entry["names"]}


def in_finnish(name: str) -> str:
    """The Finnish name of a body whose name in another language is known; else the name itself."""
    return _bodies().get(fold(name), name)


def known_as(name: str) -> Known | None:
    """The institution of the register that goes by this name."""
    return _known().get(fold(name))


@cache
def _spellings() -> dict[str, dict[int, dict[tuple[str, ...], tuple[tuple[str, ...], KnownForm]]]]:
    """All forms of all names as sequences of words in lower case, by their first word and their number."""
    table: dict[str, dict[int, dict[tuple[str, ...], tuple[tuple[str, ...], KnownForm]]]] = {}
    for entry in load("institutions")["institution"]:
        known = Known(entry["id"], entry["name"], entry["kind"])
        for name in (entry["name"], *entry.get("names", ())):
            for spelling, case in _forms_of(name, tuple(entry.get("genitives", ()))):
                words = tuple(word.text for word in Words(spelling).words)
                lower = tuple(word.lower() for word in words)
                rows = table.setdefault(lower[0], {}).setdefault(len(words), {})
                rows.setdefault(lower, (words, KnownForm(known, name, case)))
    return {first: dict(sorted(rows.items(), reverse=True)) for first, rows in table.items()}


@cache
def _seconds() -> frozenset[str]:
    """The second words of all names: without one of them after it, a word is no more than a name by itself."""
    return frozenset(
        key[1] for sizes in _spellings().values() for size, rows in sizes.items() if size > 1 for key in rows
    )


def opens_known(word: str) -> bool:
    """Whether a name of the register begins with this word, in lower case and without what follows a colon."""
    return word in _spellings()


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
    cases = {
        _agreeing(lead, meaning.case) + form: meaning.case for form, meaning in forms.items() if not meaning.plural
    }
    if not last.isupper() and not name.endswith(("s", "n")):
        cases.setdefault(name + "s", "genitive")
    yield from (cases | {name: "nominative"}).items()


def _agreeing(lead: str, case: str) -> str:
    """What stands before the last word, its adjective in the case of that word: *Oulun yliopistollisen* sairaalan."""
    words = lead.split()
    if not words or not words[-1].endswith("nen") or case == "nominative":
        return lead
    adjective = words[-1]
    forms = paradigm(adjective, adjective[:-3] + "sen")
    words[-1] = next(
        (form for form, meaning in forms.items() if meaning.case == case and not meaning.plural), adjective
    )
    return " ".join(words) + " "


def known_at(words: Words, index: int) -> tuple[int, KnownForm] | None:
    """The institution whose name begins at a word: the index of its last word, and the form."""
    stem, colon, ending = words.spellings[index].partition(":")
    lower, following = stem.lower(), words.at(index + 1).lower
    for size, rows in _spellings().get(lower, {}).items():
        if size > 1 and following not in _seconds():
            continue
        last = index + size - 1
        after = words.words[index + 1 : last + 1]
        found = rows.get((lower, *[word.lower for word in after]))
        if found is None or any(not words.adjoin(k) for k in range(index + 1, last + 1)):
            continue
        spelling, form = found
        texts = (stem, *[word.text for word in after])
        if not all(map(_same, texts, spelling)) or (colon and size > 1):
            continue
        if size == 1 and len(stem) < 4 and spelling[0].isupper() and _shouted(words, index):
            continue
        case = (colon_case(ending) or ("nominative" if ending[:1].isdigit() else None)) if colon else form.case
        if case:
            return last, KnownForm(form.known, form.name, case)
    return None


def _shouted(words: Words, index: int) -> bool:
    """Whether the word stands among words in capitals, where an acronym cannot be told from a word."""
    near = [w for w in (words.at(index - 1), words.at(index + 1)) if w.letters and len(w.text) > 1]
    return bool(near) and all(w.text.isupper() for w in near)


def _same(text: str, spelling: str) -> bool:
    """Acronyms keep their case; names may be written in lower case or in capitals throughout."""
    if spelling.isupper() or (len(spelling) < 6 and spelling[:1].isupper()):
        return text == spelling or (len(text) > 3 and text.isupper() and text == spelling.upper())
    small = text[:1].islower() and spelling[:1].isupper()
    return text.lower() == spelling.lower() and (not small or len(spelling) >= _COMMON)


__all__ = [
    "Known",
    "KnownForm",
    "Town",
    "case_as_form_of",
    "fold",
    "in_finnish",
    "known_as",
    "known_at",
    "region_genitives",
    "town_forms",
    "town_named",
    "towns",
]
