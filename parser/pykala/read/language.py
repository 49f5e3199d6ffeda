"""The language of most of the running text, by its function words and endings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, cast

from pykala.model import Block, BlockKind, Language, Value
from pykala.rules import load

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH: Final = 20_000  # characters of running text that settle the question


def language_of(text: str, blocks: Sequence[Block]) -> Language:
    """The language in which most of the paragraphs are written.

    Headings, buttons and labels count only where there are no paragraphs: on a Finnish site they are Finnish
    whatever language the decision is in.

    Args:
        text: the bulletin's text.
        blocks: its blocks.
    """
    running = [text[b.start : b.end] for b in blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]
    prose = [piece for piece in running if len(piece) > 60]
    weights = _weigh(prose) or _weigh(running) or _weigh([text[b.start : b.end] for b in blocks])
    if not weights:
        return "fi"
    return max(weights, key=lambda name: weights[name])


def _weigh(pieces: Sequence[str]) -> dict[Language, int]:
    weights: dict[Language, int] = {}
    read, half = 0, sum(map(len, pieces)) / 2
    for piece in pieces:
        spoken = _speaks(piece[:4_000])
        if spoken is not None:
            weights[spoken] = weights.get(spoken, 0) + len(piece)
            if weights[spoken] > half:  # the others cannot come up to it
                break
        read += len(piece)
        if read > _ENOUGH:
            break
    return weights


def _speaks(piece: str) -> Language | None:
    scores = [0.0] * len(_languages())
    words: list[str] = []
    mixed: list[str] = []  # only these need a pattern to be told apart
    for word in piece.lower().split():
        (words if word.isalpha() else mixed).append(word)
    words += _WORD.findall(" ".join(mixed))
    for said in filter(None, map(_says, words)):
        for index, score in said:
            scores[index] += score
    most = max(scores)
    return _languages()[scores.index(most)].name if most else None


@lru_cache(maxsize=20_000)
def _says(word: str) -> tuple[tuple[int, float], ...]:
    """Which languages a word speaks for, and how much."""
    return tuple(
        (index, spoken.weight * (2 if word in spoken.words else 1))
        for index, spoken in enumerate(_languages())
        if word in spoken.words or word.endswith(spoken.endings)
    )


class _Spoken(Value):
    name: Language
    words: frozenset[str]
    endings: tuple[str, ...]
    weight: float


@cache
def _languages() -> tuple[_Spoken, ...]:
    return tuple(
        _Spoken(cast(Language, entry["id"]), frozenset(entry["words"]), tuple(entry["endings"]), float(entry["weight"]))
        for entry in load("languages")["language"]
    )
