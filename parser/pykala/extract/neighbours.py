"""What stands around a head noun and makes it a name: a run before it, a name after it, a list that it is an entry of."""

from __future__ import annotations

import re

from pykala.extract.words import HeadForm, Words, word_list

_DISTRIBUTION = re.compile(r"\b(?:Tiedoksi|Jakelu|Ote|Otteet|Delgivning|Sändlista|Täytäntöönpano)\b")


def dash_start(words: Words, index: int) -> int | None:
    """The first word of the name that *-kuntayhtymä* closes."""
    first = index
    while words.adjoin(first) and index - first < 8:
        before = words.at(first - 1)
        if before.text in ("”", '"', "“") and first == index:
            return next(
                (k for k in range(first - 2, max(first - 9, -1), -1) if words.at(k).text in ("”", '"', "“")), None
            )
        if (
            not (before.letters or before.text.isdigit())
            or before.closed
            or before.verb
            or (before.local and not before.capital)
        ):
            break
        first -= 1
        goes_on = words.adjoin(first) and (words.at(first - 1).capital or words.at(first - 1).text.isdigit())
        if before.capital and not goes_on:
            return first
    return None


def run_start(words: Words, index: int) -> int | None:
    """The first word of a name without a hyphen before its head: *Rannan kampuskiinteistöt kuntayhtymä*."""
    first = index
    while words.adjoin(first) and index - first < 6:
        before = words.at(first - 1)
        if before.closed or before.verb or before.local or not before.letters or before.head is not None:
            return None
        first -= 1
        if before.capital and (before.genitive or "–" in before.text):
            return first if index - first > 1 else None
    return None


def lead_start(words: Words, index: int, core: int, by: frozenset[str]) -> int | None:
    """The first word of a name that stands before its head in the nominative: *Alvar Aalto Säätiö*."""
    first = core - 1
    leads = "lead" in by or ("Lead" in by and words.at(index).capital)
    if not leads or not words.adjoin(core) or not _leads(words, core):
        return None
    while words.adjoin(first) and _leads(words, first) and core - first < 3 and not words.opens(first):
        first -= 1
    return first


def _leads(words: Words, index: int) -> bool:
    before = words.at(index - 1)
    headed = before.head is not None and before.head.head.kind != "company"
    return before.capital and not before.closed and not headed and not before.local and not before.verb


def tail_end(words: Words, index: int, form: HeadForm) -> int:
    """The last word of a name that follows its head: *Osuuskunta Kivi*."""
    last = index
    if "tail" not in form.head.named_by or form.case != "nominative":
        return index
    while (
        words.adjoin(last + 1) and words.at(last + 1).capital and words.at(last + 1).legal is None and last - index < 4
    ):
        last += 1
    return last


def stands_alone(words: Words, index: int) -> bool:
    """Whether the word is an entry of a list of receivers: nothing but commas or line ends around it."""
    before, after = words.at(index - 1), words.at(index + 1)
    opens = before.text == "," or not words.adjoin(index) or before.lower in ("jakelu", "tiedoksi", "ote", "otteet")
    return opens and (after.text == "," or not words.adjoin(index + 1))


def in_distribution(words: Words, index: int) -> bool:
    """Whether a heading of a distribution list stands shortly before."""
    start = words.starts[index]
    return _DISTRIBUTION.search(words.text, max(start - 300, 0), start) is not None


def means_building(words: Words, index: int, form: HeadForm) -> bool:
    """Whether the words that follow a school or museum mean its house."""
    following = words.at(index + 1)
    return (
        form.head.id in ("koulu", "museo", "teatteri", "lukio", "opisto") and words.adjoin(index + 1)
        and following.lower.startswith(tuple(sorted(word_list("building"))))
    )  # fmt: skip
