"""The language of most of the running text, by its function words and endings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, cast

from pykala.model import Block, BlockKind, Language
from pykala.rules import load

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH: Final = 60_000  # characters of running text that settle the question


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
    read = 0
    for piece in pieces:
        spoken = _speaks(piece[:4_000])
        if spoken is not None:
            weights[spoken] = weights.get(spoken, 0) + len(piece)
        read += len(piece)
        if read > _ENOUGH:
            break
    return weights


def _speaks(piece: str) -> Language | None:
    words = [word.lower() for word in _WORD.findall(piece)]
    best: Language | None = None
    most = 0.0
    for name, function_words, endings, weight in _languages():
        score = weight * sum(2 if word in function_words else word.endswith(endings) for word in words)
        if score > most:
            best, most = name, score
    return best


@cache
def _languages() -> tuple[tuple[Language, frozenset[str], tuple[str, ...], float], ...]:
    return tuple(_entries())


def _entries() -> Iterator[tuple[Language, frozenset[str], tuple[str, ...], float]]:
    for entry in load("languages")["language"]:
        yield cast(Language, entry["id"]), frozenset(entry["words"]), tuple(entry["endings"]), float(entry["weight"])
