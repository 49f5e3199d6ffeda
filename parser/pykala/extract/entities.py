"""From the places of a document that read as names to its institutions: which of them mean the same one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pykala.extract.candidates import Candidate
from pykala.extract.likeness import base_of, company_key, distance, ends_with, form_of
from pykala.extract.registers import Town, fold, known_as
from pykala.extract.words import Words, word_list

_LAW = re.compile(r"§:|momenti|\b\w+la(?:ki|in|issa)\b|asetu(?:s|kse)")
_TOWN_BODIES = ("kaupungin", "kunnan", "stads", "kommun", "city", "municipal")
_GENERAL = frozenset({"council", "board"})
_TOWN_HEADS = frozenset({"valtuusto", "hallitus", "fullmaktige", "styrelse"})
_FIXED = ("known", "municipality", "company", "own")


class Resolver:
    """Gives every candidate the key of its entity."""

    def __init__(self, words: Words, home: Town | None, body: str | None) -> None:
        self._words = words
        self._home = home.key if home else None
        self._kind = home.kind if home else None
        self._body = fold(body) if body else None

    def resolve(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates that name something, each with its key, in order."""
        named = [c for c in candidates if not c.bare]
        self._settle_home(named)
        named = [c for c in named if not self._another_kind(c) and not self._any_of_many(c)]
        named = [c if c.key else replace(c, key=self._key(c)) for c in named]
        named = self._uninflected(named)
        merged = self._aliases(named) | self._merge(named)
        named = [replace(c, key=merged.get(str(c.key), c.key)) for c in named]
        return sorted([*named, *self._bare(candidates, named)], key=lambda c: (c.first, -c.last))

    # ------------------------------------------------------------ whose bodies

    def _settle_home(self, named: Sequence[Candidate]) -> None:
        """Where the publisher is not known, the one town whose council or board is named is taken for it."""
        if self._kind is None:
            kinds = Counter(fold(c.core)[:5] for c in named if c.kind in _GENERAL and fold(c.core).startswith(("kaupungin", "kunnan")))
            if kinds:
                self._kind = "kaupunki" if kinds["kaupu"] >= kinds["kunna"] else "kunta"
        if self._home is None:
            owners = {c.owner for c in named if c.owner and c.kind in _GENERAL}
            self._home = owners.pop() if len(owners) == 1 else None

    def _another_kind(self, c: Candidate) -> bool:
        """*Kunnanhallitus* in a town's document is any municipality's, as the law has it."""
        return self._kind == "kaupunki" and c.kind in _GENERAL and c.owner is None and fold(c.name).startswith("kunnan")

    def _any_of_many(self, c: Candidate) -> bool:
        """An agency of the regions that a law speaks of without saying which."""
        return c.kind == "state_agency" and c.key is None and c.first == c.last and self._in_law(c.first)

    def _in_law(self, index: int) -> bool:
        """Whether a word's sentence quotes a section of the law."""
        start, end = self._words.starts[index], self._words.ends[index]
        text = self._words.text
        opening = max(text.rfind(mark, 0, start) for mark in (". ", "\n"))
        closing = min((k for k in (text.find(mark, end) for mark in (". ", "\n")) if k >= 0), default=len(text))
        return bool(_LAW.search(text, max(opening, 0), closing))

    # ------------------------------------------------------------ keys

    def _key(self, c: Candidate) -> str:
        known = known_as(c.name) or (known_as(c.core) if c.core else None)
        legal = c.rule.startswith("forms.")
        if not known and legal:
            known = known_as(base_of(c.name))
        if known:
            return f"known {known.id}"
        if legal or c.kind in ("company", "association", "foundation"):
            return f"company {company_key(c.name)}"
        own = c.owner is None or c.owner == self._home
        if c.kind in _GENERAL and fold(c.core or c.name).startswith(_TOWN_BODIES):
            return f"own {c.kind}" if own else f"own {c.kind} of {c.owner}"
        if c.owner and c.core and fold(c.core) in ("valtuusto", "hallitus"):
            return f"own {c.kind}" if own else f"own {c.kind} of {c.owner}"
        name = c.core if own and c.core else c.name
        return f"{c.head or c.kind} {fold(name).removesuffix('to') if c.head == 'jaosto' else fold(name)}"

    def _uninflected(self, named: list[Candidate]) -> list[Candidate]:
        """Names whose nominative was guessed take it from another mention that fits."""
        settled = sorted({c.name for c in named if not c.inflected})
        return [self._as_settled(c, settled) if c.inflected else c for c in named]

    def _as_settled(self, c: Candidate, settled: Sequence[str]) -> Candidate:
        written = self._words.written(c.first, c.last)
        fitting = next((n for n in settled if form_of(written, n)), None)
        if fitting is None:
            return c
        named = replace(c, name=fitting, core=fitting, case=form_of(written, fitting) or c.case, key=None, inflected=False)
        return replace(named, key=self._key(named))

    # ------------------------------------------------------------ merging

    def _aliases(self, named: list[Candidate]) -> dict[str, str]:
        """Keys of names that another mention gives as its alias."""
        by_name = {c.name: str(c.key) for c in reversed(named)}
        pairs = [(by_name.get(alias), str(c.key)) for c in named for alias in c.aliases if alias != c.core]
        return {key: target for key, target in pairs if key and key != target}

    def _merge(self, named: list[Candidate]) -> dict[str, str]:
        """Keys that turn out to mean the entity of another key."""
        names: dict[str, Candidate] = {}
        for c in named:
            names.setdefault(str(c.key), c)
        counts = Counter(str(c.key) for c in named)
        merged: dict[str, str] = {}
        for key in sorted(names, key=lambda k: (len(k), k)):
            target = self._fuller(key, names) or self._spelt_like(key, names, counts)
            if target:
                merged[key] = target
        return {key: _last(key, merged) for key in merged}

    def _fuller(self, key: str, names: dict[str, Candidate]) -> str | None:
        """The one entity whose name ends in this one's: *elinkeinojaosto* after *kaupunginhallituksen elinkeinojaosto*."""
        head, _, short = key.partition(" ")
        if head in _FIXED:
            return None
        fuller = [k for k in names if k != key and k.startswith(head + " ") and ends_with(k.partition(" ")[2], short)]
        fuller += [k for k, c in names.items() if k.startswith("known ") and c.head == head and ends_with(fold(c.name), short)]
        longest = max(fuller, key=len, default="")
        return longest if longest and all(ends_with(longest, k.partition(" ")[2]) or k == longest for k in fuller) else None

    def _spelt_like(self, key: str, names: dict[str, Candidate], counts: Counter[str]) -> str | None:
        """An entity that is named more often and differs by one or two letters of a long name."""
        head, _, name = key.partition(" ")
        if head in _FIXED or len(name) < 12:
            return None
        near = [
            k for k in names
            if k != key and k.startswith(head + " ") and counts[k] > counts[key] and name[:1] == k.partition(" ")[2][:1]
            and distance(name, k.partition(" ")[2]) <= 2
        ]  # fmt: skip
        return near[0] if len(near) == 1 else None

    # ------------------------------------------------------------ bare heads

    def _bare(self, candidates: Sequence[Candidate], named: list[Candidate]) -> Iterable[Candidate]:
        """Bare heads that point back to a body which the document names."""
        for c in candidates:
            if c.bare:
                target = self._meant(c, named)
                if target:
                    yield replace(c, key=target.key, kind=target.kind, bare=target is not c, aliases=target.aliases if target.first < 0 else ())
                elif self._acts_alone(c, named):
                    yield replace(c, key=f"own {c.kind}", bare=False)

    def _meant(self, c: Candidate, named: list[Candidate]) -> Candidate | None:
        if c.kind == "municipality":
            towns = [n for n in named if n.kind == "municipality"]
            own = next((n for n in towns if n.key == self._home), None)
            return own or (towns[0] if len({n.key for n in towns}) == 1 else None)
        if c.kind in _GENERAL and c.head in _TOWN_HEADS:
            return next((n for n in named if n.key == f"own {c.kind}"), None) or self._one([n for n in named if n.head == c.head])
        fitting = [n for n in named if n.head == c.head and not str(n.key).startswith("company")]
        if (one := self._one(fitting)) is not None:
            return one
        earlier = [n for n in fitting if n.first < c.first]
        ours = [n for n in fitting if fold(n.core or n.name) == self._body]
        if earlier or ours:
            return earlier[-1] if earlier else ours[0]
        return self._header(c) if not fitting else None

    def _header(self, c: Candidate) -> Candidate | None:
        """The body of the page's header, where its own text never names it in full."""
        name = c.name.lower()
        if not self._body or not self._body.endswith(name) or self._body == name:
            return None
        return replace(c, first=-1, key=f"{c.head} {self._body}", aliases=(self._body,), bare=False)

    def _acts_alone(self, c: Candidate, named: Sequence[Candidate]) -> bool:
        """Whether a town's only council is meant by the bare word: the board proposes to it, or it is said to decide."""
        if c.kind != "council" or c.head not in _TOWN_HEADS or self._in_law(c.first):
            return False
        following = self._words.at(c.last + 1).lower
        if self._body == fold(c.name) or (c.case == "nominative" and following in word_list("decided")):
            return True
        board = any(n.key == "own board" for n in named)
        return board and (c.case == "allative" or following.startswith(("hyväksyttäv", "päätettäv", "tiedoksi")))

    def _one(self, named: Sequence[Candidate]) -> Candidate | None:
        return named[0] if named and len({n.key for n in named}) == 1 else None


def _last(key: str, merged: dict[str, str]) -> str:
    seen = {key}
    while key in merged and merged[key] not in seen:
        key = merged[key]
        seen.add(key)
    return key
