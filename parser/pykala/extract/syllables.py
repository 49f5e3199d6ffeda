"""Words that a transcript has broken into syllables: *kau pun gin hal li tus* read as one word, quoted as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pykala.extract.left import adjective_forms
from pykala.extract.registers import town_forms
from pykala.extract.words import TAIL, Word, Words, head_of, head_tails, read_word, word_list

_SHORT, _MOST_PIECES = 3, 9
_OWNERS = ("kaupungin", "kunnan")
_BROKEN = (
    0.3  # share of short lower-case words beyond which a text counts as broken; running Finnish has about half of it
)


def mended(words: Words) -> Words:
    """The words with the names among the broken ones put together; the same words where the text is whole."""
    if not _is_broken(words):
        return words
    goes_on = [_is_piece(word) and words.adjoin(index) for index, word in enumerate(words.words)]
    goes_on.append(False)
    starts: list[int] = []
    ends: list[int] = []
    found: list[Word] = []
    index = 0
    while index < len(words):
        last, word = _joined(words, index, goes_on) or (index, words.words[index])
        starts.append(words.starts[index])
        ends.append(words.ends[last])
        found.append(word)
        index = last + 1
    return words.with_words(starts, ends, found)


def _is_broken(words: Words) -> bool:
    small = [len(w.text) for w in words.words if w.letters and not w.capital]
    return len(small) > 40 and sum(map(_SHORT.__ge__, small)) > _BROKEN * len(small)


def _joined(words: Words, index: int, goes_on: Sequence[bool]) -> tuple[int, Word] | None:
    """The longest run of pieces from a word on that makes a word of a name, given which words are pieces that go on one."""
    first = words.words[index]
    if not first.letters or not goes_on[index + 1]:
        return None
    last, text, best = index, first.text, None
    while last - index < _MOST_PIECES and goes_on[last + 1]:
        last += 1
        text += words.words[last].text
        if _is_name_word(text):
            best = last, read_word(text)
            if text.lower() in adjective_forms():
                break
    return best


def _is_piece(word: Word) -> bool:
    return word.letters and not word.capital and len(word.text) <= 6


@cache
def _tails() -> frozenset[str]:
    """The last letters of all words of names: few of the runs in running text, such as Swedish, end in them."""
    return head_tails() | {word[-TAIL:].lower() for word in (*town_forms(), *adjective_forms(), *_OWNERS)}


def _is_name_word(text: str) -> bool:
    if len(text) < 6 or text[-TAIL:].lower() not in _tails():
        return False
    form = head_of(text)
    if form is None:
        return text in town_forms() or text.lower() in adjective_forms() or text in _OWNERS
    first = form.first.rstrip("-").lower()
    return not first or first in (form.head.firsts or word_list("compound_firsts"))
