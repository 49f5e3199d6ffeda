"""Stems that spare patterns: whatever a pattern finds holds one of the stems that are asked for first."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pykala
from pykala.rules.stems import Sought, lowered, trie
from spelled import spelled

STAGES = ("read", "segment", "extract", "link", "outcomes")


def sought_in(value: object, name: str) -> Iterator[tuple[str, Sought]]:
    """What is sought among a module's constants, by where it stands."""
    if isinstance(value, Sought):
        yield name, value
    elif isinstance(value, tuple | list | dict):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from sought_in(one, f"{name}[{key}]")


def all_sought() -> dict[str, Sought]:
    """Everything that the stages seek by its stems."""
    found: dict[int, tuple[str, Sought]] = {}
    for module in pkgutil.walk_packages(pykala.__path__, "pykala."):
        if module.name.split(".")[1] in STAGES:
            for name, value in vars(importlib.import_module(module.name)).items():
                for where, one in sought_in(value, f"{module.name}.{name}"):
                    found.setdefault(id(one), (where, one))
    return dict(found.values())


ALL = all_sought()


def test_there_is_something_to_seek():
    assert len(ALL) > 20


@pytest.mark.parametrize("sought", ALL.values(), ids=ALL)
def test_what_a_pattern_finds_holds_one_of_its_stems(sought):
    texts = spelled(sought.pattern)
    assert texts
    assert [text for text in texts if not sought.may_be_in(text)] == []


@pytest.mark.parametrize("sought", ALL.values(), ids=ALL)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_so_does_whatever_else_it_finds(sought, data):
    text = data.draw(st.from_regex(sought.pattern))
    assert sought.pattern.search(text) is None or sought.may_be_in(text)


@given(text=st.text())
def test_lower_case_keeps_every_offset(text):
    assert len(lowered(text)) == len(text)
    pairs = [(a, b) for a, b in zip(text, lowered(text), strict=True) if len(a.lower()) == 1]
    assert [a.casefold() for a, _ in pairs] == [b.casefold() for _, b in pairs]


@given(words=st.lists(st.text("abcåä. -", min_size=1, max_size=5), min_size=1, max_size=12))
def test_a_pattern_by_letters_finds_the_words_it_is_made_of_and_no_other(words):
    pattern = re.compile(trie(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert {word for word in (*words, "".join(words), words[0] + "b") if pattern.fullmatch(word)} <= set(words)
