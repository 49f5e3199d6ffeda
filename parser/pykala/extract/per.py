"""For what a sum is said: a year, a person, a square metre."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pykala.extract.numerals import SPACE, spelled_as
from pykala.model import Mention, Value
from pykala.rules import load
from pykala.rules.stems import trie

_TAX = (  # "500 euroa (alv 0 %) vuodessa", "40 € + alv/kk"
    rf"(?:{SPACE}?(?:\((?:alv|sis|ilman|veroton|moms|inkl|exkl|excl|incl|vat)[^()\n]{{0,40}}\)"
    rf"|[+,]?{SPACE}?alv\.?(?:{SPACE}\d[\d,]{{0,5}}{SPACE}?%)?))?"
)
# *Kuusi miljoonaa euroa neljässä vuodessa* is said for the whole time.
_SPAN_OF_TIME = re.compile(
    r"(?:\d|kahdessa|kolmessa|neljässä|viidessä|kuudessa|kymmenessä|parissa)[ \u00a0]$", re.IGNORECASE
)
#: With what the words after a sum begin, in lower case.
_FOLLOW = frozenset(f"{SPACE[1:-1]}\n/(+,a")
_KINDS = ("slash", "bracketed", "after", "apart")


class _Grammar(Value):
    """The rules compiled.

    Attributes:
        openings: finds in lower case how the words of ``before`` begin.
        stems: beginnings of the words of ``governs``.
    """

    after: re.Pattern[str]
    before: re.Pattern[str]
    openings: re.Pattern[str]
    governs: re.Pattern[str]
    stems: tuple[str, ...]
    entries: dict[str, dict[str, Any]]


def after(text: str, end: int) -> Mention | None:
    """What follows a sum to say for what it is; of two, the quantity.

    >>> after("5 euroa/m2/vuosi", 7).rule
    'per.m2'
    """
    grammar, first = _grammar(), None
    for _ in range(3):
        if text[end : end + 1].lower() not in _FOLLOW:
            return first
        match = grammar.after.match(text, end)
        if match is None:
            return first
        kind = next(k for k in _KINDS if match[k])
        if _SPAN_OF_TIME.search(text, end, match.start(kind)):
            return first
        entry = _entry(kind, match[kind])
        mention = _mention(entry, text, match.start("said" if kind == "slash" else kind), match.end(kind))
        if entry.get("quantity"):
            return mention
        first, end = first or mention, match.end()
    return first


def before(text: str, start: int) -> Mention | None:
    """What stands before a sum to say for what it is: *vuosittain enintään*."""
    grammar, near = _grammar(), text[max(0, start - 56) : start]
    match = grammar.before.search(text, max(0, start - 56), start) if grammar.openings.search(near.lower()) else None
    if match is not None:
        return _mention(_entry("before", match["said"]), text, *match.span("said"))
    if not any(text.find(stem, max(0, start - 320), start) >= 0 for stem in grammar.stems):
        return None
    match = grammar.governs.search(text, max(0, start - 320), start)
    return _mention(_entry("governs", match["said"]), text, *match.span("said")) if match else None


def value(mention: Mention) -> str:
    """The contract's word for what a mention says."""
    return _values()[mention.rule]


@cache
def _values() -> dict[str, str]:
    return {f"per.{entry['id']}": str(entry["value"]) for entry in load("per")["per"]}


def _mention(entry: dict[str, Any], text: str, start: int, end: int) -> Mention:
    return Mention(f"per.{entry['id']}", start, end, text[start:end])


def _entry(kind: str, words: str) -> dict[str, Any]:
    """The entry of a form; ``~`` at the end of a form stands for any ending."""
    entries, folded = _grammar().entries, re.sub(r"\s+", " ", words).casefold()
    kind = "slash" if kind == "bracketed" else kind
    exact = entries.get(f"{kind} {folded}")
    return exact or next(
        entry for form, entry in entries.items() if form.endswith("~") and f"{kind} {folded}".startswith(form[:-1])
    )


@cache
def _grammar() -> _Grammar:
    rules = load("per")["per"]
    entries: dict[str, dict[str, Any]] = {}
    for kind in ("after", "slash", "before", "apart", "governs"):
        for entry in rules:
            for form in entry.get(kind, ()):
                entries.setdefault(f"{kind} {form.casefold()}", entry)
    after, slash, apart = (_forms(rules, kind) for kind in ("after", "slash", "apart"))
    links = "|".join(re.escape(form) for entry in load("per")["link"] for form in entry["forms"])
    linking = r"(?!sekä|joka|jotka|josta|että|mutta|kun)"
    return _Grammar(
        after=re.compile(
            rf"{_TAX}(?:{SPACE}?(?P<said>/{SPACE}?(?P<slash>{slash})(?![\w²³-]))"
            rf"|(?:{SPACE}|\n)(?P<after>{after})(?!\w)"
            rf"|(?:{SPACE}\w*hin[nt]\w*)?{SPACE}\((?P<bracketed>{slash})\)"
            rf"|(?:{SPACE}{linking}[a-zåäö]{{3,24}}){{1,2}}{SPACE}(?P<apart>{apart})(?!\w))",
            re.IGNORECASE,
        ),
        before=re.compile(
            rf"(?<!\w)(?P<said>{_forms(rules, 'before')})(?:{SPACE}[a-zåäö]{{3,16}})?(?:{SPACE}(?:{links})){{0,3}}:?{SPACE}$",
            re.IGNORECASE,
        ),
        openings=re.compile(trie(form.split()[0].lower() for entry in rules for form in entry.get("before", ()))),
        governs=re.compile(
            rf"(?<!\w)(?P<said>{_forms(rules, 'governs')})(?!\w)(?:[^.\n]|\.(?=\S)){{0,300}}$", re.IGNORECASE
        ),
        stems=tuple(sorted({form[:12] for entry in rules for form in entry.get("governs", ())})),
        entries=entries,
    )


def _forms(rules: Iterable[dict[str, Any]], kind: str) -> str:
    forms = spelled_as(form for entry in rules for form in entry.get(kind, ()))
    return forms.replace(r"\~", "[a-zåäö]{0,12}")
