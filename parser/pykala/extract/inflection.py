"""Finnish nominal inflection: all forms of a noun whose nominative and genitive are known.

A noun is known by its nominative and genitive (``lautakunta, lautakunnan``): the two show the strong and the weak
stem, and every other form follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

VOWELS = "aeiouyäöå"
_BACK = re.compile("[aouå]")
_FRONT = re.compile("[äöy]")


class Form(NamedTuple):
    """What an inflected word is: its case, and whether it is plural."""

    case: str
    plural: bool = False


_ENDINGS = (  # with A for a or ä
    ("inessive", "ssA"),
    ("elative", "stA"),
    ("adessive", "llA"),
    ("ablative", "ltA"),
    ("allative", "lle"),
    ("translative", "ksi"),
)
_COLON = re.compile(
    r"""
    (?P<genitive>n|in) | (?P<allative>lle|ille) | (?P<ablative>lt[aä]|ilt[aä]) | (?P<adessive>ll[aä]|ill[aä])
  | (?P<inessive>ss[aä]|iss[aä]) | (?P<elative>st[aä]|ist[aä]) | (?P<translative>ksi|iksi) | (?P<essive>n[aä])
  | (?P<illative>([aeiouyäö])n|h([aeiouyäö])n|iin|seen|oon|een|aan|ään|hyn|yyn|uun) | (?P<plural>t|ien|jen|den|iden)
  | (?P<swedish>s) | (?P<partitive>t?[aä]|[aeiouyö][aä]|tt[aä])
    """,
    re.VERBOSE,
)


def colon_case(ending: str) -> str | None:
    """The case that an ending after a colon shows, as in *Oy:lle*.

    >>> colon_case("lle"), colon_case("n"), colon_case("ltä"), colon_case("s"), colon_case("foo")
    ('allative', 'genitive', 'ablative', 'genitive', None)
    """
    found = _COLON.fullmatch(ending.lower())
    if found is None or found.lastgroup is None:
        return None
    name = next(key for key, value in found.groupdict().items() if value is not None)
    return {"swedish": "genitive", "plural": "genitive"}.get(name, name)


def harmony(stem: str) -> str:
    """The vowel, a or ä, that endings of the word take: that of its last part."""
    back = max((m.start() for m in _BACK.finditer(stem)), default=-1)
    front = max((m.start() for m in _FRONT.finditer(stem)), default=-1)
    return "a" if back > front else "ä"


def _local(stem: str, a: str, *, plural: bool = False) -> Iterator[tuple[str, Form]]:
    for case, ending in _ENDINGS:
        yield stem + ending.replace("A", a), Form(case, plural)


def strong_stem(nominative: str, genitive: str) -> str:
    """The stem of the essive and the illative.

    >>> strong_stem("lautakunta", "lautakunnan"), strong_stem("oikeus", "oikeuden"), strong_stem("mäki", "mäen")
    ('lautakunta', 'oikeute', 'mäke')
    """
    weak = genitive[:-1]
    if nominative[-1] in VOWELS and not weak.endswith(("ee", "aa", "ii")):
        if nominative.endswith("i") and weak.endswith("e"):
            stem = nominative[:-1]
            return (stem[:-1] + "te" if stem.endswith("s") else stem + "e") if weak.endswith("de") else stem + "e"
        return nominative
    if weak.endswith("de") and nominative.endswith(("us", "ys", "uus", "yys")):
        return nominative[:-1] + "te"
    return weak


def _illatives(strong: str) -> Iterator[str]:
    last = strong[-1]
    if len(strong) > 1 and strong[-2] == last:
        yield strong + "seen"
        yield strong + "h" + last + "n"
    elif len(strong) > 1 and strong[-2] in VOWELS and last in "oöeiuy" and strong[-2:] in ("uo", "yö", "ie"):
        yield strong + "h" + last + "n"
    yield strong + last + "n"


def _partitives(nominative: str, strong: str, a: str) -> Iterator[str]:
    if nominative.endswith("nen"):
        yield nominative[:-3] + "st" + a
    elif nominative.endswith("e"):
        yield nominative + "tt" + a
    elif nominative.endswith(("us", "ys")) and strong.endswith("te"):
        yield nominative[:-1] + "tt" + a
    elif nominative[-1] not in VOWELS:
        yield nominative + "t" + a
    else:
        yield strong + a
        if nominative.endswith("i") and strong.endswith("e"):
            yield strong[:-1] + "t" + a
        if len(strong) > 1 and strong[-2:] in ("aa", "ää", "yö", "uo", "ie", "uu", "oo"):
            yield strong + "t" + a


def _plural_stems(stem: str) -> tuple[str, ...]:
    last = stem[-1]
    if last == "a":
        return (stem[:-1] + "i", stem[:-1] + "oi")
    if last == "ä":
        return (stem[:-1] + "i", stem[:-1] + "öi")
    if last == "i":
        return (stem[:-1] + "ei",)
    if last == "e":
        return (stem.rstrip("e") + "i", *((stem[:-1] + "i",) if stem.endswith("ee") else ()))
    return (stem + "i",)


def _plurals(nominative: str, weak: str, strong: str, a: str) -> Iterator[tuple[str, Form]]:
    yield weak + "t", Form("nominative", True)
    for stem in _plural_stems(weak):
        yield from _local(stem, a, plural=True)
    heavy = nominative[:-1] + "kse" if strong.endswith("te") and nominative.endswith("s") else strong
    for stem in _plural_stems(heavy):
        if len(stem) > 1 and stem[-2] in VOWELS:
            yield from ((stem + end, Form("genitive", True)) for end in ("den", "tten"))
            yield stem[:-1] + "jen", Form("genitive", True)
            yield stem[:-1] + "j" + a, Form("partitive", True)
            yield stem + "t" + a, Form("partitive", True)
            yield stem + "hin", Form("illative", True)
        else:
            yield stem + "en", Form("genitive", True)
            yield stem + a, Form("partitive", True)
            yield stem + "in", Form("illative", True)
    if nominative.endswith(("nen", "s")):
        yield nominative.removesuffix("nen").removesuffix("s") + "sten", Form("genitive", True)


def paradigm(nominative: str, genitive: str) -> dict[str, Form]:
    """Every form of a noun that texts use, from its nominative and genitive.

    >>> forms = paradigm("lautakunta", "lautakunnan")
    >>> forms["lautakunnalle"], forms["lautakuntaan"], forms["lautakuntien"]
    (Form(case='allative', plural=False), Form(case='illative', plural=False), Form(case='genitive', plural=True))
    """
    weak, strong, a = genitive[:-1], strong_stem(nominative, genitive), harmony(nominative)
    if nominative.endswith("t") and genitive.endswith("n") and not genitive.endswith("men"):
        return plural_paradigm(nominative, genitive, a)
    forms: dict[str, Form] = {}
    for form, meaning in _plurals(nominative, weak, strong, a):
        forms.setdefault(form, meaning)
    singular = [(form, Form("partitive")) for form in _partitives(nominative, strong, a)]
    singular += [(form, Form("illative")) for form in _illatives(strong)]
    singular += [(strong + "n" + a, Form("essive")), *_local(weak, a), (genitive, Form("genitive"))]
    return forms | dict(singular) | {nominative: Form("nominative")}


def plural_paradigm(nominative: str, genitive: str, a: str) -> dict[str, Form]:
    """The forms of a name that is plural by itself, such as *Asunnot*; to its bearer they are singular."""
    weak = nominative[:-1]
    forms = {nominative: Form("nominative"), genitive: Form("genitive")}
    for stem in _plural_stems(weak):
        forms |= {form: Form(meaning.case) for form, meaning in _local(stem, a)}
        if len(stem) > 1 and stem[-2] in VOWELS:
            more = ((stem + "den", "genitive"), (stem[:-1] + "jen", "genitive"), (stem[:-1] + "j" + a, "partitive"))
            forms |= {
                form: Form(case) for form, case in (*more, (stem + "hin", "illative"), (stem + "n" + a, "essive"))
            }
    return {nominative: Form("nominative")} | forms
