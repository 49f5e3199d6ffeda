"""Names that the text puts side by side for one institution: in two languages, after *eli*, as office and unit."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pykala.extract.candidates import Candidate
from pykala.extract.likeness import distance
from pykala.extract.proper_nouns import case_by_ending
from pykala.extract.words import Words

_SWEDISH_FORMS = frozenset({"forms.ab", "forms.rf"})
_ORGANS = frozenset({"board", "council", "committee", "division", "office"})
_LONG, _MANY = 10, 60
_UNITS = frozenset(
    {
        "osasto",
        "yksikko",
        "palvelukokonaisuus",
        "tiimi",
        "toimisto",
        "palvelut",
        "palvelualue",
        "vastuualue",
        "asuntotuotanto",
    }
)
_OFFICES = frozenset({"office"})


def join(words: Words, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates in order, those that name one institution together made one."""
    out: list[Candidate] = []
    for c in sorted(candidates, key=lambda c: (c.first, -c.last)):
        before = out[-1] if out else None
        if before is not None and c.first == before.last + 2 and not c.bare and not before.bare:
            if _two_languages(words, before, c):
                out[-1] = replace(
                    before,
                    last=c.last,
                    case=c.case,
                    aliases=(*before.aliases, before.name, c.name),
                    name=f"{before.name} – {c.name}",
                )
                continue
            if _same_office(words, before, c):
                out[-1] = replace(before, last=c.last, name=f"{before.name}, {c.name}", core=f"{before.core}, {c.name}", case=c.case,
                    rule=c.rule, head=c.head, key=None, aliases=(*before.aliases, c.name),
                )  # fmt: skip
                continue
            if _in_brackets(words, before, c) or _eli(words, before, c):
                out[-1] = replace(before, aliases=(*before.aliases, c.name))
        out.append(c)
    return out


def misspelt(words: Words, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, an organ before a word that misspells its part, *hallituksen kehittämisjoaston*, read as the part."""
    return [_with_part(words, c, candidates) if c.kind in _ORGANS and c.case == "genitive" else c for c in candidates]


def _with_part(words: Words, c: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    following = words.at(c.last + 1)
    if following.capital or following.head is not None or len(following.text) < _LONG or not words.adjoin(c.last + 1):
        return c
    parts = [part for part in candidates if part.kind in _ORGANS and len(part.name.split()) > 1]
    owner = words.written(c.last, c.last).lower() + " "
    for part in parts[:_MANY]:
        written = part.name.lower().rpartition(owner)[2]
        if written != part.name.lower() and distance(following.lower[: len(written)], written) <= 2:
            return replace(part, first=c.first, last=c.last + 1, case=case_by_ending(following.text) or "nominative")
    return c


def _two_languages(words: Words, a: Candidate, b: Candidate) -> bool:
    """*Rannan Kyläseura ry – Strands byaförening rf*: a Finnish and a Swedish name with a dash or a slash between."""
    between = (
        b.first == a.last + 2
        and words.at(a.last + 1).text in ("-", "–", "/")
        and words.adjoin(b.first)
        and words.adjoin(a.last + 1)
    )
    return (
        between
        and a.rule.startswith("forms.")
        and b.rule.startswith("forms.")
        and (a.rule in _SWEDISH_FORMS) != (b.rule in _SWEDISH_FORMS)
    )


def _same_office(words: Words, a: Candidate, b: Candidate) -> bool:
    """*Kaupunginkanslia, viestintäosasto*: an office and its unit, both in the nominative on one line."""
    if not (a.kind in _OFFICES and b.head in _UNITS and a.case == b.case == "nominative" and a.head != b.head):
        return False
    near = b.first == a.last + 2 and words.at(a.last + 1).text == "," and words.adjoin(b.first)
    starts = words.opens(a.first) or words.at(a.first - 1).text == ","
    return near and not words.at(b.first).capital and starts


def _in_brackets(words: Words, a: Candidate, b: Candidate) -> bool:
    """*Aalto-korkeakoulusäätiö sr (Aalto-yliopisto)*: the bracket holds the other name and nothing else."""
    inside = words.at(a.last + 1).text == "(" and b.first == a.last + 2 and words.at(b.last + 1).text == ")"
    return (
        inside
        and b.kind not in ("municipality", "council", "board", "committee", "division")
        and a.kind != "municipality"
    )


def _eli(words: Words, a: Candidate, b: Candidate) -> bool:
    return b.first == a.last + 2 and words.at(a.last + 1).lower in ("eli", "dvs") and words.adjoin(b.first)
