"""Names that the text puts side by side for one institution: in two languages, after *eli*, as office and unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pykala.extract.candidates import Candidate
from pykala.extract.words import Words

_SWEDISH_FORMS = frozenset({"forms.ab", "forms.rf"})
_OFFICES = frozenset({"office"})


def join(words: Words, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates in order, those that name one institution together made one."""
    out: list[Candidate] = []
    for c in sorted(candidates, key=lambda c: (c.first, -c.last)):
        before = out[-1] if out else None
        if before is not None and not c.bare and not before.bare:
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
                out[-1] = replace(
                    before, last=c.last, name=f"{before.name}, {c.name}", core=f"{before.core}, {c.name}", case=c.case,
                    rule=c.rule, head=c.head, key=None, aliases=(*before.aliases, c.name),
                )  # fmt: skip
                continue
            if _in_brackets(words, before, c) or _eli(words, before, c):
                out[-1] = replace(before, aliases=(*before.aliases, c.name))
        out.append(c)
    return out


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
    if not (a.kind in _OFFICES and b.kind in _OFFICES and a.case == b.case == "nominative" and a.head != b.head):
        return False
    near = b.first == a.last + 2 and words.at(a.last + 1).text == "," and words.adjoin(b.first)
    return near and not words.at(b.first).capital and words.opens(a.first)


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
