"""Words that limit a sum: *enintään*, *noin*, *yli*."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pykala.extract.numerals import SPACE, spelled_as
from pykala.model import Mention, Qualifier, Value
from pykala.rules import load


class _Grammar(Value):
    """The rules compiled.

    Attributes:
        lasts: the words of which one stands right before a number that is limited.
    """

    before: re.Pattern[str]
    lasts: frozenset[str]
    after: re.Pattern[str]
    entries: dict[str, dict[str, Any]]


def of(text: str, start: int, end: int) -> Mention | None:
    """The word before or after a sum that limits it.

    >>> of("enintään yhteensä 5 000 euroa", 18, 29).text
    'enintään'
    """
    grammar, match, side = _grammar(), None, "before"
    if _may_limit(grammar, text[max(0, start - 24) : start]):
        match = grammar.before.search(text, max(0, start - 48), start)
    if match is None:
        match, side = grammar.after.match(text, end), "after"
    if match is None:
        return None
    entry = grammar.entries[f"{side} {re.sub(SPACE, ' ', match['said']).casefold()}"]
    return Mention(f"qualifiers.{entry['id']}", match.start("said"), match.end("said"), match["said"])


def _may_limit(grammar: _Grammar, words: str) -> bool:
    """Whether the last of the words before a sum, if it has no marks beside it, is of those that may stand there."""
    last = words.rstrip().removesuffix("(").split()[-1:]
    return bool(last) and (last[0].casefold() in grammar.lasts or not last[0].isalnum())


def value(mention: Mention) -> Qualifier:
    """The contract's word for what a mention says."""
    return _values()[mention.rule]


@cache
def _values() -> dict[str, Qualifier]:
    return {f"qualifiers.{entry['id']}": entry["value"] for entry in load("qualifiers")["qualifier"]}


@cache
def _grammar() -> _Grammar:
    rules = load("qualifiers")
    entries = {
        f"{'after' if entry.get('after') else 'before'} {form.casefold()}": entry
        for entry in rules["qualifier"]
        for form in entry["forms"]
    }
    fronts = spelled_as(_side(rules["qualifier"]))
    backs = spelled_as(_side(rules["qualifier"], after=True))
    fillers = [form for entry in rules["filler"] for form in entry["forms"]]
    return _Grammar(
        before=re.compile(
            rf"(?<![\w:])(?P<said>{fronts})(?:(?:{SPACE}|\n)(?:{spelled_as(fillers)}))*(?:{SPACE}|\n)?[(]?$",
            re.IGNORECASE,
        ),
        lasts=frozenset(form.split()[-1].casefold() for form in (*_side(rules["qualifier"]), *fillers)),
        after=re.compile(rf"{SPACE}(?P<said>{backs})(?!\w)", re.IGNORECASE),
        entries=entries,
    )


def _side(entries: Iterable[dict[str, Any]], *, after: bool = False) -> Iterable[str]:
    return (form for entry in entries if bool(entry.get("after")) is after for form in entry["forms"])
