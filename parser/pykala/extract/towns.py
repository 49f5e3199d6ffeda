"""Municipalities as organisations: *Espoon kaupunki* always, a bare *Espoo* only where it acts as one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pykala.extract.candidates import Candidate
from pykala.extract.inflection import Form, paradigm
from pykala.extract.left import listed_genitives
from pykala.extract.registers import Town, fold, swedish_towns, town_forms
from pykala.extract.words import Word, Words, word_list

_TITLES = (
    "johtaja", "päällikkö", "sihteeri", "mestari", "valtuutettu", "jäsen", "rehtori", "insinööri", "asiantuntija", "tarkastaja",
    "lakimies", "arkkitehti", "ministeri", "esittelijä", "suunnittelija", "koordinaattori", "asiamies", "opettaja", "lääkäri",
)  # fmt: skip
_ACTOR_CASES = frozenset({"allative", "ablative", "adessive"})


@cache
def _kinds() -> dict[str, Form]:
    """Forms of the words for a municipality."""
    return paradigm("kaupunki", "kaupungin") | paradigm("kunta", "kunnan") | {"kuntain": Form("genitive", True)}


@cache
def _outer() -> tuple[str, ...]:
    return tuple(word_list("outer_towns"))


def town_of(word: Word) -> tuple[Town, str] | None:
    """The municipality that a word is a form of, and the case."""
    if not word.capital:
        return None
    text = word.text.title() if word.text.isupper() and len(word.text) > 2 else word.text
    if found := town_forms().get(text):
        return found
    plain = text.replace("-", "")
    return town_forms().get(plain.capitalize()) if "-" in text and text not in town_forms() else None


def is_town_word(word: Word) -> bool:
    """Whether a word is a form of *kaupunki* or *kunta*."""
    return word.lower in _kinds()


class TownFinder:
    """Reads municipalities where they are meant as organisations."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def kind_word(self, index: int) -> Form | None:
        """The form of *kaupunki* or *kunta* that the word is."""
        return _kinds().get(self._words.at(index).lower)

    def official(self, index: int) -> Iterator[Candidate]:
        """Names that the word *kaupunki* or *kunta* at ``index`` closes."""
        words, form = self._words, _kinds()[self._words.at(index).lower]
        owners = listed_genitives(words, index)
        if not owners:
            if not form.plural and not words.at(index - 1).open_hyphen:
                yield Candidate(
                    "names.kaupunki", index, index, words.at(index).text, "municipality", form.case, bare=True
                )
            return
        if len(owners) == 1 and form.plural:
            return
        kind = "kaupunki" if words.at(index).lower.startswith("kaupun") else "kunta"
        for owner in owners:
            found = town_of(words.at(owner))
            if len(owners) > 1 and found is None and not form.plural and owner != owners[-1]:
                continue
            last = index if owner == owners[-1] else owner
            yield self._named(owner, last, found[0] if found else None, f"{words.at(owner).text} {kind}", form.case)

    def _named(self, first: int, last: int, town: Town | None, name: str, case: str) -> Candidate:
        key = town.key if town else f"municipality {fold(name)}"
        rule = f"municipalities.{town.code}" if town else "names.town"
        return Candidate(rule, first, last, name, "municipality", case, name, key=key)

    def bare(self, index: int) -> Iterator[Candidate]:
        """A town's bare name, if it acts as the municipality."""
        words = self._words
        found = town_of(words.at(index))
        if found is None or (self.kind_word(index + 1) is not None and words.adjoin(index + 1)):
            return
        town, case = found
        run = [] if self._continues(index, case) else self._list(index, case)
        person = town.name in word_list("surnames") or self._after_title(index)
        acts = case == "nominative" and ((self._acts(index) and not person) or self._role(index))
        if acts or (case in _ACTOR_CASES and not person and not town.name.endswith(_outer())):
            yield self._plain(index, town, case)
        elif len(run) > 1 and run[0] == index and self._list_of_members(run, case):
            for place in run:
                if member := town_of(words.at(place)):
                    yield self._plain(place, member[0], case)

    def _plain(self, index: int, town: Town, case: str) -> Candidate:
        return Candidate(
            f"municipalities.{town.code}", index, index, town.name, "municipality", case, town.name, key=town.key
        )

    def _acts(self, index: int) -> bool:
        words = self._words
        following = words.at(index + 1)
        return words.adjoin(index + 1) and following.lower in word_list("acting") and not words.at(index - 1).capital

    def _after_title(self, index: int) -> bool:
        """Whether a first name or a job title stands before the word, which is then a surname."""
        words, before = self._words, self._words.at(index - 1)
        return words.adjoin(index) and (
            (before.capital and not words.opens(index - 1)) or before.lower.endswith(_TITLES)
        )

    def _role(self, index: int) -> bool:
        return self._words.adjoin(index) and self._words.at(index - 1).lower in word_list("roles")

    def _list(self, index: int, case: str) -> list[int]:
        """Places of the towns listed from ``index`` on in the same case."""
        words, run, k = self._words, [index], index
        while len(run) < 40:
            step = k + 1
            while words.at(step).text == "," or words.at(step).lower in ("ja", "sekä"):
                step += 1
            found = town_of(words.at(step))
            if step == k + 1 or found is None or found[1] != case:
                break
            run.append(step)
            k = step
        return run

    def _continues(self, index: int, case: str) -> bool:
        """Whether the town stands in a list that began before it."""
        before = self._words.at(index - 1)
        found = town_of(self._words.at(index - 2)) if before.text == "," or before.lower in ("ja", "sekä") else None
        return found is not None and found[1] == case

    def _list_of_members(self, run: list[int], case: str) -> bool:
        words, following = self._words, self._words.at(run[-1] + 1)
        before = words.at(run[0] - 1)
        if self.kind_word(run[-1] + 1) is not None:
            return False
        if case == "genitive":
            return following.lower in word_list("joint")
        if case == "nominative":
            return len(run) > 2 or following.lower in word_list("acting") or before.lower in word_list("roles")
        return case == "partitive" and len(run) > 2


def swedish_town(word: Word) -> tuple[Town, str] | None:
    """The municipality that a Swedish name means, and whether it stands in the genitive."""
    found = swedish_towns().get(word.text)
    if found:
        return found, "nominative"
    stem = word.text.removesuffix("s")
    return (swedish_towns()[stem], "genitive") if stem != word.text and stem in swedish_towns() else None
