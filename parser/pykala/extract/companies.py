"""Names that carry a legal form: *Aalto Oy*, *Oy Aalto Ab*, *Kiinteistö Oy Kivi*, *Rannan kyläyhdistys ry*."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pykala.extract.candidates import Candidate
from pykala.extract.endings import nominative_of
from pykala.extract.inflection import colon_case
from pykala.extract.left import town_owner
from pykala.extract.registers import region_genitives, town_forms
from pykala.extract.words import LegalForm, Word, Words, word_list
from pykala.rules import load

_OPENING = {"”": "”", '"': '"', "»": "»", "“": "“"}
_JOINED = frozenset({"&", "+"})
_INNER_KINDS = frozenset({"association", "company", "school", "other", "office"})
_LEADING = frozenset({"Oy", "Ab", "OY", "AB", "Tmi", "T:mi"})
_LONGEST = 12


@cache
def _openers() -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    """Words that open a company's name (*Kiinteistö Oy*), by the first of them."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for entry in load("forms")["form"]:
        for spelling in entry.get("opens", ()):
            words = tuple(w.text for w in Words(spelling).words)
            table.setdefault(words[0], []).append((words, entry["id"], entry["kind"]))
    return {first: tuple(sorted(rows, key=lambda r: -len(r[0]))) for first, rows in table.items()}


def is_opener(text: str) -> bool:
    """Whether a word may open a company's name, as *Kiinteistö* of *Kiinteistö Oy*."""
    return text in _openers()


