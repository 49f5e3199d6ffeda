"""Names in Swedish: *stadsstyrelsen*, *nämnden för fostran och utbildning*, *Stiftelsen Aalto*, *Helsingfors stad*.

A Swedish name may go on to the right of its head, so both sides are read. The definite form is the name's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from pykala.extract.candidates import Candidate
from pykala.extract.registers import Town
from pykala.extract.towns import swedish_town
from pykala.extract.words import TAIL, Word, Words, lengths_by_tail, word_list
from pykala.model import Value
from pykala.rules import load


class SwedishHead(Value):
    """A head noun with what turns it into a name."""

    id: str
    kind: str
    named_by: frozenset[str]
    firsts: frozenset[str]
    generic: frozenset[str]


class SwedishForm(Value):
    """A word read as a form of a Swedish head."""

    head: SwedishHead
    first: str
    case: str
    nominative: str
    definite: bool


@cache
def _indefinite() -> frozenset[str]:
    """Forms that need an owner to name one body: *nämnd* beside *nämnden*."""
    return frozenset(entry["stems"][0] for entry in load("swedish")["head"] if len(entry["stems"]) == 2)


@cache
def _forms() -> tuple[dict[str, tuple[SwedishHead, str, str]], dict[str, tuple[int, ...]]]:
    """All forms of the heads, and the lengths of those that end in the same letters, longest first."""
    forms: dict[str, tuple[SwedishHead, str, str]] = {}
    for entry in load("swedish")["head"]:
        sets = (frozenset(entry.get(key, ())) for key in ("named_by", "firsts", "generic"))
        head = SwedishHead(entry["id"], entry["kind"], *sets)
        for stem in entry["stems"]:
            forms.setdefault(stem.lower(), (head, stem, "nominative"))
            forms.setdefault(stem.lower() + "s", (head, stem, "genitive"))
    return forms, lengths_by_tail(forms)


@lru_cache(maxsize=16384)
def swedish_head(text: str) -> SwedishForm | None:
    """The Swedish head that a word ends in."""
    lower = text.lower()
    forms, lengths = _forms()
    for length in lengths.get(lower[-TAIL:], ()):
        found = forms.get(lower[-length:]) if length <= len(lower) else None
        if found:
            head, stem, case = found
            first = text[: len(text) - length]
            if len(first) == 1:
                return None
            written = text[: len(text) - 1] if case == "genitive" else text
            return SwedishForm(head, first, case, written, definite=stem not in _indefinite())
    return None


class SwedishFinder:
    """Reads the names of Swedish heads."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def read(self, index: int, form: SwedishForm) -> Iterator[Candidate]:
        """The name around the head at a word, or the bare head."""
        words, head, by = self._words, form.head, form.head.named_by
        core = self._core(index)
        first, town = self._owner(core)
        last = self._last(index, by)
        if "run" in by and not form.first and (run := self._run(core)) < core - 1:
            yield self._candidate(run, run, index, index, form, None)
            return
        named = (
            last > index
            or self._named(
                index, form, core, owned=first < core or (words.adjoin(core) and words.at(core - 1).lower in _PUBLIC)
            )
            or ("alone" in by)
        )
        if not named and first < core and by & {"owner", "town", "proper"}:
            named = (town is not None or "town" not in by) and not (head.id == "tjanster" and town)
        if not named and "lead" in by and not form.first and words.adjoin(core) and words.at(core - 1).capital:
            first = core = core - 1
            named = True
        if head.id == "stad":
            yield from self._municipality(index, form, first, town)
            return
        if not named:
            if not form.first:
                yield Candidate(
                    f"swedish.{head.id}", index, index, form.nominative, head.kind, form.case, head=head.id, bare=True
                )
            return
        yield self._candidate(first, core, index, last, form, town)

    def _run(self, core: int) -> int:
        """The first of the capitalised words before a head."""
        words, first = self._words, core
        while words.adjoin(first) and words.at(first - 1).capital and core - first < 6:
            first -= 1
        return first

    def _core(self, index: int) -> int:
        """The first word of a compound with parts left out, with an adjective before it."""
        words, first = self._words, index
        if words.adjoin(first) and words.at(first - 1).lower == "och" and words.at(first - 2).open_hyphen:
            first -= 2
            while words.at(first - 1).text == "," and words.at(first - 2).open_hyphen:
                first -= 2
        while words.adjoin(first) and words.at(first - 1).lower in word_list("swedish_adjectives"):
            first -= 1
        return first

    def _owner(self, core: int) -> tuple[int, Town | None]:
        """The town, region or organ in the genitive before a head."""
        words = self._words
        if not words.adjoin(core):
            return core, None
        before = words.at(core - 1)
        if before.lower in ("stads", "kommuns") and (found := swedish_town(words.at(core - 2))):
            return self._directed(core - 2), found[0]
        if found := swedish_town(before):
            return self._directed(core - 1), found[0]
        organ = swedish_head(before.text)
        if organ and organ.case == "genitive" and organ.first:
            return self._core(core - 1), None
        if (before.capital and before.text.endswith("s") and not before.closed and not words.opens(core - 1)) or (
            before.capital and before.text.endswith("s") and len(before.text) > 4
        ):
            start = core - 1
        else:
            return core, None
        return self._directed(start), None

    def _directed(self, start: int) -> int:
        """The first word of a place with the directions before it: *Norra Korsholms*."""
        words = self._words
        while words.adjoin(start) and words.at(start - 1).capital and words.at(start - 1).lower in _DIRECTIONS:
            start -= 1
        return start

    def _named(self, index: int, form: SwedishForm, core: int, *, owned: bool) -> bool:
        by, first = form.head.named_by, form.first.rstrip("-").lower()
        if core < index and self._words.at(core).lower in word_list("swedish_adjectives") and "adjective" in by:
            return True
        if not first or first in form.head.generic:
            return False
        if "Compound" in by:
            return form.first[:1].isupper() and (
                form.first.endswith("-") or not self._words.opens(index) or form.head.id == "stiftelse"
            )
        return "compound" in by and (form.definite or owned) and (not form.head.firsts or first in form.head.firsts)

    def _last(self, index: int, by: frozenset[str]) -> int:
        """The last word of what follows a head: *för fostran och utbildning*, *i Nyland*, a proper name."""
        words, last = self._words, index
        following = words.at(index + 1)
        if (
            "prep" in by
            and words.adjoin(index + 1)
            and following.lower in ("för", "i", "vid")
            and (following.lower == "i" or index < 0 or "fond" not in words.at(index).lower)
        ):
            k = index + 2
            owner = words.at(k).capital and words.at(k).text.endswith("s")
            while (
                words.adjoin(k)
                and k - index < 10
                and (self._goes_on(words.at(k), place=following.lower == "i") or (owner and k == index + 2))
            ):
                k += 1
            while k - 1 > index + 1 and (words.at(k - 1).lower in ("och", "i", "för") or words.at(k - 1).open_hyphen):
                k -= 1
            return k - 1 if k - 1 > index + 1 else index
        if "tail" in by:
            while (
                words.adjoin(last + 1)
                and last - index < 6
                and words.at(last + 1).capital
                and words.at(last + 1).legal is None
            ):
                last += 1
        return last

    def _goes_on(self, word: Word, *, place: bool) -> bool:
        if place:
            return word.capital or word.lower == "och"
        return (
            word.letters and word.lower not in word_list("swedish_stops") and not (word.capital and len(word.text) > 3)
        )

    def _municipality(self, index: int, form: SwedishForm, first: int, town: Town | None) -> Iterator[Candidate]:
        if (
            form.first
            or town is None
            or first != index - 1
            or (self._words.at(index - 1).text.endswith("s") and town is None)
        ):
            return
        name = f"{self._words.at(index - 1).text} {form.nominative.removesuffix('s')}"
        case = "genitive" if self._words.at(index).lower.endswith("s") else "nominative"
        yield Candidate("swedish.stad", first, index, name, "municipality", case, name, key=town.key)

    def _candidate(self, first: int, core: int, at: int, last: int, form: SwedishForm, town: Town | None) -> Candidate:
        words = self._words
        written = words.written(first, at)
        name = written[: len(written) - len(words.at(at).text)] + form.nominative
        name += " " + words.written(at + 1, last) if last > at else ""
        short = name[len(words.written(first, core - 1)) + 1 :] if first < core and town else name
        owner = town.key if town and first < core else None
        return Candidate(
            f"swedish.{form.head.id}", first, last, name, form.head.kind, form.case, short, owner, form.head.id
        )


_PUBLIC = frozenset({"kommunens", "stadens", "områdets", "samkommunens"})
_DIRECTIONS = frozenset({"östra", "västra", "norra", "södra", "mellersta", "egentliga", "sydvästra", "inre"})
