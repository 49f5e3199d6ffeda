"""Short forms that a municipality's papers use for its own council and board: *Kh § 12*, *Kv-asia*."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pykala.extract.candidates import Candidate
from pykala.extract.inflection import colon_case
from pykala.extract.words import Word
from pykala.rules import load


@cache
def _short() -> dict[str, tuple[str, str, str]]:
    table = load("names")["abbreviations"]
    return {short: (entry["head"], entry["kind"], short.rstrip(":")) for entry in table for short in entry["short"]}


def is_short(word: Word) -> bool:
    """Whether a word may be such a short form."""
    return _found(word) is not None


def _found(word: Word) -> tuple[str, str, str] | None:
    """The entry of a short form; those listed with a colon count only with an ending: *kh:n*."""
    stem, colon, _ = word.text.partition(":")
    stem = stem.split("-", 1)[0]
    return _short().get(stem) or (_short().get(stem + ":") if colon else None)


def read(index: int, word: Word) -> Iterator[Candidate]:
    """The council or board that a word abbreviates."""
    found = _found(word)
    if found is None:
        return
    head, kind, name = found
    _, colon, ending = word.text.partition(":")
    case = colon_case(ending) if colon else "nominative"
    yield Candidate(f"heads.{head}", index, index, name, kind, case or "nominative", name, head=head, key=f"own {kind}")
