"""Every entry of every rule file reads what its examples mark, and nothing in its counterexamples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, get_args

import pytest

from pykala import rules
from pykala.extract import acts, amounts, dates, institutions, lookalikes, years
from pykala.model import Mention, PartKind
from pykala.record import AmountRole, DecisionType, InstitutionKind, Outcome
from pykala.rules import Proof


def carriers(text: str) -> list[Mention]:
    """The words that carry each act of a text."""
    return [Mention(a.rule, *a.verb, text[slice(*a.verb)]) for a in acts.find_in_text(text).values]


# The stem of a rule file, and what finds the mentions of its entries in a text.
FINDERS: dict[str, Callable[[str], Iterable[Mention]]] = {
    "dates": lambda text: dates.find(text).values,
    "english": lambda text: institutions.find(text).values,
    "formulas": carriers,
    "forms": lambda text: institutions.find(text).values,
    "heads": lambda text: institutions.find(text).values,
    "institutions": lambda text: institutions.find(text).values,
    "lookalikes": lookalikes.find,
    "municipalities": lambda text: institutions.find(text).values,
    "names": lambda text: institutions.find(text).values,
    "per": amounts.evidence,
    "qualifiers": amounts.evidence,
    "swedish": lambda text: institutions.find(text).values,
    "units": amounts.evidence,
    "verbs": carriers,
    "years": lambda text: years.find(text).values,
}


def cases() -> Iterable[object]:
    """A test for each proof whose file has a finder; known failures have to fail."""
    for proof in rules.proofs():
        if proof.rule.split(".")[0] in FINDERS:
            marks = [pytest.mark.xfail(strict=True)] if proof.known_failure else []
            yield pytest.param(proof, id=f"{proof.rule}: {proof.text[:60]!r}", marks=marks)


@pytest.mark.parametrize("proof", list(cases()))
def test_entry_reads_exactly_what_its_examples_mark(proof: Proof) -> None:
    found = FINDERS[proof.rule.split(".")[0]](proof.text)
    read = [proof.text[m.start : m.end] for m in found if m.rule == proof.rule]
    assert read == [proof.text[start:end] for start, end in proof.marked]


@pytest.mark.parametrize("name", sorted(FINDERS))
def test_every_mention_quotes_the_text_and_names_an_entry_that_exists(name: str) -> None:
    entries = {f"{n}.{e['id']}" for n in rules.names() for e in _entries(n)}
    for proof in rules.proofs():
        if proof.rule.split(".")[0] == name:
            for mention in FINDERS[name](proof.text):
                assert proof.text[mention.start : mention.end] == mention.text
                assert mention.rule in entries


def _entries(name: str) -> Iterable[dict[str, Any]]:
    for entries in rules.load(name).values():
        yield from (e for e in entries if isinstance(e, dict) and "id" in e) if isinstance(entries, list) else ()


def test_no_example_goes_unread() -> None:
    assert {proof.rule.split(".")[0] for proof in rules.proofs()} == set(FINDERS) & {
        name
        for name in rules.names()
        if any({"examples", "counterexamples"} & entry.keys() for entry in _entries(name))
    }


# ---------------------------------------------------------------- verbs and formulas

VERB_FORMS = {
    "infinitive", "past", "passive", "present", "present_passive", "under_present_passive", "first_person", "negated", "abessive",
}  # fmt: skip
VERB_KEYS = {
    "id",
    "language",
    "type",
    "negated_type",
    "senses",
    "news",
    "examples",
    "counterexamples",
    "known_failures",
}


def test_every_form_of_a_verb_is_marked_in_an_example_of_its_entry() -> None:
    marked = {(p.rule, p.text[start:end].casefold()) for p in rules.proofs() for start, end in p.marked}
    listed = {(f"verbs.{e['id']}", form) for e in _entries("verbs") for key in VERB_FORMS for form in e.get(key, ())}
    assert sorted(listed - marked) == []


def test_a_verb_has_no_list_of_forms_that_nothing_reads() -> None:
    assert {key for entry in _entries("verbs") for key in entry} <= VERB_FORMS | VERB_KEYS


def test_a_form_is_written_in_lower_case_as_words_are_looked_up() -> None:
    forms = [form for entry in _entries("verbs") for key in VERB_FORMS for form in entry.get(key, ())]
    assert forms == [form.casefold() for form in forms]


def test_every_type_and_outcome_is_one_of_the_records() -> None:
    types = {*get_args(DecisionType), "none"}
    for entry in _entries("verbs"):
        assert set(_types(entry)) <= types, entry["id"]
    for entry in _entries("formulas"):
        assert entry["type"] in types
        assert entry["outcome"] in (*get_args(Outcome), "")


@pytest.mark.parametrize("kind", get_args(DecisionType))
def test_each_of_the_nineteen_types_is_told_by_a_verb_of_each_of_two_languages(kind: str) -> None:
    told = {entry["language"] for entry in _entries("verbs") if kind in _types(entry)}
    assert told >= {"fi", "sv"}


def _types(entry: dict[str, Any]) -> Iterable[str]:
    """Every type that a verb may tell; *päättää* itself has none but its complement's."""
    senses = (sense["type"] for sense in entry.get("senses", ()))
    return [entry.get("type", "decided"), entry.get("negated_type", "decided"), *senses]


# ---------------------------------------------------------------- headings and roles


LABELS = Counter(label for entry in rules.load("headings")["heading"] for label in entry["labels"])


@pytest.mark.xfail(strict=True, reason="jaa is a vote in minutes and a link to share in news")
def test_a_label_stands_in_one_entry_only() -> None:
    assert [label for label, times in LABELS.items() if times > 1] == []


def test_no_label_but_the_one_of_two_meanings_stands_in_two_entries() -> None:
    assert {label for label, times in LABELS.items() if times > 1} <= {"jaa"}


def test_a_label_is_folded_as_lines_are() -> None:
    assert [label for label in LABELS if label != label.casefold().strip().rstrip(":")] == []


def test_every_label_opens_a_part_that_there_is() -> None:
    parts = {entry["part"] for entry in rules.load("headings")["heading"]}
    assert parts <= {*PartKind, "own_proposal"}


def test_a_status_is_one_that_a_page_can_have() -> None:
    assert {entry["value"] for entry in rules.load("headings")["status"]} == {"agenda", "minutes", "preview"}


def test_every_role_is_one_of_the_records_and_no_cue_tells_two() -> None:
    entries = rules.load("roles")["role"]
    assert {entry["role"] for entry in entries} <= set(get_args(AmountRole))
    for side in ("before", "after"):
        cues = Counter(cue for entry in entries for cue in entry[side])
        assert [cue for cue, times in cues.items() if times > 1] == []
        assert all(re.compile(cue) for cue in cues)


def test_a_cue_of_a_role_names_no_group() -> None:
    """The group that matched tells the role, so a cue must bring none of its own."""
    cues = [cue for entry in rules.load("roles")["role"] for side in ("before", "after") for cue in entry[side]]
    assert [cue for cue in cues if re.compile(cue).groups] == []


def test_every_head_of_a_name_is_of_a_kind_of_the_records() -> None:
    for entry in _entries("heads"):
        assert entry.get("kind", "other") in get_args(InstitutionKind), entry["id"]


@pytest.mark.parametrize("name", rules.names())
def test_an_entry_is_named_once_in_its_file(name: str) -> None:
    ids = Counter(
        (table, entry["id"])
        for table, entries in rules.load(name).items()
        if isinstance(entries, list)
        for entry in entries
        if isinstance(entry, dict) and "id" in entry
    )
    assert [key for key, times in ids.items() if times > 1] == []
