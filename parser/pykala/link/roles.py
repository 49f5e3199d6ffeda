"""What a sum is for: granted, asked for, a price, a rent …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pykala import rules
from pykala.link.layout import Layout, Span
from pykala.link.spot import Spot
from pykala.model import Decision, PartKind
from pykala.rules.stems import stem_of, trie

FUNDED = frozenset(("granted", "committed"))
#: How far before and after a sum a cue may stand, in characters.
BEFORE, AFTER = 70, 40
#: How far before a sum the verb that grants it may stand.
GRANT_BEFORE = 130

_BY_TYPE = {"transacted": "price", "amended": "budget", "reserved": "price", "denied": "requested"}
_MAY_GIVE = frozenset(("approved", "decided", "authorised"))
_SUPPORT = re.compile(
    r"\b(?:rahoit\w+|avustu\w+|avusta\w+|tukea\b|tuella|tuki\b|tuen\b|tuke[en]\w*|tuetaan|tuettiin|myönn\w+|myön(?:si|tää)\w*|"
    r"osakepääoma\w*|pääomit\w+|sijoit\w+|svop\w*|maksetaan avustusta|kaupunki maksaa|kunta maksaa|bidrag\w*|understöd\w*|stöd(?:er|jer|de)?\b|"
    r"finansier\w+|bevilja\w*|osallistu\w*|delta[r]?\b|apuraha\w*|stipend\w+|toimintatuk\w+)",
    re.IGNORECASE,
)
_COMMIT = re.compile(r"\b(?:sitoi\b|sitoa|sidotaan|sidottiin|sitoutu\w+|sitoo)\b", re.IGNORECASE)
_GRANT = re.compile(r"\b(?:myön(?:si|tää|net|nn)\w*|\w*avustu\w*|bevilja\w*|osoit\w+|tukea\b)", re.IGNORECASE)
# *Haetusta 900 eurosta*, *haetun 900 euron sijasta*.
_OUT_OF = re.compile(r"\b(?:haetusta|haettua|anotusta)[ \u00a0]+$", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:haetun|anotun)[ \u00a0]+$", re.IGNORECASE)
_INSTEAD = re.compile(r"[^.]{0,25}\b(?:sijasta|sijaan)\b", re.IGNORECASE)
_IS_GRANT = re.compile(r"[ \u00a0](?:suurui\w+[ \u00a0])?\w*(?:avustu|stipend|bidrag)", re.IGNORECASE)
_GIVES_HERE = re.compile(r"\b(?:myön(?:si|tää|net|nn)\w*|bevilja\w*|osoitti\w*|osoitet\w+)", re.IGNORECASE)
# A body's own appropriations and rights to exceed them are no grants to anybody.
_OWN_MONEY = re.compile(r"\b\w*(?:ylitysoikeu|määrärah)\w*|\banslag\w*|\boikeuden ylittää\b|\bylittää\b", re.IGNORECASE)
_TO_SOMEBODY = re.compile(r"\bavustu\w+|\b(?:ry|sr|Oy|osk|rf|Ab):?\w*lle\b|\btukea\b|\bbidrag", re.IGNORECASE)
_PROPOSES = re.compile(r"\b(?:esittää|esitetään|ehdottaa) (?:kaupungin|kunnan|alue)?valtuustolle", re.IGNORECASE)


def role_of(spot: Spot) -> str:
    """The role of a sum: what its column, the words beside it, and its decision say, in this order.

    Args:
        spot: the sum in its place.
    """
    cue, decision = _nearest(spot), spot.decision
    stated = _column_role(spot)
    if stated is not None and (decision is not None or stated != "granted"):
        gives = stated == "granted" and _gives(spot, decision)
        return stated if stated != "granted" or gives else cue or "other"
    if decision is None:
        return cue or "other"
    if decision.act.subscribes:
        return "price" if spot.amount.per else "granted"  # share capital paid in
    return _in_row(spot, decision, cue) or _in_clause(spot, decision, cue)


# Agreements by which a town supports somebody.
_PARTNERS = re.compile(
    r"\b(?:yhteistyö|kumppanuus|avustus|tuki)sopimu|samarbetsavtal|partnerskapsavtal|understödsavtal", re.IGNORECASE
)
_GUARANTEES = re.compile(r"takau|borgen\b|guarantee", re.IGNORECASE)
_GETS = re.compile(r"\b(?:saa|saavat|får)\b", re.IGNORECASE)
_AID = re.compile(r"avustu(?:sta|kse)|tukea\b|pääomit|stipend|bidrag", re.IGNORECASE)
#: Verbs by which a body takes part in somebody's costs.
_TAKES_PART = frozenset(("verbs.osallistua", "verbs.sv-delta"))
_CONDITION = re.compile(r"\b(?:edellyttäen|edellytyksellä|ehdolla|mikäli|under förutsättning)\b", re.IGNORECASE)


def _own_money(words: str) -> bool:
    """Whether a clause gives a body money of its own budget, conditions aside: *edellyttäen, että määräraha riittää*."""
    said = _CONDITION.split(words, maxsplit=1)[0]
    return _OWN_MONEY.search(said) is not None and not _TO_SOMEBODY.search(said)


def _near(spot: Spot) -> Span:
    return max(spot.clause[0], spot.amount.start - BEFORE), spot.amount.start


def _given(spot: Spot) -> str:
    return "committed" if _COMMIT.search(spot.text, *_near(spot)) else "granted"


def _grants_here(spot: Spot) -> bool:
    start = max(spot.clause[0], spot.amount.start - GRANT_BEFORE)
    return _GRANT.search(spot.text, start, spot.amount.start) is not None


def _in_row(spot: Spot, decision: Decision, cue: str | None) -> str | None:
    """A row of what a decision gives is given, unless it says otherwise itself."""
    if spot.row is None:
        return None
    words = spot.text[spot.clause[0] : spot.clause[1]]
    if _own_money(words):
        return cue or "budget"
    if decision.act.formula and (_SUPPORT.search(words) or _COMMIT.search(words)):
        return cue if cue in ("loan", "guarantee") else _given(spot)
    if not _gives(spot, decision):
        return None
    if cue in ("loan", "guarantee"):
        return cue
    otherwise = cue in ("requested", "previous") and spot.row.column is None
    return cue if otherwise and not _grants_here(spot) else _given(spot)


def _in_clause(spot: Spot, decision: Decision, cue: str | None) -> str:
    if decision.act.type == "granted":
        return _in_grant(spot, decision, cue)
    if cue in (None, "cost") and decision.act.rule in _TAKES_PART:
        return _given(spot)
    if cue == "cost" and decision.act.type in ("approved", "decided") and _supports(spot, decision):
        return _given(spot)
    if cue:
        return cue
    heading = spot.scene.layout.part(spot.amount.start).kind is PartKind.SUBHEADING
    if heading and decision.act.type == "approved":
        return _given(spot)  # the total of what an approved agreement gives
    said = _SUPPORT.search(spot.text, *spot.clause) or (
        decision.act.type == "approved" and _GETS.search(spot.text, spot.clause[0], spot.amount.start)
    )
    if said and _gives(spot, decision):
        return _given(spot)
    return _BY_TYPE.get(decision.act.type, "other")


def _supports(spot: Spot, decision: Decision) -> bool:
    """Whether what a town pays under an agreement is support."""
    if _PARTNERS.search(decision.act.text):
        return True
    agreed = decision.act.type == "decided" or re.search(r"sopimu|avtal", decision.act.text, re.IGNORECASE) is not None
    return agreed and _AID.search(spot.text, *spot.clause) is not None


def _was_asked(spot: Spot, cue: str | None) -> bool:
    """Whether a sum in the sentence of a grant is what was asked for: *haetusta 900 eurosta*, *haetun 900 euron sijasta*."""
    before = spot.text[max(0, spot.amount.start - 20) : spot.amount.start]
    if _OUT_OF.search(before):
        return True
    if _ASKED.search(before) and _INSTEAD.match(spot.text, spot.amount.end):
        return True
    is_grant = _IS_GRANT.match(spot.text, spot.amount.end) is not None
    return cue == "requested" and not is_grant and not _GIVES_HERE.search(spot.text, *_near(spot))


def _in_grant(spot: Spot, decision: Decision, cue: str | None) -> str:
    words = spot.text[spot.clause[0] : spot.clause[1]]
    if _was_asked(spot, cue):
        return "requested"
    if _IS_GRANT.match(spot.text, spot.amount.end) and not _own_money(words):
        return _given(spot)
    if cue in ("loan", "guarantee"):
        return "guarantee" if _GUARANTEES.search(words) else cue
    if _own_money(words):
        return "budget"
    if cue in ("rent", "price", "fee", "cost", "income", "budget") and not _grants_here(spot):
        return cue
    if spot.amount.value_max is not None and decision.act.end <= spot.amount.start:
        return "other"  # the spread of the grants, not one of them
    return _given(spot)


def _gives(spot: Spot, decision: Decision | None) -> bool:
    """Whether the decision gives money: by its verb, or, where it accepts a proposal, by the words that lead to the sum."""
    if decision is None:
        return False
    if decision.act.type == "granted":
        return True
    if decision.act.type not in _MAY_GIVE:
        return False
    lead = spot.row.lead if spot.row is not None else spot.clause
    words = spot.text[lead[0] : lead[1]] if lead else ""
    if decision.act.formula and spot.row is not None and spot.row.column is not None:
        words += " ".join(spot.text[a:b] for a, b in decision.scope if not a <= spot.amount.start < b)
    if _SUPPORT.search(words):
        return not (decision.act.formula and _PROPOSES.search(words))
    return not decision.act.formula and _SUPPORT.search(decision.act.text) is not None


# ---------------------------------------------------------------- columns and cues

_COLUMNS = (
    ("requested", re.compile(r"\bhaet|\bhakem|\bhake[em]|\banot|\bansök|\bsökt", re.IGNORECASE)),
    ("cost", re.compile(r"kustann|menot\b|budjetti\b|kostnad|kulut\b", re.IGNORECASE)),
    ("rent", re.compile(r"vuokrat\b|vuokra\b|hyra", re.IGNORECASE)),
    ("previous", re.compile(r"edelli|aiemmin|aiempi|viime vuo|tidigare", re.IGNORECASE)),
    ("price", re.compile(r"hinta|tarjou|pris\b", re.IGNORECASE)),
    ("budget", re.compile(r"^(?:TA|TP|TAE|TS)\b|talousarvio|toimintakate|määräraha", re.IGNORECASE)),
    (
        "granted",
        re.compile(
            r"myön|avustu|ehdot|esity|päät|tuki\b|bidrag|bevilj|understöd|summa|belopp|^(?:€|e|euroa?|euro|(?:19|20)\d\d)\b",
            re.IGNORECASE,
        ),
    ),
)


def _column_role(spot: Spot) -> str | None:
    """What the head of the sum's column says of it."""
    if spot.row is None or spot.row.column is None:
        return None
    head = spot.text[slice(*spot.row.column)].strip()
    role = _role_of_head(head)
    if role == "granted" and _is_of_before(head, [spot.text[slice(*h)] for h in spot.row.heads]):
        return "previous"
    return role