class CompanyFinder:
    """Reads the name around a word of legal form."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._with_form = self._stand_before_forms()
        self._swedish = False  # whether the form word at hand is Swedish, whose words do not inflect by ending

    def _stand_before_forms(self) -> frozenset[str]:
        """Words that open a name of two or three words which ends in a form word: *Aalto* of *Aalto Suomi Oy*."""
        words, found = self._words, set()
        for index, word in enumerate(words.words):
            if word.legal is not None:
                k = index
                while words.adjoin(k) and words.at(k - 1).capital and index - k < 4:
                    k -= 1
                found.add(words.at(k).text if words.at(k - 1).lower != "ja" else "")
        return frozenset(found)

    def read(self, index: int) -> Iterator[Candidate]:
        """The names that a word of legal form at ``index``, or an opener such as *Kiinteistö Oy*, shows."""
        opener = self.opener_at(index)
        if opener is not None:
            found = self._after(index, index + len(opener[0]) - 1, opener[1], opener[2])
            if found:
                yield found
            return
        legal = self._words.at(index).legal
        if legal is None or (self._words.adjoin(index) and self.opener_at(index - 1) is not None):
            return
        before = self._words.at(index - 1)
        leads = self._leads(index)
        first_after = leads and self._words.adjoin(index) and before.letters and not before.capital
        found = self._after(index, index, legal.id, legal.kind) if first_after else self._before(index, legal)
        if found is None and leads:
            found = self._after(index, index, legal.id, legal.kind)
        if found is not None or not first_after:
            yield from (found,) if found else ()
        elif found := self._before(index, legal):
            yield found

    def partners(self, index: int) -> Iterator[Candidate]:
        """Two capitalised names joined by *&* without a legal form: *Kivi & Ranta*."""
        words, first, last = self._words, index, index
        while words.adjoin(first) and words.at(first - 1).capital and not words.at(first - 1).closed and index - first < 3:
            first -= 1
        while words.adjoin(last + 1) and words.at(last + 1).capital and words.at(last + 1).legal is None and last - index < 3:
            last += 1
        if first < index < last:
            name = words.written(first, last)
            yield Candidate("names.partners", first, last, name, "company", "nominative", name)

    def opener_at(self, index: int) -> tuple[tuple[str, ...], str, str] | None:
        """The opening words that begin at ``index``, if a name follows them."""
        words = self._words
        for row in _openers().get(words.at(index).text, ()):
            size = len(row[0])
            if all(words.at(index + k).text == spelling for k, spelling in enumerate(row[0])) and self._begins_name(
                index + size
            ):
                return row
        return None

    def _leads(self, index: int) -> bool:
        legal = self._words.at(index).legal
        return legal is not None and legal.spelling in _LEADING and self._begins_name(index + 1)

    def _begins_name(self, index: int) -> bool:
        word = self._words.at(index)
        return self._words.adjoin(index) and word.letters and word.capital and word.legal is None

    # ------------------------------------------------------------ the name follows

    def _after(self, first: int, form: int, rule: str, kind: str) -> Candidate | None:
        words, last = self._words, form
        while last - form < 8 and words.adjoin(last + 1):
            following = words.at(last + 1)
            if following.legal is not None:
                return self._closed(first, last + 1, rule, kind)
            joins = (
                following.text in ("&", "ja")
                and last > form
                and words.at(last + 2).capital
                and self.opener_at(last + 2) is None
            )
            digits = (
                following.text[:1].isdigit() and last > form and len(following.text) < 8 and following.text[:2] != "20"
            )
            if joins and words.at(last).genitive and following.text == "ja":
                break
            if following.text == "&" and joins and words.at(last + 2).text.startswith("Co"):
                return self._partners(first, last + 2, rule, kind)
            if not (following.capital or digits or (following.text == "&" and joins)) or following.closed:
                break
            if self.opener_at(last + 1) is not None or _ends_name(words.at(last), after_opener=last == form):
                break
            last += 1
        if last == form:
            return None
        written = words.written(first, last)
        ending = words.at(last).text
        nominative, case = nominative_of(ending)
        name = written[: len(written) - len(ending)] + nominative if written.endswith(ending) else written
        if words.at(form).text in ("Ab", "AB"):
            name, case = written, None
        return Candidate(
            f"forms.{rule}", first, last, name, kind, case or "nominative", name, inflected=case is not None
        )

    def _partners(self, first: int, last: int, rule: str, kind: str) -> Candidate:
        """A name that ends in *& Co*."""
        stem, colon, ending = self._words.at(last).text.partition(":")
        written = self._words.written(first, last)
        case = colon_case(ending) if colon else "nominative"
        name = written.removesuffix(self._words.at(last).text) + stem
        return Candidate(f"forms.{rule}", first, last, name, kind, case or "nominative", name)

    def _closed(self, first: int, last: int, rule: str, kind: str) -> Candidate:
        last = self._all_forms(last)
        return self._finished(first, last, rule, kind)

    # ------------------------------------------------------------ the name stands before

    def _before(self, index: int, legal: LegalForm) -> Candidate | None:
        self._swedish = legal.id in ("rf", "ab")
        first = self._start(index, legal.kind)
        if first is None:
            return None
        last = self._all_forms(index)
        if first == index - 1 and ":" not in self._words.at(last).text and self._begins_name(last + 1):
            return self._after(first, last, legal.id, legal.kind)
        return self._finished(first, last, legal.id, legal.kind)

    def _all_forms(self, index: int) -> int:
        """The last of adjoining form words: *Ltd Oy*."""
        while self._words.adjoin(index + 1) and self._words.at(index + 1).legal is not None:
            index += 1
        return index

    def _finished(self, first: int, last: int, rule: str, kind: str) -> Candidate:
        words = self._words
        legal = words.at(last).legal
        case, written = "nominative", words.written(first, last)
        if legal is not None:
            case = legal.case
            written = (
                written.removesuffix(words.at(last).text) + legal.spelling if ":" in words.at(last).text else written
            )
        for k in range(first, last):
            inner = words.at(k).head
            if (
                inner is not None
                and inner.head.kind == "company"
                and inner.case == "genitive"
                and not words.at(k).capital
            ):
                written = written.replace(words.at(k).text, inner.nominative)
        return Candidate(f"forms.{rule}", first, last, written, kind, case, written)

    def _start(self, form: int, kind: str) -> int | None:
        """The first word of the name that ends at a form word."""
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
        if word.text.startswith("-") and words.at(index - 1).lower in ("ja", "och"):
            return True
        if word.closed or word.verb or (word.local and not word.lower.endswith("nsa") and not self._swedish):
            return (
                word.lower in ("i", "för", "till")
                and seen
                and words.at(index - 1).capital
                and not words.opens(index - 1)
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
        )

    def _foreign(self, index: int, *, seen: bool) -> bool:
        """Whether a capitalised word is another thing's name or the sentence's first word."""
        words, word = self._words, self._words.at(index)
        town = town_forms().get(word.text)
        if town and town[1] not in ("genitive", "nominative"):
            return seen
        if seen and (word.verb or (word.local and words.opens(index))):
            return True
        if seen and self._introduces(index):
            return True
        if seen and words.opens(index) and word.lower in word_list("openers"):
            return True
        return bool(
            seen and word.head and word.head.head.kind in ("council", "board", "committee", "division", "municipality")
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
        if (
            word.head is not None
            and word.head.head.kind in _INNER_KINDS
            and (word.head.case == "nominative" or kind == "company")
        ):
            return before.capital or before.genitive
        if word.lower in word_list("connectors"):
            if words.at(after).text.startswith("-"):
                return True
            if (
                not before.letters
                or before.legal is not None
                or before.closed
                or not (before.capital or before.open_hyphen)
            ):
                return False
            if word.lower in ("ja", "sekä"):
                return self._joins_parts(index)
            return True
        if town_owner(words, after) and kind == "company":
            return False
        return (
            (word.genitive or word.open_hyphen)
            and _may_link(before)
            and not (words.opens(index - 1) and before.lower in word_list("openers"))
        )

    def _joins_parts(self, index: int) -> bool:
        """Whether *ja* stands within one name, *Sana ja Sävel ry*, not between two: no head, town or other company before it."""
        before = self._words.at(index - 1)
        if before.open_hyphen or before.text in region_genitives():
            return True
        following = self._words.at(index + 1)
        own = (
            following.genitive
            and self._words.at(index + 2).legal is None
            and (following.text in town_forms() or len(following.text) > 5)
        )
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


def _may_link(word: Word) -> bool:
    return word.capital and word.letters and not word.closed and word.legal is None and word.genitive


def _ends_name(word: Word, *, after_opener: bool) -> bool:
    """Whether an inflected word ends the name: nothing of it can follow *Kaislalle*."""
    return not after_opener and word.local and word.text not in town_forms()
