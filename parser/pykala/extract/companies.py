"""Names that carry a legal form: *Aalto Oy*, *Oy Aalto Ab*, *Kiinteistö Oy Kivi*, *Rannan kyläyhdistys ry*."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pykala.extract.beginnings import Beginning
from pykala.extract.candidates import Candidate
from pykala.extract.endings import nominative_of
from pykala.extract.inflection import colon_case
from pykala.extract.registers import town_forms
from pykala.extract.words import LegalForm, Word, Words
from pykala.rules import load

_STREETS = frozenset({"tie", "katu", "kuja", "polku", "raitti", "kaari", "rinne", "kulma", "puistotie"})
_LEADING = frozenset({"Oy", "Ab", "OY", "AB", "Tmi", "T:mi"})


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
        self._beginning = Beginning(words)

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
        while (
            words.adjoin(first) and words.at(first - 1).capital and not words.at(first - 1).closed and index - first < 3
        ):
            first -= 1
        while (
            words.adjoin(last + 1)
            and words.at(last + 1).capital
            and words.at(last + 1).legal is None
            and last - index < 3
        ):
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
            street = words.at(last).genitive and following.lower in _STREETS and words.at(last + 2).text[:1].isdigit()
            if not (following.capital or street or digits or (following.text == "&" and joins)) or following.closed:
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
        first = self._beginning.of(index, legal)
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
        for word in words.words[first:last]:
            inner = word.head
            if inner is not None and inner.head.kind == "company" and inner.case == "genitive" and not word.capital:
                written = written.replace(word.text, inner.nominative)
        said = words.at(first).lower.endswith("yhtiö") and words.at(first + 1).capital and words.opens(first)
        shorter = (written.split(" ", 1)[1],) if said and last - first > 1 else ()
        return Candidate(f"forms.{rule}", first, last, written, kind, case, written, aliases=shorter)


def _ends_name(word: Word, *, after_opener: bool) -> bool:
    """Whether an inflected word ends the name: nothing of it can follow *Kaislalle*."""
    return not after_opener and word.local and word.text not in town_forms()