@lru_cache(maxsize=1024)
def _role_of_head(head: str) -> str | None:
    """What a column's head says of its sums; remembered, because tables repeat each other's heads."""
    return next((role for role, pattern in _COLUMNS if pattern.search(head)), None)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SAYS_GRANT = re.compile(r"myön|ehdot|esity|haet|hake|bevilj|ansök|sökt|päät", re.IGNORECASE)


def _is_of_before(head: str, heads: list[str]) -> bool:
    """Whether a column is of an earlier year than one that is asked for, proposed or granted in the same table."""
    year = _YEAR.search(head)
    if year is None:
        return False
    others = [m[0] for h in heads if _SAYS_GRANT.search(h) and (m := _YEAR.search(h))]
    return any(other > year[0] for other in others)


class _Cue(NamedTuple):
    """Words that tell a role; of two that begin at one place the one that is listed first counts."""

    order: int
    role: str
    pattern: re.Pattern[str]


class _Said(NamedTuple):
    """A cue where it stands."""

    start: int
    order: int
    end: int
    role: str


_Side = Literal["before", "after"]


@cache
def _cues(side: _Side) -> tuple[re.Pattern[str], dict[str, list[_Cue]]]:
    """What finds the stems of the cues on one side of a sum, and the cues that hold what it finds or its beginning."""
    listed = [(entry["role"], form) for entry in rules.load("roles")["role"] for form in entry[side]]
    stems = {stem_of(form) for _, form in listed}
    cues: dict[str, list[_Cue]] = {stem: [] for stem in stems}
    for order, (role, form) in enumerate(listed):
        cue = _Cue(order, role, re.compile(rf"(?<!\w)(?:{form})", re.IGNORECASE))
        for longer in stems:
            if longer.startswith(stem_of(form)):
                cues[longer].append(cue)
    return re.compile(trie(stems)), cues


