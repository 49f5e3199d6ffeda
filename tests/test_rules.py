"""Every entry of every rule file reads what its examples mark, and nothing in its counterexamples."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from pykala import rules
from pykala.extract import amounts, dates, institutions, lookalikes, years
from pykala.model import Mention
from pykala.rules import Proof

# The stem of a rule file, and what finds the mentions of its entries in a text.
FINDERS: dict[str, Callable[[str], Iterable[Mention]]] = {
    "dates": lambda text: dates.find(text).values,
    "english": lambda text: institutions.find(text).values,
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


def _entries(name: str) -> Iterable[dict[str, object]]:
    for entries in rules.load(name).values():
        yield from (e for e in entries if isinstance(e, dict) and "id" in e) if isinstance(entries, list) else ()
