"""From the places of a document that read as names to its institutions: which of them mean the same one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from pykala.extract import merging
from pykala.extract.candidates import Candidate
from pykala.extract.likeness import base_of, company_key, form_of
from pykala.extract.registers import Town, fold, in_finnish, known_as
from pykala.extract.words import Words, read_word, word_list

_LAW = re.compile(r"§:|momenti|\b\w+la(?:ki|in|issa)\b|asetu(?:s|kse)")
_TOWN_BODIES = ("kaupungin", "kunnan", "stads", "kommun", "city", "municipal")
_SENTENCE = 600  # characters: no sentence is looked at beyond
_TELLING, _MANY = 4, 50
_GENERAL = frozenset({"council", "board"})
_TOWN_HEADS = frozenset({"valtuusto", "hallitus", "fullmaktige", "styrelse"})


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
        quoted = {fold(c.name) for c in named if self._any_of_many(c)}
        if quoted:
            named = [c for c in named if c.key or fold(c.name) not in quoted]
        if self._kind == "kaupunki":
            named = [c for c in named if not self._another_kind(c)]
        named = self._uninflected(self._keyed(named))
        merged = merging.aliases(named) | merging.Merger(self._words, named).merged()
        named = [replace(c, key=merged[str(c.key)]) if c.key in merged else c for c in named]
        return sorted([*named, *self._bare(candidates, named)], key=lambda c: (c.first, -c.last))

    # ------------------------------------------------------------ whose bodies

    def _settle_home(self, named: Sequence[Candidate]) -> None:
        """Where the publisher is not known, the one town whose council or board is named is taken for it."""
        if self._kind is None:
            kinds = Counter(
                fold(c.core)[:5]
                for c in named
                if c.kind in _GENERAL and fold(c.core).startswith(("kaupungin", "kunnan"))
            )
            if kinds:
                self._kind = "kaupunki" if kinds["kaupu"] >= kinds["kunna"] else "kunta"
        if self._home is None:
            owners = {c.owner for c in named if c.owner and c.kind in _GENERAL}
            self._home = owners.pop() if len(owners) == 1 else None

    def _another_kind(self, c: Candidate) -> bool:
        """*Kunnanhallitus* in a town's document is any municipality's, as the law has it."""
        return c.kind in _GENERAL and c.owner is None and fold(c.name).startswith("kunnan")

    def _any_of_many(self, c: Candidate) -> bool:
        """An agency of the regions that a law speaks of without saying which."""
        return c.kind == "state_agency" and c.key is None and c.first == c.last and self._in_law(c.first)

    def _in_law(self, index: int) -> bool:
        """Whether a word's sentence quotes a section of the law."""
        start, end = self._words.starts[index], self._words.ends[index]
        text = self._words.text
        opening = max(text.rfind(mark, max(start - _SENTENCE, 0), start) for mark in (". ", "\n"))
        ends = (text.find(mark, end, end + _SENTENCE) for mark in (". ", "\n"))
        closing = min((k for k in ends if k >= 0), default=end + _SENTENCE)
        return bool(_LAW.search(text, max(opening, start - _SENTENCE, 0), closing))

    # ------------------------------------------------------------ keys

    def _keyed(self, named: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, each with a key, which those alike share."""
        keys: dict[tuple[str, str, str | None, str], str] = {}
        keyed = list(named)
        for index, c in enumerate(keyed):
            if not c.key:
                alike = (c.name, c.core, c.owner, c.rule)
                key = keys.get(alike) or keys.setdefault(alike, self._key(c))
                keyed[index] = replace(c, key=key)
        return keyed

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
        finnish = in_finnish(name)
        if finnish != name and (form := read_word(finnish.rsplit(" ", 1)[-1]).head):
            return f"{form.head.id} {fold(finnish).removesuffix('to') if form.head.id == 'jaosto' else fold(finnish)}"
        if c.head == "toimisto":  # joukkoliikennetoimisto and joukkoliikennetoimi are one office
            return f"toimi {fold(name).removesuffix('sto')}"
        return f"{c.head or c.kind} {fold(name).removesuffix('to') if c.head == 'jaosto' else fold(name)}"

    def _uninflected(self, named: list[Candidate]) -> list[Candidate]:
        """Names whose nominative was guessed take it from another mention that fits."""
        if not any(c.inflected for c in named):
            return named
        settled: dict[str, list[str]] = {}
        for name in sorted({c.name for c in named if not c.inflected}):
            settled.setdefault(name[:_TELLING].lower(), []).append(name)
        return [self._as_settled(c, settled) if c.inflected else c for c in named]

    def _as_settled(self, c: Candidate, settled: Mapping[str, Sequence[str]]) -> Candidate:
        written = self._words.written(c.first, c.last)
        fitting = next((n for n in settled.get(written[:_TELLING].lower(), ())[:_MANY] if form_of(written, n)), None)
        if fitting is None:
            return c
        named = replace(
            c, name=fitting, core=fitting, case=form_of(written, fitting) or c.case, key=None, inflected=False
        )
        return replace(named, key=self._key(named))

    # ------------------------------------------------------------ bare heads

    def _bare(self, candidates: Sequence[Candidate], named: list[Candidate]) -> Iterable[Candidate]:
        """Bare heads that point back to a body which the document names."""
        known = _Named(named, self._home, self._body)
        joint = self._home is None and any(c.kind == "joint_authority" for c in named)
        for c in candidates:
            if c.bare:
                target = known.meant(c) or (None if known.any_with(c) else self._header(c))
                if target:
                    yield replace(
                        c, key=target.key, kind=target.kind, aliases=target.aliases if target.first < 0 else ()
                    )
                elif self._acts_alone(c, joint=joint):
                    yield replace(c, key=f"own {c.kind}", bare=False)

    def _header(self, c: Candidate) -> Candidate | None:
        """The body of the page's header, where its own text never names it in full."""
        name = c.name.lower()
        if not self._body or not self._body.endswith(name) or self._body == name:
            return None
        return replace(c, first=-1, key=f"{c.head} {self._body}", aliases=(self._body,), bare=False)

    def _acts_alone(self, c: Candidate, *, joint: bool) -> bool:
        """Whether a town's only council, or a joint authority's board, is meant by the bare word.

        The header calls it so, or it is said to have decided.
        """
        if (
            not (c.kind == "council" or (joint and c.head == "hallitus"))
            or c.head not in _TOWN_HEADS
            or self._in_law(c.first)
        ):
            return False
        following = self._words.at(c.last + 1).lower
        return self._body == fold(c.name) or (c.case == "nominative" and following in word_list("decided"))


class _Named:
    """The named candidates by what a bare head may point back to."""

    def __init__(self, named: Sequence[Candidate], home: str | None, body: str | None) -> None:
        self._body = body
        self._heads: dict[str, list[Candidate]] = {}
        self._keys: dict[str, Candidate] = {}
        towns: dict[str, Candidate] = {}
        for c in named:
            self._keys.setdefault(str(c.key), c)
            if c.kind == "municipality":
                towns.setdefault(str(c.key), c)
            if c.head and not str(c.key).startswith("company"):
                self._heads.setdefault(c.head, []).append(c)
        self._places = {head: [c.first for c in found] for head, found in self._heads.items()}
        self._single = {head: found[0] for head, found in self._heads.items() if len({c.key for c in found}) == 1}
        self._town = towns.get(home or "") or (next(iter(towns.values())) if len(towns) == 1 else None)

    def any_with(self, c: Candidate) -> bool:
        """Whether a body of this head is named at all."""
        return c.head in self._heads

    def meant(self, c: Candidate) -> Candidate | None:
        """What a bare head means: the only body of its head, the one named last before it, or the header's."""
        if c.kind == "municipality":
            return self._town
        if c.kind in _GENERAL and c.head in _TOWN_HEADS and f"own {c.kind}" in self._keys:
            return self._keys[f"own {c.kind}"]
        if c.head in self._single or c.head not in self._heads or (c.kind in _GENERAL and c.head in _TOWN_HEADS):
            return self._single.get(c.head)
        before = bisect_left(self._places[c.head], c.first)
        if before:
            return self._heads[c.head][before - 1]
        return next((n for n in self._heads[c.head] if fold(n.core or n.name) == self._body), None)
