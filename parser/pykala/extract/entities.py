"""From the places of a document that read as names to its institutions: which of them mean the same one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pykala.extract.candidates import Candidate
from pykala.extract.inflection import case_as_form_of
from pykala.extract.registers import Town, fold, known_as
from pykala.extract.words import Words, read_word

_FORM_WORDS = re.compile(
    r"\b(?:oyj?|ab[p]?|ky|ay|osk|ry|rf|sr|rs|ltd|asunto-osakeyhtiö|osakeyhtiö|aktiebolag)\b\.?", re.IGNORECASE
)
_OPENERS = re.compile(r"^(?:kiinteistö|asunto|as|koy|kiint|bostads|fastighets)\b\.?\s+", re.IGNORECASE)
_OWN = ("kaupungin", "kunnan", "alue", "yhtymä")
_GENERAL = frozenset({"council", "board"})


def base_of(name: str) -> str:
    """A company's or association's name without the words of legal form.

    >>> base_of("Kiinteistö Oy Kivi"), base_of("Oy Aalto Ab"), base_of("Rannan kerho ry")
    ('Kivi', 'Aalto', 'Rannan kerho')
    """
    bare = " ".join(_FORM_WORDS.sub(" ", name).replace(" ,", "").split())
    shorter = _OPENERS.sub("", bare)
    return (shorter if shorter != bare and re.search(r"\b(?:Oy|Ab)\b", name, re.IGNORECASE) else bare).strip(" -–")


def company_key(name: str) -> str:
    """Names that differ only in form words, case, hyphens and spaces have the same key."""
    return re.sub(r"[\s\-]", "", fold(base_of(name) or name))


def distance(a: str, b: str, limit: int = 2) -> int:
    """Edit distance of two words, not counted beyond ``limit``.

    >>> distance("elineinojaosto", "elinkeinojaosto"), distance("vesi", "tuli")
    (1, 3)
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (x != y))
        if min(row) > limit:
            return limit + 1
    return row[-1]


class Resolver:
    """Gives every candidate the key of its entity."""

    def __init__(self, words: Words, home: Town | None, body: str | None) -> None:
        self._words = words
        self._home = home
        self._body = fold(body) if body else None

    def resolve(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates that name something, each with its key."""
        named = [c if c.key else replace(c, key=self._key(c)) for c in candidates if not c.bare]
        named = self._uninflected(named)
        merged = self._merge(named)
        named = [replace(c, key=merged.get(str(c.key), c.key)) for c in named]
        return sorted([*named, *self._bare(candidates, named)], key=lambda c: (c.first, -c.last))

    # ------------------------------------------------------------ keys

    def _key(self, c: Candidate) -> str:
        known = known_as(c.name) or (known_as(c.core) if c.core else None)
        if known:
            return f"known {known.id}"
        if c.rule.startswith("forms.") or c.kind in ("company", "association", "foundation"):
            return f"company {company_key(c.name)}"
        own = c.owner is None or (self._home is not None and c.owner == self._home.key)
        name = c.core if own and c.core else c.name
        return f"{c.head or c.kind} {fold(name)}"

    def _uninflected(self, named: list[Candidate]) -> list[Candidate]:
        """Names whose nominative was guessed take it from another mention that fits."""
        settled = {c.name for c in named if not c.inflected}
        out = []
        for c in named:
            if c.inflected:
                written = self._words.written(c.first, c.last)
                fitting = next((n for n in sorted(settled) if _is_form(written, n)), None)
                if fitting:
                    case = case_as_form_of(written.split()[-1], fitting.split()[-1]) or c.case
                    c = replace(c, name=fitting, core=fitting, case=case, key=None, inflected=False)
                    c = replace(c, key=self._key(c))
            out.append(c)
        return out

    # ------------------------------------------------------------ merging

    def _merge(self, named: list[Candidate]) -> dict[str, str]:
        """Keys that turn out to mean the entity of another key."""
        names = {str(c.key): c for c in named}
        counts = Counter(str(c.key) for c in named)
        merged: dict[str, str] = {}
        for key in sorted(names, key=len):
            target = self._fuller(key, names) or self._spelt_like(key, names, counts)
            if target:
                merged[key] = target
        return {key: _last(key, merged) for key in merged}

    def _fuller(self, key: str, names: dict[str, Candidate]) -> str | None:
        """The one entity whose name ends in this one's: *elinkeinojaosto* after *kaupunginhallituksen elinkeinojaosto*."""
        head, _, short = key.partition(" ")
        if head in ("known", "municipality", "company"):
            return None
        fuller = [k for k in names if k != key and k.startswith(head + " ") and _ends_with(k.partition(" ")[2], short)]
        known = [k for k, c in names.items() if k.startswith("known ") and c.head == head and _ends_with(fold(c.name), short)]
        fuller += known
        if names[key].kind in _GENERAL and len(fuller) != 1:
            return None
        return fuller[0] if len(fuller) == 1 else None

    def _spelt_like(self, key: str, names: dict[str, Candidate], counts: Counter[str]) -> str | None:
        """An entity that is named more often and differs by one or two letters of a long name."""
        head, _, name = key.partition(" ")
        if head in ("known", "municipality", "company") or len(name) < 12:
            return None
        near = [
            k for k in names
            if k != key and k.startswith(head + " ") and counts[k] > counts[key] and distance(name, k.partition(" ")[2]) <= 2
            and name[:1] == k.partition(" ")[2][:1]
        ]  # fmt: skip
        return near[0] if len(near) == 1 else None

    # ------------------------------------------------------------ bare heads

    def _bare(self, candidates: Sequence[Candidate], named: list[Candidate]) -> Iterable[Candidate]:
        """Bare heads that point back to a body which the document names."""
        for c in candidates:
            if not c.bare:
                continue
            target = self._meant(c, named)
            if target:
                yield replace(c, key=target.key, kind=target.kind, name=c.name)

    def _meant(self, c: Candidate, named: list[Candidate]) -> Candidate | None:
        if c.kind == "municipality":
            own = [n for n in named if self._home is not None and n.key == self._home.key]
            every = {n.key for n in named if n.kind == "municipality"}
            return own[0] if own else next((n for n in named if n.kind == "municipality"), None) if len(every) == 1 else None
        fitting = [n for n in named if n.head == c.head]
        if not fitting:
            return None
        own = [n for n in fitting if self._body and fold(n.core or n.name) in (self._body, fold(n.core or n.name)) and fold(n.core) == self._body]
        earlier = [n for n in fitting if n.first < c.first]
        if c.kind in _GENERAL:
            ours = [n for n in fitting if fold(n.core).startswith(_OWN)]
            return ours[0] if ours else None
        if len({n.key for n in fitting}) == 1:
            return fitting[0]
        return earlier[-1] if earlier else own[0] if own else None


def _last(key: str, merged: dict[str, str]) -> str:
    seen = {key}
    while key in merged and merged[key] not in seen:
        key = merged[key]
        seen.add(key)
    return key


def _ends_with(name: str, short: str) -> bool:
    """Whether a name ends in a shorter one, at a word or after a leading hyphen."""
    return name.endswith((" " + short, " -" + short))


def _is_form(written: str, nominative: str) -> bool:
    """Whether the words are an inflected form of a name: all but the last the same, the last in some case."""
    a, b = written.split(), nominative.split()
    if len(a) != len(b) or len(a) < 1 or fold(" ".join(a[:-1])) != fold(" ".join(b[:-1])):
        return False
    return case_as_form_of(a[-1], b[-1]) is not None


__all__ = ["Resolver", "base_of", "company_key", "distance", "read_word"]
