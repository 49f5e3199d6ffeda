"""Where a name begins that a word of legal form ends: *Lautakunta myönsi | Rannan kylän nuorisoseura ry:lle*.

From the form word leftwards, words are taken while they can stand inside a name: capitalised ones, and lower-case ones
between them that join or say whose. The first word of a sentence is dropped where it is a verb or a common noun.
"""

from __future__ import annotations

from functools import cache, cached_property

from pykala.extract import abbreviations
from pykala.extract.left import town_owner
from pykala.extract.registers import region_genitives, swedish_towns, town_forms
from pykala.extract.swedish import swedish_head
from pykala.extract.words import LegalForm, Word, Words, word_list

_OPENING = frozenset('”"»“')
_JOINED = frozenset({"&", "+"})
_INNER_KINDS = frozenset({"association", "company", "school", "other", "office"})
_BODIES = frozenset({"council", "board", "committee", "division", "municipality"})
_LONGEST = 12


class Beginning:
    """Finds the first word of a name."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._form = 0
        self._swedish = False  # whether the form word at hand is Swedish, whose words do not inflect by ending

    @cached_property
    def _with_form(self) -> frozenset[str]:
        """Words that open a name of two or three words which ends in a form word: *Aalto* of *Aalto Suomi Oy*."""
        words, found = self._words, set()
        for index, word in enumerate(words.words):
            if word.legal is not None:
                k = index
                while words.adjoin(k) and words.at(k - 1).capital and index - k < 4:
                    k -= 1
                found.add(words.at(k).text if words.at(k - 1).lower != "ja" else "")
        return frozenset(found)

    def of(self, form: int, legal: LegalForm) -> int | None:
        """The first word of the name that ends before a form word, or None where no name stands before it."""
        self._swedish = legal.id in ("rf", "ab")
        self._form = form
        kind = legal.kind
        words, first, capital = self._words, form, None
        while form - first < _LONGEST and words.adjoin(first):
            before = words.at(first - 1)
            if before.text in _OPENING and first == form:
                return self._quoted(first - 1)
            if (
                capital == first
                and kind in ("association", "foundation")
                and (other := self._other_language(first - 1)) is not None
            ):
                return other
            if not self._belongs(first - 1, first, kind, seen=capital is not None):
                break
            first -= 1
            if before.capital:
                capital = first
        if capital is None:
            return None
        return self._trim(capital, form)

    def _quoted(self, closing: int) -> int | None:
        words = self._words
        for k in range(closing - 1, max(closing - 9, -1), -1):
            if words.at(k).text in _OPENING:
                return k
            if not words.adjoin(k + 1):
                return None
        return None

    def _belongs(self, index: int, after: int, kind: str, *, seen: bool) -> bool:
        """Whether the word before a part of the name belongs to it too."""
        words, word = self._words, self._words.at(index)
        if word.legal is not None:
            return False
        if word.text in _JOINED:
            return words.at(index - 1).letters and words.adjoin(index)
        if not word.letters:
            return word.text.isdigit() and self._number_in_name(index)
        if word.capital:
            return not (word.closed and word.lower not in word_list("openers")) and not self._foreign(index, seen=seen)
        return self._small_belongs(index, after, kind, seen=seen)

    def _small_belongs(self, index: int, after: int, kind: str, *, seen: bool) -> bool:
        """Whether a lower-case word belongs to the name: the last before its form word, or one between capitalised ones."""
        words, word = self._words, self._words.at(index)
        if word.text.startswith("-") and words.at(index - 1).lower in ("ja", "och"):
            return True
        last = not seen and after == self._form and not word.closed and not word.local
        barred = word.closed or word.verb or (word.local and not word.lower.endswith("nsa") and not self._swedish)
        if barred and not last:
            before = words.at(index - 1)
            placed = words.at(index - 2).lower in ("i", "på", "från", "vid")
            return (
                word.lower in ("i", "för", "till")
                and seen
                and before.capital
                and not words.opens(index - 1)
                and not placed
            )
        if not seen:
            return word.head is None or word.head.case == "nominative" or kind != "company"
        return self._joining(index, after, kind)

    def _other_language(self, dash: int) -> int | None:
        """The first word of an association's other name before a dash: *Rannan Purjehtijat – Strand Seglare ry*."""
        words, first = self._words, dash
        if words.at(dash).text not in ("-", "–") or not words.adjoin(dash) or not words.adjoin(dash + 1):
            return None
        while (
            words.adjoin(first)
            and words.at(first - 1).letters
            and not words.at(first - 1).verb
            and words.at(first - 1).legal is None
        ):
            first -= 1
        head = words.at(dash - 1).head
        if head is not None and head.head.kind in ("association", "foundation"):
            return first if words.at(first).capital else None
        opening = words.at(first)
        proper = opening.capital and opening.genitive and opening.lower not in word_list("openers")
        fits = first < dash - 1 and words.opens(first) and proper and not words.at(dash - 1).lower.endswith("minen")
        return first if fits else None

    def _number_in_name(self, index: int) -> bool:
        """A number belongs to a name between two of its words: *Pilvi 12 Finland Oy*, *Suomi 100 ry*."""
        words = self._words
        before = words.at(index - 1)
        return (
            len(words.at(index).text) < 5
            and words.adjoin(index)
            and before.capital
            and not before.closed
            and before.legal is None
            and not (before.text.isupper() and len(before.text) > 2)
        )

    def _foreign(self, index: int, *, seen: bool) -> bool:
        """Whether a capitalised word is another thing's name or the sentence's first word."""
        words, word = self._words, self._words.at(index)
        town = town_forms().get(word.text)
        if town and town[1] not in ("genitive", "nominative"):
            return seen
        if not seen:
            return False
        if word.verb or (word.local and words.opens(index)) or self._introduces(index):
            return True
        if word.lower in word_list("openers") and words.opens(index):
            return True
        if abbreviations.is_short(word) or self._definite_opener(index):
            return True
        return word.head is not None and word.head.head.kind in _BODIES

    def _definite_opener(self, index: int) -> bool:
        """Whether a definite Swedish noun opens the sentence: *Arrendatorn Skärgårdens Hamn Ab*."""
        if not self._swedish or not self._words.opens(index):
            return False
        word = self._words.at(index)
        known = word.text in region_genitives() or word.text in town_forms() or swedish_head(word.text) is not None
        if known:
            return False
        return (
            word.lower.endswith(("en", "et", "orn", "na")) and self._words.at(index + 1).capital and len(word.text) > 5
        )

    def _introduces(self, index: int) -> bool:
        """Whether a word before a town's or region's genitive is none of the name: a verb, a heading, a unit of a list."""
        words, word = self._words, self._words.at(index)
        following = words.at(index + 1)
        town = town_forms().get(following.text)
        placed = (town is not None and town[1] == "genitive") or following.text in region_genitives()
        if not placed or word.text.isupper() or word.text in town_forms() or word.text in region_genitives():
            return False
        office = word.head is not None and word.head.head.kind == "office" and word.head.case == "nominative"
        return (
            office
            or (words.opens(index) and len(word.text) > 3 and not word.genitive)
            or (words.opens(index) and word.lower.endswith("sin"))
        )

    def _joining(self, index: int, after: int, kind: str) -> bool:
        """Whether a lower-case word stands inside a name: a connector, or a genitive after a proper name."""
        words, word = self._words, self._words.at(index)
        before = words.at(index - 1)
        if not words.adjoin(index):
            return False
        inner = word.head is not None and word.head.head.kind in _INNER_KINDS
        if inner and word.head and (word.head.case == "nominative" or (kind == word.head.head.kind == "company")):
            return before.capital or before.genitive
        if word.lower in word_list("connectors"):
            return words.at(after).text.startswith("-") or self._connects(index)
        owner = word.head is not None and word.head.head.kind in ("association", "foundation", "joint_authority")
        if kind == "company" and (owner or town_owner(words, after)):
            return False
        opening = words.opens(index - 1) and before.lower in word_list("openers")
        genitive = (word.genitive or word.open_hyphen) and not word.lower.endswith(_objects())
        return genitive and _may_link(before) and not opening

    def _connects(self, index: int) -> bool:
        """Whether a connector joins two parts of one name."""
        words, word = self._words, self._words.at(index)
        before = words.at(index - 1)
        if word.lower in ("i", "för", "till") and words.at(index - 2).lower in ("i", "på", "från", "vid"):
            return False
        if (
            not before.letters
            or before.legal is not None
            or before.closed
            or not (before.capital or before.open_hyphen)
        ):
            return False
        return word.lower not in ("ja", "sekä", "och") or self._joins_parts(index)

    def _joins_parts(self, index: int) -> bool:
        """Whether *ja* stands within one name, *Sana ja Sävel ry*, not between two: no head, town or other company before it."""
        before = self._words.at(index - 1)
        if before.open_hyphen or before.text in region_genitives():
            return True
        if before.genitive and before.text in town_forms() and self._words.at(index + 1).text in town_forms():
            return True
        following = self._words.at(index + 1)
        own = (
            following.genitive
            and self._words.at(index + 2).legal is None
            and (following.text in town_forms() or len(following.text) > 5)
        )
        own = own or (self._words.at(index).lower == "och" and following.text in swedish_towns())
        if own or before.lower.endswith("nen"):
            return False
        town = town_forms().get(before.text)
        if (
            (before.head is not None and before.head.head.kind != "company")
            or before.local
            or (town and town[1] == "nominative")
        ):
            return False
        return before.text not in self._with_form

    def _trim(self, first: int, form: int) -> int | None:
        """The name without a sentence's first word that is none of it."""
        words = self._words
        while (
            first < form
            and words.at(first).lower in word_list("openers")
            and (words.opens(first) or words.at(first).closed)
        ):
            first += 1
        while first < form and words.at(first).lower in word_list("connectors"):
            first += 1
        if first == form or (first == form - 1 and not words.at(first).letters):
            return None
        return first


@cache
def _objects() -> tuple[str, ...]:
    return tuple(sorted(word_list("objects")))


def _may_link(word: Word) -> bool:
    return word.capital and word.letters and not word.closed and word.legal is None and word.genitive
