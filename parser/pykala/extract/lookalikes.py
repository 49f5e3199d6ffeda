"""Strings of digits that are neither money nor a year: case numbers, sections, statutes, telephones, measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from pykala.extract.numerals import runs
from pykala.model import Rejected, Value
from pykala.rules import load
from pykala.rules.stems import trie

_MONEY = re.compile(
    r"[ \u00a0\u2009\u202f]?(?:[€$£]|(?i:eur)|(?:M|t|k|m)€|e\b|me\b|Me\b|(?i:milj|mrd)|markka|mk\b|kr\b)"
)
_DAY = re.compile(r"(?:\d{1,2}\.(?:\d{1,2}\.)?\s?[-–]\s?)?\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d(?!\d)")
_OPENING = "[(\\[\"”’'–-]{0,2}"
_WORD = re.compile(r"\S+")
_YEAR = re.compile(r"(?:19|20)\d\d[^\d,-]")
_YEAR_FRAMES = {"vuonna", "vuoden", "uosina", "uosien", "der år"}
_DECIMALS = re.compile(r",\d")
_BLANKS = (" ", "\u00a0")
_FRAMES = {"before", "compound", "endings", "glued"}
_BEFORE, _MOST_WORDS = 32, 4  # characters and words: the longest that an entry asks for
_AHEAD = 3  # characters after the digits
_MOST_DIGITS = 9  # longer runs look alike
_SPACE = r"[ \u00a0\u2009\u202f]"
_MULTIPLIERS = r"milj(?:\.|oonaa|oonan|oner)?|tuhatta|tuhannen|tusen|mrd\.?|miljardia|million"
_MULTIPLIERS_OPEN = {"mi", "tu", "mr"}


class _Entry(Value):
    rule: str
    reason: str
    at: re.Pattern[str]


class _Grammar(Value):
    before: re.Pattern[str]
    several: re.Pattern[str]
    framed: tuple[_Entry, ...]
    compounds: tuple[tuple[re.Pattern[str], _Entry], ...]
    endings: tuple[tuple[tuple[str, ...], _Entry], ...]
    glued: tuple[tuple[tuple[str, ...], _Entry], ...]
    looks: re.Pattern[str]
    alone: tuple[tuple[re.Pattern[str], _Entry], ...]
    measures: re.Pattern[str]
    measurable: re.Pattern[str]
    not_after_year: frozenset[str]
    measured: dict[str, _Entry]


def find(text: str) -> tuple[Rejected, ...]:
    """Every string of digits that only looks like money or a year, in order, without overlaps.

    >>> [(m.text, m.reason) for m in find("Kuntalain (410/2015) 28.1 §")]
    [('410/2015', 'statute'), ('28.1 §', 'section')]
    """
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Rejected]:
    done = 0
    for start, end in runs(text):
        if start < done:
            continue
        day = _DAY.match(text, start) if text.startswith(".", end) else None
        if day is not None:  # "puh. 040 123 4567 12.3.2024", "Rantakuja 2.3.2024": a full date is a date
            done = day.end()
            continue
        hit = _at(text, start, end)
        if hit is not None:
            done = hit.end
            yield hit


def _at(text: str, start: int, end: int) -> Rejected | None:
    for entry in _frames(text, start):
        hit = _mention(text, entry, entry.at.match(text, start))
        if hit is not None:
            return hit
    leading = "0" if text[start] == "0" else "1"
    for alike in _alike(leading, min(end - start, _MOST_DIGITS), text[end : end + _AHEAD]):
        match = alike.at.match(text, start) if alike is not None else _measured(text, start, _grammar())
        if match is not None:
            return _mention(text, alike or _grammar().measured[match["what"]], match)
    return None


@lru_cache(maxsize=4096)
def _alike(leading: str, digits: int, ahead: str) -> tuple[_Entry | None, ...]:
    """The entries that need no words before a number and that it looks like, then None where it may be measured.

    Remembered, because most numbers look like others before them.
    """
    grammar, number = _grammar(), leading.ljust(digits, "1") + ahead
    entries = [entry for look, entry in grammar.alone if look.match(number)] if grammar.looks.match(number) else []
    return (*entries, None) if grammar.measurable.match(number) else tuple(entries)


def _measured(text: str, start: int, grammar: _Grammar) -> re.Match[str] | None:
    """A number with what it counts; after what may be a year some forms count nothing, and after *vuonna* none does."""
    match = grammar.measures.match(text, start)
    if match is None or not _YEAR.match(text, start):
        return match
    framed = text[start - 7 : start - 1].lower() in _YEAR_FRAMES
    return None if framed or match["what"] in grammar.not_after_year else match


def _frames(text: str, start: int) -> Sequence[_Entry]:
    """The entries whose words stand right before a number."""
    head = text[max(0, start - _BEFORE) : start]
    opening = len(head)
    heads: list[str] = []
    while len(heads) < _MOST_WORDS and (last := head[:opening].rsplit(None, 1)[-1:]):
        end, opening = opening, head.rindex(last[0], 0, opening)
        framed = _framed_by(head[opening:end], head[end:])
        if framed is not None:
            return framed
        heads.insert(0, head[opening:])
    return _entries(heads) if heads else ()


@lru_cache(maxsize=16384)
def _framed_by(word: str, others: str) -> tuple[_Entry, ...] | None:
    """The entries that a word and the others between it and a number are enough for; None where more may be asked for."""
    if _grammar().several.fullmatch(word):
        return None
    words = word + others
    return tuple(_entries([words[opening.start() :] for opening in _WORD.finditer(words)]))


def _entries(heads: Sequence[str]) -> list[_Entry]:
    """The entries that are right before a number, given what stands between it and the start of each word before it."""
    grammar, last = _grammar(), heads[-1]
    frames = [frame for head in heads if (frame := grammar.before.match(head))]
    found = [grammar.framed[int((frame.lastgroup or "_0")[1:])] for frame in frames]
    found += [entry for pattern, entry in grammar.compounds if any(map(pattern.match, heads))]
    if last[-1] in _BLANKS:
        found += [entry for endings, entry in grammar.endings if last[:-1].endswith(endings)]
    elif not last[-1].isspace():
        found += [entry for signs, entry in grammar.glued if any(sign in last for sign in signs)]
    return found


def _mention(text: str, entry: _Entry, match: re.Match[str] | None) -> Rejected | None:
    if match is None or _MONEY.match(text, match.end()) or _DECIMALS.match(text, match.end()):
        return None
    start, end = match.start(), match.end()
    return Rejected(entry.rule, start, end, text[start:end], entry.reason)


@cache
def _grammar() -> _Grammar:
    """The entries by what they ask of the words before them; a group's name closes its branch, so that a branch is left
    at its first letter.
    """
    entries, measures = load("lookalikes")["lookalike"], load("lookalikes")["measure"]
    framed = [e for e in entries if "before" in e]
    befores = "|".join(f"{e['before']}(?P<_{i}>)" for i, e in enumerate(framed))
    alone = [e for e in entries if not _FRAMES & set(e)]
    return _Grammar(
        before=re.compile(rf"{_OPENING}(?:{befores})$"),
        several=re.compile(load("lookalikes")["several"]),
        framed=tuple(_entry(e) for e in framed),
        compounds=tuple(
            (re.compile(rf"{_OPENING}\w*(?:{e['compound']})$"), _entry(e)) for e in entries if "compound" in e
        ),
        endings=tuple((tuple(e["endings"]), _entry(e)) for e in entries if "endings" in e),
        glued=tuple((tuple(e["glued"]), _entry(e)) for e in entries if "glued" in e),
        looks=re.compile("|".join(e["look"] for e in alone)),
        alone=tuple((re.compile(e["look"]), _entry(e)) for e in alone),
        measures=_measures(measures),
        measurable=_measurable(measures),
        not_after_year=frozenset(form for e in measures if not e.get("after_year", True) for form in e["forms"]),
        measured={form: _entry(e) for e in measures for form in e["forms"]},
    )


def _entry(rule: Mapping[str, str]) -> _Entry:
    return _Entry(f"lookalikes.{rule['id']}", rule["reason"], re.compile(rule.get("at", "")))


def _measures(entries: Iterable[Mapping[str, Any]]) -> re.Pattern[str]:
    """A number, a range of numbers, or a number with a multiplier, and what it counts."""
    number = rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d{{1,3}})?(?![\d]|\.\d))"
    many = rf"(?:{_SPACE}?(?:{_MULTIPLIERS}){_SPACE})?"
    words = trie(form for e in entries for form in e["forms"])
    return re.compile(
        rf"(?<!\d\.){number}(?:\s?[-–−]\s?{number})?(?::[a-zåäö]{{1,4}})?-?{_SPACE}?{many}{_SPACE}?(?P<what>{words})(?!\w)"
    )


def _measurable(entries: Iterable[Mapping[str, Any]]) -> re.Pattern[str]:
    """How a number that is measured begins, in its digits and the three characters after them."""
    openings = trie({form[:2] for e in entries for form in e["forms"]} | _MULTIPLIERS_OPEN)
    return re.compile(rf"\d+(?:[.,]\d|:[a-zåäö]|\s?[-–−]|{_SPACE}(?:\d|{_SPACE})|{_SPACE}?{openings})")