def _cues_near(layout: Layout, side: _Side, start: int, end: int) -> list[_Cue]:
    """The cues whose stems stand in a stretch of text; no other cue can be found there."""
    lower, (stems, cues) = layout.lower, _cues(side)
    near: list[_Cue] = []
    found = stems.search(lower, start, end)
    while found is not None:
        near += cues[found[0]]
        found = stems.search(lower, found.start() + 1, end)
    return near


def _said(text: str, cues: Iterable[_Cue], start: int, end: int) -> Iterator[_Said]:
    """The cues in a stretch of text, one after the other as a single pattern would find them."""
    found = [
        _Said(match.start(), cue.order, match.end(), cue.role)
        for cue in cues
        for match in cue.pattern.finditer(text, start, end)
    ]
    if len(found) > 1:
        found.sort()
    done = start
    for said in found:
        if said.start >= done:
            yield said
            done = said.end


def _nearest(spot: Spot) -> str | None:
    """The role whose cue stands nearest the sum in its clause."""
    last, following = _cue_before(spot), _cue_after(spot)
    if following is None:
        return last.role if last else None
    if last is None or following.start - spot.amount.end + 1 < spot.amount.start - last.end:
        return following.role
    return last.role


def _cue_before(spot: Spot) -> _Said | None:
    start, end = _near(spot)
    cues = _cues_near(spot.scene.layout, "before", start, end)
    if not cues:
        return None
    last, names = None, spot.names()
    for said in _said(spot.text, cues, start, end):
        if not any(n.start <= said.start < n.end for n in names):  # *Kylän Vuokrakodit Oy* is no rent
            last = said
    return last


def _cue_after(spot: Spot) -> _Said | None:
    start, end = spot.amount.end, min(spot.clause[1], spot.amount.end + AFTER)
    cues = _cues_near(spot.scene.layout, "after", start, end)
    if not cues:
        return None
    condition = _CONDITION.search(spot.text, start, end)
    return next(_said(spot.text, cues, start, condition.start() if condition else end), None)
