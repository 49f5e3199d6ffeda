"""Words that a transcript has broken into syllables: *kau pun gin hal li tus* read as one word, quoted as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress
from operator import attrgetter

from pykala.extract.left import adjective_forms
from pykala.extract.registers import town_forms
from pykala.extract.words import TAIL, Word, Words, head_of, head_tails, read_word, word_list

_SHORT, _PIECE, _MOST_PIECES = 3, 6, 9
_IS_SMALL = attrgetter("small")
_OWNERS = ("kaupungin", "kunnan")
_BROKEN = (
    0.3  # share of short lower-case words beyond which a text counts as broken; running Finnish has about half of it
)


def mended(words: Words) -> Words:
    """The words with the names among the broken ones put together; the same words where the text is whole."""
    if not _is_broken(words):
        return words
    runs = list(_runs(words))
    if not runs:
        return words
    starts, ends, mending = words.starts[:], words.ends[:], words.words[:]
    for first, last, word in reversed(runs):
        del starts[first + 1 : last + 1], ends[first:last]
        mending[first : last + 1] = [word]
    return words.with_words(starts, ends, mending)


def _is_broken(words: Words) -> bool:
    small = list(map(len, compress(words.spellings, map(_IS_SMALL, words.words))))
    return len(small) > 40 and sum(map(small.count, range(1, _SHORT + 1))) > _BROKEN * len(small)


def _runs(words: Words) -> Iterator[tuple[int, int, Word]]:
    """The runs of pieces that make a word of a name: their first word, their last, and the word."""
    goes_on = [
        word.small and len(word.text) <= _PIECE and words.adjoin(index) for index, word in enumerate(words.words)
    ]
    goes_on.append(False)
    done = -1
    for index in [after - 1 for after in compress(range(len(goes_on)), goes_on)]:
        if index > done and (found := _joined(words, index, goes_on)):
            done, word = found
            yield index, done, word


def _joined(words: Words, index: int, goes_on: Sequence[bool]) -> tuple[int, Word] | None:
    """The longest run of pieces from a word on that makes a word of a name, given which words are pieces that go on one."""
    first = words.words[index]
    if not first.letters:
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


@cache
def _tails() -> frozenset[str]:
    """The last letters of all words of names: few of the runs in running text, such as Swedish, end in them."""
    return frozenset({*head_tails(), *(word[-TAIL:].lower() for word in (*town_forms(), *adjective_forms(), *_OWNERS))})


def _is_name_word(text: str) -> bool:
    if len(text) < 6 or text[-TAIL:].lower() not in _tails():
        return False
    form = head_of(text)
    if form is None:
        return text in town_forms() or text.lower() in adjective_forms() or text in _OWNERS
    first = form.first.rstrip("-").lower()
    return not first or first in (form.head.firsts or word_list("compound_firsts"))
