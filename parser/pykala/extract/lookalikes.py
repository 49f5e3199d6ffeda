"""Strings of digits that are neither money nor a year: case numbers, sections, statutes, telephones, measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pykala.model import Rejected
from pykala.rules import load

_RUN = re.compile(r"(?<!\d)\d")
_MONEY = re.compile(r"[ \u00a0\u2009\u202f]?(?:[€$£]|(?i:eur)|(?:M|t|k|m)€|e\b|me\b|Me\b|(?i:milj|mrd)|markka|mk\b|kr\b)")
_BEFORE = 48  # characters: the longest words that an entry asks for


@dataclass(frozen=True, slots=True)
class _Entry:
    rule: str
    reason: str
    at: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Grammar:
    before: re.Pattern[str]
    framed: tuple[_Entry, ...]
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
        hit = _at(text, start)
        if hit is not None:
            done = hit.end
            yield hit


def _at(text: str, start: int) -> Rejected | None:
    grammar = _grammar()
    frame = grammar.before.search(text, max(0, start - _BEFORE), start)
    if frame is not None:
        entry = grammar.framed[int((frame.lastgroup or "_0")[1:])]
        hit = _mention(text, entry, entry.at.match(text, start))
        if hit is not None:
            return hit
    shape = grammar.shapes.match(text, start)
    return _mention(text, grammar.shaped[shape.lastgroup or ""], shape) if shape is not None else None


def _mention(text: str, entry: _Entry, match: re.Match[str] | None) -> Rejected | None:
    if match is None or _MONEY.match(text, match.end()):
        return None
    start, end = match.start(), match.end()
    return Rejected(entry.rule, start, end, text[start:end], entry.reason)


@cache
def _grammar() -> _Grammar:
    entries = load("lookalikes")["lookalike"]
    framed = [e for e in entries if "before" in e]
    befores = "|".join(f"(?P<_{i}>{e['before']})" for i, e in enumerate(framed))
    shapes = {e["id"]: e["at"] for e in entries if "before" not in e}
    measures = {e["id"]: _measure(e["forms"]) for e in load("lookalikes")["measure"]}
    reasons = {e["id"]: e["reason"] for e in (*entries, *load("lookalikes")["measure"])}
    order = shapes | measures
    return _Grammar(
        before=re.compile(f"(?:{befores})$"),
        framed=tuple(_Entry(f"lookalikes.{e['id']}", e["reason"], re.compile(e["at"])) for e in framed),
        shapes=re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in order.items())),
        shaped={n: _Entry(f"lookalikes.{n}", reasons[n], re.compile(p)) for n, p in order.items()},
    )


def _measure(forms: Iterable[str]) -> str:
    """A number, a range of numbers, or a number with a multiplier, and what it counts."""
    space = r"[ \u00a0\u2009\u202f]"
    number = rf"\d{{1,3}}(?:{space}\d{{3}})+(?:,\d+)?|\d+(?:[.,]\d+)*"
    words = "|".join(sorted((re.escape(f) for f in forms), key=len, reverse=True))
    many = rf"(?:{space}?(?:milj(?:\.|oonaa|oonan|oner)?|tuhatta|tuhannen|tusen|mrd\.?|miljardia|million)(?:{space}|$))?"
    return rf"(?:{number})(?:\s?[-–−]\s?(?:{number}))?(?::[a-zåäö]{{1,4}})?-?{space}?{many}{space}?(?:{words})(?!\w)"
