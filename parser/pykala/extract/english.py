"""Names in English: *Helsinki City Council*, *Ministry of the Environment*, *City of Espoo*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pykala.extract.candidates import Candidate
from pykala.extract.registers import town_named
from pykala.extract.words import Words
from pykala.rules import load

_HINTS = (
    "City", "Committee", "Sub-committee", "Council", "Board", "University", "Ministry", "County", "Cooperative",
    "Association", "Foundation", "Club", "Court", "Society", "Division", "of",
)  # fmt: skip
_HINT = re.compile(rf"\b(?:{'|'.join(_HINTS)})\b")
_ORGANS = frozenset({"council", "board", "committee", "division", "office"})
_LINKS = frozenset({"of", "and", "for", "the", "in"})


@cache
def _heads() -> dict[str, tuple[str, str, int]]:
    return {
        phrase: (entry["id"], entry["kind"], len(phrase.split()))
        for entry in load("english")["head"]
        for phrase in entry["words"]
    }


def find(words: Words) -> Iterator[Candidate]:
    """The English names of a text."""
    if not any(map(words.text.__contains__, _HINTS)) or not _HINT.search(words.text):
        return
    index = 0
    while index < len(words):
        word = words.at(index)
        if not (word.capital and word.text.isascii()) or word.text in ("The", "A", "An"):
            index += 1
            continue
        last = _run(words, index)
        yield from _read(words, index, last)
        index = last + 1


def _run(words: Words, first: int) -> int:
    """The last word of a run of capitalised words with *of*, *and* between."""
    last = first
    while words.adjoin(last + 1) and last - first < 12:
        step = last + 1
        while words.at(step).lower in _LINKS and words.adjoin(step + 1) and step - last < 3:
            step += 1
        if not (words.at(step).capital and words.at(step).letters):
            break
        if step > last + 1 and words.at(last + 1).lower == "and" and not _open_list(words, first, last):
            break
        last = step
    return last


def _open_list(words: Words, first: int, last: int) -> bool:
    """Whether *and* may still be inside the name: after *Ministry of Education*."""
    return words.at(first).text in ("Ministry", "Department", "Division") or (
        last == first and words.at(first).text not in _heads()
    )


def _read(words: Words, first: int, last: int) -> Iterator[Candidate]:
    text = words.written(first, last)
    if text.startswith(("City of ", "Municipality of ", "Town of ")):
        town = town_named(words.at(first + 2).text.removesuffix("’s").removesuffix("'s"))
        if town:
            name = words.written(first, first + 2)
            yield Candidate(
                f"municipalities.{town.code}", first, first + 2, name, "municipality", "nominative", name, key=town.key
            )
        return
    if text.startswith(("Ministry of ", "University of ", "Regional Council of ", "Ministry for ")):
        kind = {"M": "ministry", "U": "university", "R": "joint_authority"}[text[0]]
        yield Candidate(
            f"english.{'ministry' if kind == 'ministry' else 'university'}",
            first,
            last,
            text,
            kind,
            "nominative",
            text,
            head="en",
        )
        return
    yield from _closed_by_head(words, first, last)


def _closed_by_head(words: Words, first: int, last: int) -> Iterator[Candidate]:
    for size in (4, 3, 2, 1):
        if last - size + 1 < first:
            continue
        found = _heads().get(words.written(last - size + 1, last).removesuffix("'s").removesuffix("’s"))
        if found is None:
            continue
        if last - size + 1 == first and size == 1:
            return
        town = town_named(words.at(first).text)
        name = words.written(first, last).removesuffix("'s").removesuffix("’s")
        owned = town and first < last - size + 1 and found[1] in _ORGANS
        core = name.split(" ", 1)[1] if owned else name
        yield Candidate(
            f"english.{found[0]}",
            first,
            last,
            name,
            found[1],
            "nominative",
            core,
            town.key if town else None,
            f"en-{found[0]}",
        )
        return
