"""Which municipality publishes a bulletin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain

from pykala import rules
from pykala.model import Bulletin
from pykala.sentences import Line

#: How many lines of a page's head may name its publisher, and how long such a line is at most.
_HEAD_LINES, _HEAD_LINE = 12, 90


@cache
def _register() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Genitives and Swedish names, case prefixes, and domains, each to the Finnish name of the municipality."""
    names: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    domains: dict[str, str] = {}
    for row in rules.load("municipalities")["municipality"]:
        names[row["genitive"]] = row["name"]
        swedish = row.get("swedish") or row["name"]
        for form in (row["name"], swedish, swedish if swedish.endswith("s") else swedish + "s"):
            names.setdefault(form, row["name"])
        for prefix in row.get("case_prefixes", ()):
            prefixes[prefix.casefold()] = row["name"]
        ascii_name = row["name"].casefold().translate(str.maketrans("åäö", "aao")).replace(" ", "")
        domains[ascii_name + ".fi"] = row["name"]
        for domain in row.get("domains", ()):
            domains[domain] = row["name"]
    return names, prefixes, domains


# A town's name before one of its organs, and any capitalised word that may be a town. What has to stand before a capital
# is looked at behind it: the scan then leaps from capital to capital.
_ORGAN = re.compile(
    r"([A-ZÅÄÖ](?<![\w-].)[\w-]*+(?:[ \u00a0][A-ZÅÄÖ][\w-]*)?)[ \u00a0](?=[KkSsCcMm])"
    r"(?i:kaupun|kun(?:ta|nan)|stad|kommun|City\b|Municipal)"
)
# The publisher's address, as a page's foot or an appeal gives it.
_ADDRESS = re.compile(r"[^\n§]{0,60}?\b\d{5}[ \u00a0][A-ZÅÄÖ]")
_CAPITALISED = re.compile(r"[A-ZÅÄÖ](?<![\w-].)[\w-]{3,}")


def _owner_at(match: re.Match[str]) -> str | None:
    """The municipality in front of an organ: its last word, or both where the name has two."""
    return _name_of(match[1]) or _name_of(match[1].split()[-1])


def _name_of(written: str) -> str | None:
    names = _register()[0]
    return names.get(written) or names.get(written.capitalize()) or names.get(written.title())


# A wellbeing county's or a joint authority's bulletin is no municipality's.
_COUNTY = (
    "hyvinvointialue",
    "välfärdsområde",
    "aluehallitu",
    "aluevaltuust",
    "kuntayhtym",
    "samkommun",
    "yhtymähallitu",
    "maakuntahallitu",
    "maakunnan liit",
)
# A page that opens with a joint body in the nominative is its own, whatever towns it names.
_JOINT = re.compile(
    r"\A[^\n]{0,60}?\b(?:\w*kuntayhtymä|\w*samkommun|yhtymähallitus|yhtymävaltuusto|aluehallitus|aluevaltuusto|maakuntahallitus)\b",
    re.IGNORECASE,
)
#: How many characters open a page.
_OPENING = 120
_DOMAIN = re.compile(r"(?:@|www\.|//)((?:[\w-]+\.)*?)([\w-]+\.fi)\b")
_BEFORE_DOMAIN = ("@", "www.", "//")
_PREFIX = re.compile(
    r"([A-ZÅÄÖ](?<![\w/].)(?=[A-Za-zÅÄÖåäö]++[-:/ \u00a0]\d)[A-Za-zÅÄÖåäö]{1,12}?)(?:[Dd]n?ro?|[Dd]no)?(?:-(?:19|20)\d\d-\d|[:/ \u00a0]\d{1,6}[/-]\d|[ \u00a0](?:19|20)\d\d-\d{6})"
)


def municipality(bulletin: Bulletin, lines: Sequence[Line]) -> str | None:
    """The municipality that publishes, by its Finnish name; None where nothing tells, or the publisher is none.

    What the page's head says weighs most, then the registry's prefix, then whose organs and addresses are named.
    """
    names, _, _ = _register()
    text = bulletin.text
    stated = next((f.value for f in bulletin.facts if f.name == "municipality"), None)
    if stated:
        known = _ORGAN.match(stated)
        return _owner_at(known) if known else stated if stated in names.values() else None
    if _JOINT.search(text[:_OPENING]) and not any(map(_owner_at, _ORGAN.finditer(text[:_OPENING]))):
        return None
    certain = _by_marks(bulletin, lines)
    votes = certain + _by_mentions(text)
    if not votes and not _names_county(text[:600]):
        votes.update(name for m in _CAPITALISED.finditer(text) if (name := _name_of(m[0])))
    if not certain and _names_county(text[:400]) and not any(map(_owner_at, _ORGAN.finditer(text[:400]))):
        return None
    return votes.most_common(1)[0][0] if votes else None


def _names_county(text: str) -> bool:
    lower = text.lower()
    return any(map(lower.__contains__, _COUNTY))


def _by_marks(bulletin: Bulletin, lines: Sequence[Line]) -> Counter[str]:
    """Votes of what marks a publisher: the page's head, the registry's prefix, addresses on the net."""
    _, prefixes, domains = _register()
    text = bulletin.text
    votes: Counter[str | None] = Counter()
    for rank, line in enumerate(lines[:_HEAD_LINES]):
        match = _ORGAN.match(text, line.start, line.end)
        if match and line.end - line.start <= _HEAD_LINE:
            votes[_owner_at(match)] += 6 if rank < _HEAD_LINES // 2 else 3
    for match in _PREFIX.finditer(text):
        written = match[1].casefold()
        votes[prefixes.get(written) or prefixes.get(written + "dno")] += 3
    places = [where for where in (bulletin.source.uri, text) if any(map(where.__contains__, _BEFORE_DOMAIN))]
    for match in chain.from_iterable(map(_DOMAIN.finditer, places)):
        votes[domains.get(match[2].casefold())] += 2
    return Counter({name: count for name, count in votes.items() if name})


def _by_mentions(text: str) -> Counter[str]:
    """Votes of postal addresses and of the organs that the text names, the first of them most."""
    votes: Counter[str | None] = Counter()
    for count, match in enumerate(_ORGAN.finditer(text)):
        owner = _owner_at(match)
        votes[owner] += 2 if count < 3 else 1
        if _ADDRESS.match(text, match.end()):
            votes[owner] += 3
    return Counter({name: count for name, count in votes.items() if name})
