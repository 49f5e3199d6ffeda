"""For what a sum is said: a year, a person, a square metre."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pykala.extract.numerals import SPACE
from pykala.model import Mention
from pykala.rules import load

_TAX = rf"(?:{SPACE}?(?:\((?:alv|sis|ilman|veroton|moms|inkl|exkl|excl|incl|vat)[^()\n]{{0,40}}\)|[+,]?{SPACE}?alv\.?(?:{SPACE}\d[\d,]*{SPACE}?%)?))?"


@dataclass(frozen=True, slots=True)
class _Grammar:
    after: re.Pattern[str]
    before: re.Pattern[str]
    entries: dict[str, dict[str, Any]]


def after(text: str, end: int) -> Mention | None:
    """What follows a sum to say for what it is; of two, the quantity.

    >>> after("5 euroa/m2/vuosi", 7).rule
    'per.m2'
    """
    grammar, first = _grammar(), None
    for _ in range(3):
        match = grammar.after.match(text, end)
        if match is None:
            return first
        entry = grammar.entries[_form(match)]
        mention = _mention(entry, text, match.start("slashed" if match["slash"] else "word"), match.end())
        if entry.get("quantity"):
            return mention
        first, end = first or mention, match.end()
    return first


def before(text: str, start: int) -> Mention | None:
    """What stands before a sum to say for what it is: *vuosittain enintään*."""
    grammar = _grammar()
    match = grammar.before.search(text, max(0, start - 56), start)
    if match is None:
        return None
    entry = grammar.entries["before " + match["said"].casefold()]
    return _mention(entry, text, match.start("said"), match.end("said"))


def value(mention: Mention) -> str:
    """The contract's word for what a mention says."""
    return next(str(e["value"]) for e in load("per")["per"] if f"per.{e['id']}" == mention.rule)


def _mention(entry: dict[str, Any], text: str, start: int, end: int) -> Mention:
    return Mention(f"per.{entry['id']}", start, end, text[start:end])


def _form(match: re.Match[str]) -> str:
    if match["slash"]:
        return "slash " + re.sub(SPACE, " ", match["slash"]).casefold()
    return "after " + re.sub(r"\s+", " ", match["word"]).casefold()


@cache
def _grammar() -> _Grammar:
    entries: dict[str, dict[str, Any]] = {}
    rules = load("per")["per"]
    for kind in ("after", "slash", "before"):
        for entry in rules:
            for form in entry[kind]:
                entries.setdefault(f"{kind} {form.casefold()}", entry)
    slash, words, fronts = (_forms(rules, kind) for kind in ("slash", "after", "before"))
    return _Grammar(
        after=re.compile(
            rf"{_TAX}(?:{SPACE}?(?P<slashed>/{SPACE}?(?P<slash>{slash})(?![\w²³-]))|(?:{SPACE}|\n)(?P<word>{words})(?!\w))",
            re.IGNORECASE,
        ),
        before=re.compile(rf"(?<!\w)(?P<said>{fronts})(?:{SPACE}[a-zåäö.]{{1,12}}){{0,3}}[:{SPACE[1:-1]}]{{1,2}}$", re.IGNORECASE),
        entries=entries,
    )


def _forms(rules: Iterable[dict[str, Any]], kind: str) -> str:
    forms = {form for entry in rules for form in entry[kind]}
    return "|".join(re.escape(f).replace(r"\ ", SPACE) for f in sorted(forms, key=lambda f: (-len(f), f)))
