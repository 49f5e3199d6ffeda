"""Names that a head noun closes: *kaupunginhallituksen elinkeinojaosto*, *Espoon jätehuoltolautakunta*, *Aalto-yliopisto*.

The head is found as the end of a word; what belongs to the name is then read from it to the left: parts of the compound
that hang on a hyphen, an adjective that agrees with it, genitives that say whose or of what, and the owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pykala.extract.candidates import Candidate
from pykala.extract.endings import nominative_of
from pykala.extract.left import (
    adjective_forms,
    ellipsis_start,
    field_start,
    listed_genitives,
    may_be_place,
    names_field,
    plain_word,
    proper_start,
    town_genitive,
    town_owner,
)
from pykala.extract.neighbours import (
    dash_start,
    in_distribution,
    lead_start,
    means_building,
    run_start,
    stands_alone,
    tail_end,
)
from pykala.extract.registers import town_forms
from pykala.extract.words import HeadForm, Words, word_list

_BODIES = frozenset({"council", "board", "committee", "division"})
_ORGANS = frozenset({"council", "board", "committee", "division", "office", "ministry"})
_JOINT_OWNERS = frozenset(
    {"joint_authority", "parish", "wellbeing_county", "association", "foundation", "school", "university"}
)
_DEEPEST = 3  # owners of owners
_ASKED = ("kehot", "pyy", "velvoit")  # verbs whose object in the partitive is an office, not a service
_STRAY_SPACE = re.compile(r"(?<=[a-zäö]-) (?=[A-ZÄÖ][a-zäö]+n\b)")


class HeadFinder:
    """Reads the phrase that ends in a head noun."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def read(self, index: int, form: HeadForm) -> Iterator[Candidate]:
        """The names that the head at a word closes, or the bare head."""
        if form.plural:
            yield from self._coordinated(index, form)
            return
        if means_building(self._words, index, form):
            return
        first, core_first = self._extent(index, form)
        if first is None:
            if not form.first and form.case:
                yield self._candidate(index, index, index, form, bare=True)
            return
        yield self._candidate(first, core_first, tail_end(self._words, index, form), form, at=index)

    # ------------------------------------------------------------ the parts of a phrase

    def _extent(self, index: int, form: HeadForm, depth: int = 0) -> tuple[int | None, int]:
        """First word of the whole name and first word after its owners; None where it is no name."""
        words, by = self._words, form.head.named_by
        if words.spellings[index].startswith("-"):
            start = dash_start(self._words, index) if "dash" in by else None
            return (None, index) if start is None else (self._owned(start, form, depth), start)
        named, core = self._core(index, form)
        if not named and "tail" in by and tail_end(self._words, index, form) > index:
            named = True
        elif not named and "run" in by and not form.first and (run := run_start(self._words, core)) is not None:
            return run, run
        start = self._owned(core, form, depth)
        named = named or (start < core and self._owner_names(start, core, form))
        if not named and (lead := lead_start(self._words, index, core, by)) is not None:
            return lead, lead
        return (start if named else None), core

    def _core(self, index: int, form: HeadForm) -> tuple[bool, int]:
        """Whether the compound, its adjective or its genitives make it a name, and the first word of these."""
        words, by = self._words, form.head.named_by
        core = ellipsis_start(words, index)
        named = self._named_alone(index, form)
        adjective = adjective_forms().get(words.at(core - 1).lower)
        fits = adjective and adjective[1] == form.case and words.adjoin(core)
        if adjective and fits and (adjective[0] != "yhteinen" or form.first.lower() == "kirkko"):
            core, named = core - 1, named or "adjective" in by
        fund = named and form.head.id == "rahasto" and form.first
        if fund or (not named and not form.first and "phrase" in by):
            start = field_start(words, core)
            if names_field(words, start, core):
                return True, start
        return named, core

    def _named_alone(self, index: int, form: HeadForm) -> bool:
        by, first = form.head.named_by, form.first.rstrip("-").lower()
        if not first:
            return "alone" in by or (
                "listed" in by and stands_alone(self._words, index) and in_distribution(self._words, index)
            )
        if first in form.head.generic:
            return False
        if "unit" in by:
            asked = self._words.at(index - 1).lower.startswith(_ASKED)
            unit = first in word_list("service_units") or (
                first in word_list("services") and (form.case != "partitive" or asked)
            )
            return unit or stands_alone(self._words, index)
        if "compound" in by:
            return not form.head.firsts or first in form.head.firsts
        if form.head.firsts and first not in form.head.firsts:
            return False
        if "hyphen" in by:
            return form.first.endswith("-") and form.first[:1].isupper() and form.first[:-1] not in town_forms()
        if "proper" in by and self._words.at(index).capital:
            inner = any(c.isupper() for c in form.nominative[1:])
            return inner or form.first.endswith("-") or not self._words.opens(index) or form.head.id == "saatio"
        return False

    def _owner_names(self, start: int, core: int, form: HeadForm) -> bool:
        """Whether what stands before makes the head a name."""
        by, words = form.head.named_by, self._words
        if "member" in by:
            before_head = words.at(core - 1).head
            return core - start > 1 or before_head is None or before_head.head.kind in ("university", "school")
        if "owner" in by:
            return words.at(core - 1).lower in ("kaupungin", "kunnan")
        if "organ" in by and form.first:
            before = words.at(core - 1)
            organ = (before.head is not None and before.head.head.kind in _ORGANS) or before.lower in (
                "kaupungin",
                "kunnan",
            )
            if organ:
                return True
        if "proper" in by:
            return form.first.rstrip("-").lower() not in form.head.generic
        if "Town" in by and words.at(core - 1).lower.endswith("seudun"):
            return bool(form.first)
        if "Town" in by and form.head.id != "palvelut":
            return (
                words.at(core).capital and bool(town_genitive(words.at(start))) and core - start == 1 and not form.first
            )
        if "town" in by and not form.first:
            return bool(town_genitive(words.at(core - 1))) or words.at(core - 1).lower in ("kaupungin", "kunnan")
        return form.head.id == "johtokunta" and not form.first and words.at(core - 1).head is not None

    def _owned(self, core: int, form: HeadForm, depth: int) -> int:
        """The first word of the owners before the core: organs, towns, places."""
        words, head = self._words, form.head
        first = core
        while core - first < 12:
            before = words.at(first - 1)
            owner = before.head
            if not (owner or may_be_place(before)) or not words.adjoin(first):
                break
            if (
                owner
                and owner.case == "genitive"
                and not owner.plural
                and owner.head.kind in _ORGANS
                and head.kind in _ORGANS
            ):
                inner = self._extent(first - 1, owner, depth + 1)[0] if depth < _DEEPEST else None
                if inner is None:
                    break
                first = inner
                continue
            if (
                "member" in head.named_by
                and owner
                and owner.case == "genitive"
                and owner.head.kind in ("university", "school")
            ):
                inner = self._extent(first - 1, owner, depth + 1)[0] if depth < _DEEPEST else None
                if inner is None:
                    break
                first = inner
                continue
            town = town_owner(words, first)
            if town:
                first = town[0]
                break
            if not may_be_place(before):
                break
            start = proper_start(
                words, first, unknown=self._unknown_place(first, head.kind), joint=head.kind in _JOINT_OWNERS
            )
            if start == first:
                break
            first = start
        return first

    def _unknown_place(self, index: int, kind: str) -> bool:
        """Whether an unknown capitalised genitive before a word belongs to the name: for bodies not where it opens the sentence."""
        return kind not in _BODIES or not self._words.opens(index - 1)

    # ------------------------------------------------------------ results

    def _coordinated(self, index: int, form: HeadForm) -> Iterator[Candidate]:
        """One name for each owner of a plural head: *Uudenmaan ja Hämeen liitot*."""
        if form.head.nominative != form.nominative.lower() and form.first.lower() not in form.head.firsts:
            return
        owners = listed_genitives(self._words, index) if "single" not in form.head.named_by else []
        for first in owners if len(owners) > 1 else ():
            single = form.nominative.lower()
            name = f"{self._words.at(first).text} {single}"
            last = index if first == index - 1 else first
            town = town_genitive(self._words.at(first))
            yield Candidate(
                f"heads.{form.head.id}",
                first,
                last,
                name,
                form.head.kind,
                form.case,
                single if town else name,
                town,
                form.head.id,
            )

    def _candidate(
        self, first: int, core: int, last: int, form: HeadForm, *, at: int | None = None, bare: bool = False
    ) -> Candidate:
        at = last if at is None else at
        words = self._words
        name = self._nominative(first, at, last, form)
        tail_case = None
        if last > at:
            ending, tail_case = nominative_of(words.at(last).text)
            name = name.removesuffix(words.at(last).text) + ending
        town = town_genitive(words.at(first)) if first < core and form.head.kind != "company" else None
        after = first + 1 if town else first
        if town and words.at(after).lower in ("kaupungin", "kunnan"):
            after += 1
        cut = first < after <= at and words.at(after).lower != "ja"
        shorter = self._nominative(after, at, last, form) if cut else name
        case = form.case if last == at else tail_case or "nominative"
        return Candidate(
            f"heads.{form.head.id}", first, last, name, form.head.kind, case, shorter, town, form.head.id, bare=bare,
            inflected=last > at and tail_case is not None,
        )  # fmt: skip

    def _nominative(self, first: int, at: int, last: int, form: HeadForm) -> str:
        words = self._words
        lead = "-" if words.spellings[at].startswith("-") else ""
        if first == last:
            return lead + form.nominative
        parts = []
        for k, word in enumerate(words.words[first:at], first):
            adjective = adjective_forms().get(word.lower)
            if adjective and adjective[1] == form.case and k >= at - 1 - (at - ellipsis_start(words, at)):
                parts.append(word.text[:1] + adjective[0][1:])
            else:
                parts.append(plain_word(word.text))
        text = " ".join(parts).replace(" ,", ",")
        if "- " in text:
            text = _STRAY_SPACE.sub("", text)
        tail = " " + words.written(at + 1, last) if last > at else ""
        return f"{text} {lead}{form.nominative}{tail}".strip()
