"""Words of a text as the finders of names see them: what a spelling can be, whatever stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import accumulate
from typing import Any, TypeVar

from pykala.extract.inflection import Form, colon_case, paradigm
from pykala.model import Value
from pykala.rules import load

_PLAIN = r"[a-zäöåA-ZÄÖÅ]++(?=[ \n,)]|\.\s) | [.,](?=\s) | [0-9]++(?=\s)"  # most words and marks
_ADDRESS = r"https?://\S+|www\.\S+|[\w.+-]{1,64}+(?:@|\(at?\))[\w.-]{1,64}"
_OTHERS = r"""
    \d+(?:[.,/:-]\d+)*(?::[^\W\d_]+)?(?![^\W_])
  | [^\W\d_]{8,}(?=\d{3})
  | (?:(?<=[ \t"”»(])[-–](?=[^\W\d_]))?
    [^\W_]+(?:[-–:'’&][^\W_]+|(?:(?<=[a-zäö])\.(?=[a-zäö])|(?<=[A-Z])\.(?=[A-Z]))[^\W_]+)*-?
  | [^\w\s]
"""
# No branch is tried at a blank, where all would fail.
_TOKEN = re.compile(rf"((?=\S)(?:{_PLAIN}|{_OTHERS}))", re.VERBOSE)
_TOKEN_OR_ADDRESS = re.compile(rf"((?=\S)(?:{_PLAIN}|({_ADDRESS})|{_OTHERS}))", re.VERBOSE)
_ADDRESS_SIGNS = ("@", "(at)", "(a)", "://", "www.")
_ABBREVIATED_FORM = re.compile(r"(?:r\.\s?[ysf]|s\.r)\.?", re.IGNORECASE)
_ABBREVIATED = frozenset({"r", "s", "R", "S", "r.y", "r.s", "r.f", "s.r", "R.Y", "R.S", "R.F", "S.R"})
_LEADING_HYPHEN = re.compile(r'[-–](?<=[ \t"”»(][-–])(?=[^\W\d_])')
_LONG_LINE = 60
_MOST_SPELLINGS = 65536
_Read = TypeVar("_Read")


class Head(Value):
    """A head noun by which bodies and offices are named."""

    id: str
    nominative: str
    kind: str
    named_by: frozenset[str]
    firsts: frozenset[str]
    generic: frozenset[str]


class HeadForm(Value):
    """A word read as a form of a head, with the part of the word that stands before it."""

    head: Head
    first: str
    case: str
    plural: bool
    nominative: str


class LegalForm(Value):
    """A word such as *Oy* or *ry:n*."""

    id: str
    kind: str
    spelling: str
    case: str


class Word(Value):
    """One spelling, lower-cased, with the readings that need no context."""

    text: str
    lower: str
    capital: bool
    letters: bool
    head: HeadForm | None
    legal: LegalForm | None
    genitive: bool
    local: bool
    closed: bool
    verb: bool
    small: bool

    @property
    def open_hyphen(self) -> bool:
        """Whether a part of the word is left out, as in *sosiaali-*."""
        return self.text.endswith("-")


@cache
def _town_genitives() -> tuple[str, ...]:
    """Genitives of towns that look like verbs: *Vantaan*, *Pyhtään*."""
    genitives = (entry["genitive"].lower() for entry in load("municipalities")["municipality"])
    return tuple(sorted(g for g in genitives if g.endswith(_VERB)))


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of ``rules/names.toml`` as a set."""
    return frozenset(load("names")[name])


@cache
def _head_forms() -> dict[str, tuple[Head, Form, str]]:
    forms: dict[str, tuple[Head, Form, str]] = {}
    for entry in load("heads")["head"]:
        head = _head(entry)
        nouns = [(entry["nominative"], entry["genitive"]), *(pair.split() for pair in entry.get("also", ()))]
        for nominative, genitive in nouns:
            for form, meaning in paradigm(nominative, genitive).items():
                forms.setdefault(form, (head, meaning, nominative))
    return forms


def _head(entry: Mapping[str, Any]) -> Head:
    sets = (frozenset(entry.get(key, ())) for key in ("named_by", "firsts", "generic"))
    return Head(entry["id"], entry["nominative"], entry["kind"], *sets)


@cache
def _legal_forms() -> dict[str, tuple[str, str]]:
    return {
        spelling: (entry["id"], entry["kind"])
        for entry in load("forms")["form"]
        for spelling in entry.get("spellings", ())
    }


#: By so many last letters most words are told from those that end in a head.
TAIL = 3


@cache
def head_tails() -> dict[str, tuple[int, ...]]:
    """The last letters of all forms of heads, each with the lengths of the forms that end so, longest first."""
    return lengths_by_tail(_head_forms())


def lengths_by_tail(forms: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The last letters of some forms, each with the lengths of those that end so, longest first.

    >>> lengths_by_tail(["virasto", "toimisto", "lautakunta"])
    {'sto': (8, 7), 'nta': (10,)}
    """
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[-TAIL:], set()).add(len(form))
    return {tail: tuple(sorted(found, reverse=True)) for tail, found in lengths.items()}


def head_of(text: str) -> HeadForm | None:
    """The longest head that ends a word of letters."""
    bare = text.removeprefix("-")
    lower = bare.lower()
    for length in head_tails().get(lower[-TAIL:], ()):
        reading = _head_forms().get(lower[-length:]) if length <= len(lower) else None
        if reading is None:
            continue
        first = bare[: len(bare) - length]
        if first and len(first.rstrip("-")) < 2:
            continue
        head, form, nominative = reading
        ending = nominative.upper() if bare.isupper() else _as_written(bare[len(first) :], nominative)
        return HeadForm(head, first, form.case, form.plural, first + ending)
    return None


def _as_written(written: str, nominative: str) -> str:
    """The nominative with the letters that the word shares with it as they were written."""
    shared = 0
    while shared < min(len(written), len(nominative)) and written[shared].lower() == nominative[shared]:
        shared += 1
    return written[:shared] + nominative[shared:]


def is_head_alone(name: str) -> bool:
    """Whether a name is no more than a head noun, which means any of its sort."""
    form = read_word(name).head if " " not in name else None
    return form is not None and not form.first and form.head.kind not in ("council", "board")


def _read_legal(text: str) -> LegalForm | None:
    spelling, colon, ending = (text, "", "") if text in _legal_forms() else text.partition(":")
    found = _legal_forms().get(spelling)
    if found is None:
        return None
    case = colon_case(ending) if colon else "nominative"
    return LegalForm(*found, spelling, case) if case else None


_NOT_GENITIVE = (
    "taan", "daan", "tään", "dään", "llaan", "mään", "maan", "seen", "uteen", "yteen", "iin", "oon", "öön", "uun", "yyn",
    "hin", "hen",
)  # fmt: skip
_LOCAL = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "mme", "nsa", "nsä")
_VERB = (
    "taan", "tään", "taän", "täan", "daan", "dään", "daän", "däan", "vat", "vät", "tiin", "isi", "nee", "nut", "nyt",
)  # fmt: skip


def _may_be_genitive(lower: str, *, capital: bool) -> bool:
    """Proper names in *-maan* and *-oon* are genitives as a rule; common words so ending are illatives or verbs."""
    if len(lower) < 3 or not lower.endswith("n") or lower.endswith("nen") or lower in ("kuin", "niin", "vain", "ennen"):
        return False
    return not lower.endswith(_NOT_GENITIVE) or (
        capital and lower.endswith(("maan", "oon", "öön", "iin", "uun", "yyn"))
    )


class Remembered(dict[str, _Read]):
    """What is read in each spelling, because bulletins repeat their words.

    A plain table, emptied when full: it is asked for every word of a text, where keeping the order of use would cost
    more than reading some words again.
    """

    def __init__(self, read: Callable[[str], _Read]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, spelling: str) -> _Read:
        if len(self) >= _MOST_SPELLINGS:
            self.clear()
        found = self[spelling] = self._read(spelling)
        return found


def _read_word(text: str) -> Word:
    """What a spelling can be."""
    lower = text.lower()
    first = text[1:2] if text[:1] == "-" else text[:1]
    if first.isdigit() and text[1:2].isupper() and len(text) > 2:
        first = text[1]  # 4H-yhdistys
    letters, capital = first.isalpha(), first.isupper()
    closed = lower in word_list("closed")
    head = head_of(text) if letters and len(text) > 3 else None
    return Word(
        text=text,
        lower=lower,
        capital=capital,
        letters=letters,
        head=head,
        legal=_read_legal(text) if len(text) < 14 else None,
        genitive=letters and not closed and _may_be_genitive(lower, capital=capital),
        local=lower.endswith(_LOCAL) and len(text) > (5 if capital else 4),
        closed=closed,
        verb=(lower.endswith(_VERB) and not lower.endswith(_town_genitives())) or lower in word_list("acting"),
        small=letters and not capital,
    )


read_word = Remembered(_read_word).__getitem__
_NO_WORD = read_word("")


def _cut(text: str) -> tuple[list[str], list[int]]:
    """A text as what stands between its words and the words in turns, and the indices of the words that are addresses."""
    if not any(map(text.__contains__, _ADDRESS_SIGNS)):
        return _TOKEN.split(text), []
    pieces = _TOKEN_OR_ADDRESS.split(text)
    addresses = [index for index, address in enumerate(pieces[2::3]) if address is not None]
    del pieces[2::3]
    return pieces, addresses


class Words:
    """A text cut into words and marks, addressed by index."""

    __slots__ = ("_capitals", "ends", "spellings", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        pieces, addresses = _cut(text)
        offsets = list(accumulate(map(len, pieces)))
        self.starts, self.ends, spellings = offsets[:-1:2], offsets[1::2], pieces[1::2]
        for index in addresses:
            spellings[index] = ""
        if not _ABBREVIATED.isdisjoint(spellings):
            for index in [k for k, spelling in enumerate(spellings) if spelling in _ABBREVIATED][::-1]:
                self._settle_form(index, spellings)
        for hyphen in _LEADING_HYPHEN.finditer(text):
            self._settle_hyphen(hyphen.start(), spellings)
        self.spellings = spellings
        self.words = list(map(read_word, spellings))
        self._capitals: list[int] | None = None

    def with_words(self, starts: list[int], ends: list[int], words: list[Word]) -> Words:
        """The same text with other words."""
        other = object.__new__(Words)
        other.text, other.starts, other.ends, other.words = self.text, starts, ends, words
        other.spellings, other._capitals = [word.text for word in words], None
        return other

    def _settle_form(self, index: int, spellings: list[str]) -> None:
        """One word of the pieces of *r.f.*, where they stand there."""
        short = _ABBREVIATED_FORM.match(self.text, self.starts[index])
        if short is None or self.text[short.end() : short.end() + 1].isalnum():
            return
        self.ends[index], spellings[index] = short.end(), short[0].replace(" ", "").rstrip(".")
        inside = slice(index + 1, bisect_left(self.starts, short.end(), index + 1))
        del self.starts[inside], self.ends[inside], spellings[inside]

    def _settle_hyphen(self, start: int, spellings: list[str]) -> None:
        """A word that begins with a hyphen; the hyphen is none of it before a capital and where a line begins."""
        index = bisect_left(self.starts, start)
        spelling = spellings[index]
        if self.starts[index] != start or not spelling:
            return
        if spelling[1].isupper() or self._at_line_start(start):
            self.starts[index], spellings[index] = start + 1, spelling[1:]
        else:
            spellings[index] = "-" + spelling[1:]

    def _at_line_start(self, start: int) -> bool:
        before = self.text[max(start - 8, 0) : start].rpartition("\n")
        return start == 0 or (bool(before[1]) and before[2].strip() == "")

    def __len__(self) -> int:
        return len(self.words)

    @property
    def capitals(self) -> list[int]:
        """Indices of the words that begin with a capital, found once for all who look there alone."""
        if self._capitals is None:
            self._capitals = [index for index, word in enumerate(self.words) if word.capital]
        return self._capitals

    def at(self, index: int) -> Word:
        """The word at an index; a word of nothing outside the text."""
        try:
            return self.words[index] if index >= 0 else _NO_WORD
        except IndexError:
            return _NO_WORD

    def adjoin(self, index: int) -> bool:
        """Whether the word at ``index`` follows the one before it in the same line of thought: no cell, block or short line between."""
        if index <= 0 or index >= len(self.words):
            return False
        end, start = self.ends[index - 1], self.starts[index]
        if start == end or (start - end == 1 and self.text[end] == " "):
            return True
        gap = self.text[end:start]
        if "\t" in gap or gap.count("\n") > 1:
            return False
        line = self.text.rfind("\n", 0, end)
        return "\n" not in gap or (
            end - line > _LONG_LINE and self.text[start].islower() and "\t" not in self.text[line + 1 : end]
        )

    def opens(self, index: int) -> bool:
        """Whether a sentence, line, cell or list item begins at the word."""
        if index <= 0 or not self.adjoin(index):
            return True
        before = self.words[index - 1]
        if before.text[:1].isdigit() and (not self.adjoin(index - 1) or self.words[index - 2].text == "§"):
            return True
        return before.text in (".", "!", "?", ":", ";", "•", "-", "–", "—", "·", "*", "”", '"', "§") or (
            before.text.endswith(".") and before.letters
        )

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the words ``first`` to ``last``, the latter included."""
        return self.starts[first], self.ends[last]

    def written(self, first: int, last: int) -> str:
        """The words ``first`` to ``last`` as they stand in the text, in one line."""
        return " ".join(self.text[self.starts[first] : self.ends[last]].split())
