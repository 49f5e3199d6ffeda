"""Strings of digits that are neither money nor a year: case numbers, sections, statutes, telephones, measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pykala.model import Rejected
from pykala.rules import load

_RUN = re.compile(r"(?<!\d)\d")
_MONEY = re.compile(
    r"[ \u00a0\u2009\u202f]?(?:[€$£]|(?i:eur)|(?:M|t|k|m)€|e\b|me\b|Me\b|(?i:milj|mrd)|markka|mk\b|kr\b)"
)
_DAY = re.compile(r"(?:\d{1,2}\.(?:\d{1,2}\.)?\s?[-–]\s?)?\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"(?<!\w)\w|(?<=\s)[^\w\s]|[§©+]")
_DECIMALS = re.compile(r",\d")
_BLANKS = (" ", "\u00a0")
_BEFORE = 40  # characters: the longest words that an entry asks for


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: str
    reason: str
    at: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Grammar:
    before: re.Pattern[str]
    framed: tuple[_Entry, ...]
    endings: tuple[tuple[tuple[str, ...], _Entry], ...]
    shapes: re.Pattern[str]
    shaped: dict[str, _Entry]


def find(text: str) -> tuple[Rejected, ...]:
    """Every string of digits that only looks like money or a year, in order, without overlaps.

    >>> [(m.text, m.reason) for m in find("Kuntalain (410/2015) 28.1 §")]
    [('410/2015', 'statute'), ('28.1 §', 'section')]
    """
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Rejected]:
    done = 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start < done:
            continue
        day = _DAY.match(text, start)
        if day is not None:  # "puh. 040 123 4567 12.3.2024", "Rantakuja 2.3.2024": a full date is a date
            done = day.end()
            continue
        hit = _at(text, start)
        if hit is not None:
            done = hit.end
            yield hit


def _at(text: str, start: int) -> Rejected | None:
    grammar = _grammar()
    for entry in _frames(text, start, grammar):
        hit = _mention(text, entry, entry.at.match(text, start))
        if hit is not None:
            return hit
    shape = grammar.shapes.match(text, start)
    return _mention(text, grammar.shaped[shape.lastgroup or ""], shape) if shape is not None else None


def _frames(text: str, start: int, grammar: _Grammar) -> Iterator[_Entry]:
    """The entries whose words stand right before a number: looked for from the starts of the last words only."""
    for word in _WORD.finditer(text, max(0, start - _BEFORE), start):
        frame = grammar.before.match(text, word.start(), start)
        if frame is not None:
            yield grammar.framed[int((frame.lastgroup or "_0")[1:])]
    if text[start - 1 : start] in _BLANKS:
        head = text[max(0, start - _BEFORE) : start - 1]
        yield from (entry for endings, entry in grammar.endings if head.endswith(endings))


def _mention(text: str, entry: _Entry, match: re.Match[str] | None) -> Rejected | None:
    if match is None or _MONEY.match(text, match.end()) or _DECIMALS.match(text, match.end()):
        return None
    start, end = match.start(), match.end()
    return Rejected(entry.rule, start, end, text[start:end], entry.reason)


@cache
def _grammar() -> _Grammar:
    entries = load("lookalikes")["lookalike"]
    framed = [e for e in entries if "before" in e]
    befores = "|".join(f"(?P<_{i}>{e['before']})" for i, e in enumerate(framed))
    shapes = {e["id"]: e["at"] for e in entries if "before" not in e and "endings" not in e}
    measures = {
        e["id"]: _measure(e["forms"], after_year=e.get("after_year", True)) for e in load("lookalikes")["measure"]
    }
    reasons = {e["id"]: e["reason"] for e in (*entries, *load("lookalikes")["measure"])}
    order = shapes | measures
    return _Grammar(
        before=re.compile(f"(?:{befores})$"),
        framed=tuple(_entry(e) for e in framed),
        endings=tuple((tuple(e["endings"]), _entry(e)) for e in entries if "endings" in e),
        shapes=re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in order.items())),
        shaped={n: _Entry(f"lookalikes.{n}", reasons[n], re.compile(p)) for n, p in order.items()},
    )


def _entry(rule: Mapping[str, str]) -> _Entry:
    return _Entry(f"lookalikes.{rule['id']}", rule["reason"], re.compile(rule["at"]))


def _measure(forms: Iterable[str], *, after_year: bool) -> str:
    """A number, a range of numbers, or a number with a multiplier, and what it counts."""
    space = r"[ \u00a0\u2009\u202f]"
    number = rf"\d{{1,3}}(?:{space}\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d{{1,3}})?(?![\d]|\.\d)"
    words = "|".join(sorted((re.escape(f) for f in forms), key=len, reverse=True))
    many = (
        rf"(?:{space}?(?:milj(?:\.|oonaa|oonan|oner)?|tuhatta|tuhannen|tusen|mrd\.?|miljardia|million)(?:{space}|$))?"
    )
    year = "" if after_year else r"(?!(?:19|20)\d\d[^\d,-])"
    framed = r"(?<!\d\.)(?<!vuonna\s)(?<!vuoden\s)(?<!vuosina\s)(?<!vuosien\s)(?<!\sår\s)"
    return rf"{framed}{year}(?:{number})(?:\s?[-–−]\s?(?:{number}))?(?::[a-zåäö]{{1,4}})?-?{space}?{many}{space}?(?:{words})(?!\w)"
