"""Names of institutions: every organisation, body and office that a document names, with its mentions resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pykala.extract import abbreviations, english, later
from pykala.extract.aliases import alias_in, bracket_after, written_id
from pykala.extract.candidates import Candidate
from pykala.extract.companies import CompanyFinder
from pykala.extract.entities import Resolver
from pykala.extract.heads import HeadFinder
from pykala.extract.registers import known_at, town_named
from pykala.extract.swedish import SwedishFinder, swedish_head
from pykala.extract.towns import TownFinder
from pykala.extract.words import Words
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
    words = Words(text)
    candidates = [_noted(words, c) for c in _without_inner(list(_candidates(words)))]
    town = town_named(home) if home else None
    resolved = Resolver(words, town, body).resolve(candidates)
    resolved = sorted([*resolved, *later.find(words, resolved)], key=lambda c: (c.first, -c.last))
    return Reading(tuple(_mention(words, c) for c in resolved))


def _candidates(words: Words) -> Iterator[Candidate]:
    heads, companies, towns, swedish = HeadFinder(words), CompanyFinder(words), TownFinder(words), SwedishFinder(words)
    for index, word in enumerate(words.words):
        if not word.letters:
            continue
        if word.legal is not None or companies.opener_at(index):
            yield from companies.read(index)
        if known := known_at(words, index):
            last, form = known
            yield Candidate(
                f"institutions.{form.known.id}", index, last, form.name, form.known.kind, form.case, form.name, key=f"known {form.known.id}"
            )
        if word.head is not None:
            yield from heads.read(index, word.head)
        elif towns.kind_word(index):
            yield from towns.official(index)
        elif found := swedish_head(word.text):
            yield from swedish.read(index, found)
        elif word.capital:
            yield from towns.bare(index)
            yield from abbreviations.read(index, word)
    yield from english.find(words)


def _without_inner(candidates: list[Candidate]) -> list[Candidate]:
    """Candidates without those that are only a part of another: of two that overlap the longer stays.

    A town named as the owner of what follows, *Espoon kaupungin kirjaamo*, is a mention of its own.
    """
    kept: list[Candidate] = []
    for c in sorted(candidates, key=lambda c: (c.first, -c.last, not c.rule.startswith("forms."), c.bare, c.key is not None)):
        outer = next((k for k in reversed(kept[-6:]) if k.first <= c.last and c.first <= k.last), None)
        owner = outer is not None and c.first == outer.first and c.first < c.last < outer.last and outer.rule.startswith(("heads.", "swedish."))
        if outer is None or (owner and c.kind == "municipality") or (c.last > outer.last and not c.bare and outer.kind == "municipality"):
            kept.append(c)
    return kept


def _noted(words: Words, c: Candidate) -> Candidate:
    """The candidate with what the text adds just after it: an alias in brackets, a business id."""
    if c.bare:
        return c
    number = written_id(words, c.last) if c.kind in _NUMBERED else None
    inside = bracket_after(words, c.last)
    alias = alias_in(inside[2]) if inside else None
    short = (c.core,) if c.core and c.core != c.name else ()
    return replace(c, business_id=number, aliases=(*short, *((alias,) if alias else ())))


def _mention(words: Words, c: Candidate) -> Name:
    start, end = words.span(c.first, c.last)
    return Name(
        c.rule, start, end, words.text[start:end], name=c.name, kind=c.kind, key=c.key or c.name, case=c.case,
        aliases=c.aliases, business_id=c.business_id, bare=c.bare,
    )  # fmt: skip
