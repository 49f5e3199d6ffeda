"""Names of institutions: every organisation, body and office that a document names, with its mentions resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress

from msgspec.structs import replace

from pykala.extract import abbreviations, english, later, rows
from pykala.extract.aliases import alias_in, bracket_after, written_id
from pykala.extract.candidates import Candidate
from pykala.extract.companies import CompanyFinder, is_opener
from pykala.extract.entities import Resolver
from pykala.extract.heads import HeadFinder
from pykala.extract.joined import join, misspelt
from pykala.extract.registers import known_at, opens_known, town_named
from pykala.extract.swedish import SwedishFinder, swedish_head
from pykala.extract.syllables import mended
from pykala.extract.towns import TownFinder, is_town_word, town_of
from pykala.extract.words import Remembered, Word, Words, is_head_alone, read_word
from pykala.model import Name, Reading, Table

_NUMBERED = frozenset({"company", "association", "foundation", "university", "joint_authority", "municipality"})


def find(text: str, *, home: str | None = None, body: str | None = None, tables: Sequence[Table] = ()) -> Reading[Name]:
    """Read the institutions that a document names.

    Args:
        text: the document's plain text.
        home: Finnish name of the municipality that publishes it.
        body: the meeting's body as the page's header has it.
        tables: the tables in the text.

    >>> [(m.name, m.kind, m.case) for m in find("Kaupunginhallitus myönsi Aalto Oy:lle luvan.").values]
    [('Kaupunginhallitus', 'board', 'nominative'), ('Aalto Oy', 'company', 'allative')]
    """
    words = mended(Words(text))
    outer, shortened = _without_inner(words, _candidates(words))
    candidates = [_noted(words, c) for c in outer]
    beside = [*rows.in_columns(words, tables, candidates), *rows.find(words, candidates)]
    beside += rows.grantees(words, [*candidates, *beside])
    if beside or shortened:
        candidates, _ = _without_inner(words, [*candidates, *beside])
    candidates = misspelt(words, join(words, candidates))
    town = town_named(home) if home else None
    resolved = Resolver(words, town, body).resolve(candidates)
    resolved = sorted([*resolved, *later.find(words, resolved)], key=lambda c: (c.first, -c.last))
    return Reading(tuple(_mention(words, c) for c in resolved))


def _candidates(words: Words) -> Iterator[Candidate]:
    heads, companies, towns, swedish = HeadFinder(words), CompanyFinder(words), TownFinder(words), SwedishFinder(words)
    shown = list(map(_signs_of, words.spellings))
    for index in compress(range(len(shown)), shown):
        signs, word = shown[index], words.words[index]
        if _AMPERSAND in signs:
            yield from companies.partners(index)
            continue
        if _LEGAL in signs:
            yield from companies.read(index)
        if _KNOWN in signs and (known := known_at(words, index)):
            last, form = known
            rule, key = f"institutions.{form.known.id}", f"known {form.known.id}"
            yield Candidate(rule, index, last, form.name, form.known.kind, form.case, form.name, key=key)
        if word.head is not None:
            yield from heads.read(index, word.head)
        elif _TOWN_WORD in signs:
            yield from towns.official(index)
        elif _SWEDISH in signs and (found := swedish_head(word.text)):
            yield from swedish.read(index, found)
        else:
            if _TOWN in signs:
                yield from towns.bare(index)
            if _SHORT in signs:
                yield from abbreviations.read(index, word)
    yield from english.find(words)


_AMPERSAND, _LEGAL, _KNOWN, _TOWN_WORD = "ampersand", "legal", "known", "town word"
_HEAD, _SWEDISH, _TOWN, _SHORT = "head", "swedish", "town", "short"


def _signs(text: str) -> frozenset[str]:
    """What a spelling may be part of; most words of a text are part of nothing and are passed over by this alone."""
    word = read_word(text)
    if not word.letters:
        return frozenset({_AMPERSAND} if text == "&" else ())
    signs = _nouns_in(word)
    if word.legal is not None or is_opener(text):
        signs.append(_LEGAL)
    if opens_known(word.lower.partition(":")[0]):
        signs.append(_KNOWN)
    return frozenset(signs)


_signs_of = Remembered(_signs).__getitem__


def _nouns_in(word: Word) -> list[str]:
    """What a word is by the noun that it ends in; only a word of none can be a town or a short form."""
    if word.head is not None:
        return [_HEAD]
    if is_town_word(word):
        return [_TOWN_WORD]
    if swedish_head(word.text) is not None:
        return [_SWEDISH]
    signs = [_TOWN] if word.capital and town_of(word) is not None else []
    if abbreviations.is_short(word):
        signs.append(_SHORT)
    return signs


def _without_inner(words: Words, candidates: Iterable[Candidate]) -> tuple[list[Candidate], bool]:
    """Candidates without those that are only a part of another, and whether one of them was shortened to its last word.

    Of two that overlap the longer stays. An owner that is an organisation of its own, *Espoon kaupungin kirjaamo*, is a
    mention beside its part.
    """
    kept: list[Candidate] = []
    shortened, covered = False, -1
    for c in sorted(candidates, key=_order):
        outer = _overlapping(c, kept) if c.first <= covered else None
        covered = max(covered, c.last)
        if outer is None or _owns(c, outer) or (c.last > outer.last and not c.bare and outer.kind == "municipality"):
            kept.append(c)
        elif outer.last + 1 == c.last and (form := words.at(c.last).head) and form.first and not c.bare:
            kept.append(replace(c, first=c.last, name=form.nominative, core=form.nominative, owner=None))
            shortened = True
    return kept, shortened


def _overlapping(c: Candidate, kept: Sequence[Candidate]) -> Candidate | None:
    """The last of the candidates kept so far that shares a word with this one; it is never far behind."""
    for k in kept[:-7:-1]:
        if k.first <= c.last and c.first <= k.last:
            return k
    return None


def _order(c: Candidate) -> tuple[int, int, bool, bool, bool]:
    return c.first, -c.last, not c.rule.startswith("forms."), c.bare, c.key is not None


def _owns(c: Candidate, outer: Candidate) -> bool:
    """Whether a candidate opens another one as the owner of what it names: a town, or an organisation like one."""
    if not (c.first == outer.first and c.first < c.last < outer.last and outer.rule.startswith(("heads.", "swedish."))):
        return False
    return c.kind == "municipality" or _is_member(c, outer)


def _is_member(c: Candidate, outer: Candidate) -> bool:
    """Whether an owner is an organisation of its own though not a town: a school of its students, a named utility of its board."""
    school = outer.head == "opiskelijakunta" and c.kind in ("school", "university")
    return school or (outer.head == "johtokunta" and c.head == "liikelaitos" and c.last > c.first)


def _noted(words: Words, c: Candidate) -> Candidate:
    """The candidate with what the text adds just after it: an alias in brackets, a business id."""
    if c.bare:
        return c
    number = written_id(words, c.last) if c.kind in _NUMBERED else None
    inside = bracket_after(words, c.last)
    alias = alias_in(inside[2]) if inside else None
    short = (c.core,) if c.core and c.core != c.name and not is_head_alone(c.core) else ()
    if number is None and alias is None and not short:
        return c
    return replace(c, business_id=number, aliases=(*c.aliases, *short, *((alias,) if alias else ())))


def _mention(words: Words, c: Candidate) -> Name:
    start, end = words.span(c.first, c.last)
    return Name(
        c.rule, start, end, words.text[start:end], name=c.name, kind=c.kind, key=c.key or c.name, case=c.case,
        aliases=c.aliases, business_id=c.business_id, bare=c.bare,
    )  # fmt: skip
