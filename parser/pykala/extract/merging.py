"""Keys that turn out to mean one entity: a shorter name of a body, a misspelling, a company said with what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pykala.extract.candidates import Candidate
from pykala.extract.likeness import base_of, company_key, distance, ends_with
from pykala.extract.registers import fold
from pykala.extract.words import Words

_FIXED = ("known", "municipality", "company", "own")
_SAID = ("yhtiö", "yhdistys", "seura", "liike", "konserni", "toimisto", "säätiö")
_LONG = 12  # letters: shorter names that are nearly alike may well be two
_MANY = 60  # names of one sort, beyond which likeness proves nothing


def aliases(named: Sequence[Candidate]) -> dict[str, str]:
    """Keys of names that another mention gives as its alias."""
    by_name = {c.name: str(c.key) for c in reversed(named)}
    pairs = [(by_name.get(alias), str(c.key)) for c in named for alias in c.aliases if alias != c.core]
    return {key: target for key, target in pairs if key and key != target}


class Merger:
    """Compares the keys of a document."""

    def __init__(self, words: Words, named: Sequence[Candidate]) -> None:
        self._words = words
        self._names: dict[str, Candidate] = {}
        for c in named:
            self._names.setdefault(str(c.key), c)
        self._counts = Counter(str(c.key) for c in named)
        self._bases = {key.removeprefix("company "): key for key in self._names if key.startswith("company ")}
        self._endings: dict[tuple[str, str], list[str]] = {}
        self._alike: dict[tuple[str, str], list[str]] = {}
        for key, c in self._names.items():
            head, _, name = key.partition(" ")
            if head == "known" and c.head:
                head, name = c.head, fold(c.name)
            if head not in _FIXED:
                self._alike.setdefault((head, name[:1]), []).append(key)
                parts = name.split()
                for k in range(1, len(parts)):
                    self._endings.setdefault((head, " ".join(parts[k:]).removeprefix("-")), []).append(key)

    def merged(self) -> dict[str, str]:
        """The keys that give way to another, each with that other."""
        merged: dict[str, str] = {}
        for key in sorted(self._names, key=lambda k: (len(k), k)):
            target = self._longer_company(self._names[key]) or self._fuller(key) or self._spelt_like(key)
            if target:
                merged[key] = target
        return {key: _last(key, merged) for key in merged}

    def _longer_company(self, c: Candidate) -> str | None:
        """The company without a word before its name that says what it is: *kehitysyhtiö Aalto Oy* and *Aalto Oy*."""
        words = base_of(c.name).split() if c.rule.startswith("forms.") else ()
        for k in range(1, min(len(words), 4)):
            said = words[k - 1].lower().endswith(_SAID) or (k == 1 and self._words.opens(c.first))
            if said and (shorter := self._bases.get(company_key(" ".join(words[k:])))):
                return shorter
        return None

    def _fuller(self, key: str) -> str | None:
        """The one entity whose name ends in this one's: *elinkeinojaosto* after *kaupunginhallituksen elinkeinojaosto*."""
        head, _, short = key.partition(" ")
        if head in _FIXED:
            return None
        fuller = [k for k in self._endings.get((head, short), ()) if k != key][:_MANY]
        longest = max(fuller, key=len, default="")
        name = fold(self._names[longest].name) if longest.startswith("known ") else longest
        return (
            longest if longest and all(k == longest or ends_with(name, k.partition(" ")[2]) for k in fuller) else None
        )

    def _spelt_like(self, key: str) -> str | None:
        """An entity that is named more often and differs by one or two letters of a long name."""
        head, _, name = key.partition(" ")
        near = self._alike.get((head, name[:1]), ())
        if head in _FIXED or len(name) < _LONG or len(near) > _MANY:
            return None
        near = [k for k in near if self._counts[k] > self._counts[key] and distance(name, k.partition(" ")[2]) <= 2]
        return near[0] if len(near) == 1 else None


def _last(key: str, merged: dict[str, str]) -> str:
    seen = {key}
    while key in merged and merged[key] not in seen:
        key = merged[key]
        seen.add(key)
    return key
