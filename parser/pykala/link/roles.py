"""What a sum is for: granted, asked for, a price, a rent …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pykala import rules
from pykala.link.rows import Row
from pykala.model import Amount, Decision

#: How far before and after a sum a cue may stand, in characters.
BEFORE, AFTER = 70, 40

_GIVING = frozenset(("granted",))
_BY_TYPE = {
    "granted": "granted",
    "transacted": "price",
    "amended": "budget",
    "reserved": "price",
    "denied": "requested",
}
_SUPPORT = re.compile(
    r"\b(?:rahoit\w+|avustu\w+|avusta\w+|tukea\b|tuella|tuki\b|tuen\b|tuke[en]\w*|myönn\w+|myön(?:si|tää)\w*|osakepääoma\w*|pääomit\w+|sijoit\w+|svop\w*|"
    r"maksetaan avustusta|kaupunki maksaa|kunta maksaa|bidrag\w*|understöd\w*|finansier\w+|bevilja\w+|apuraha\w*|stipend\w+|toimintatuk\w+|sijoitettu\w*)",
    re.IGNORECASE,
)
_COMMIT = re.compile(r"\b(?:sitoi\b|sitoa|sidotaan|sidottiin|sitoutu\w+|sitoo)\b", re.IGNORECASE)
_GRANT = re.compile(r"\b(?:myön(?:si|tää|net|nn)\w*|myönsi\w*|avustu\w*|bevilja\w*|osoit\w+|tukea\b)", re.IGNORECASE)
_LEAVES_OPEN = frozenset(("granted", "approved", "decided", "authorised", "proposed"))


@dataclass(frozen=True, slots=True)
class _Cue:
    role: str
    pattern: re.Pattern[str]
    before: bool


@cache
def _cues() -> tuple[_Cue, ...]:
    out = []
    for entry in rules.load("roles")["role"]:
        for side in ("before", "after"):
            words = "|".join(entry.get(side, ()))
            if words:
                out.append(_Cue(entry["role"], re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE), side == "before"))
    return tuple(out)


def role_of(
    text: str, amount: Amount, clause: tuple[int, int], decision: Decision | None, row: Row | None = None
) -> str:
    """The role of a sum.

    Args:
        clause: the sentence, list row or table row that the sum stands in.
        decision: the decision whose scope holds the sum.
        row: the row that holds the sum, where it stands in a list or table.
    """
    cue = _nearest(text, amount, clause)
    if row is not None:
        head = text[row.column[0] : row.column[1]] if row.column else ""
        stated = _column_role(head)
        if stated is not None and (decision is not None or stated != "granted"):
            return stated if stated != "granted" or _gives(text, decision, row.lead) else cue or "other"
    words = text[clause[0] : clause[1]]
    if decision is None:
        return cue or "other"
    if decision.act.rule in _SUBSCRIBES and decision.act.type == "transacted":
        return "price" if amount.per else "granted"  # share capital paid in
    near = text[max(clause[0], amount.start - BEFORE) : amount.start]
    gives = _gives(text, decision, row.lead if row else clause)
    if row is not None and gives:
        return (
            cue
            if cue in ("loan", "guarantee", "requested", "previous", "rent")
            and not _GRANT.search(near)
            and not row.column
            else _given(near)
        )
    if decision.act.type in _GIVING:
        if _OWN_MONEY.search(words) and not _GRANT_TO.search(words):
            return "budget"
        if cue in ("loan", "guarantee", "requested", "rent", "price", "fee", "cost", "income", "budget"):
            return cue if cue in ("loan", "guarantee") or not _GRANT.search(near) else _given(near)
        if amount.value_max is not None and decision.act.end <= amount.start:
            return "other"  # the spread of the grants, not one of them
        return _given(near)
    if cue:
        return cue
    if gives and _SUPPORT.search(words):
        return _given(near)
    return _BY_TYPE.get(decision.act.type, "other")


_COLUMNS = (
    ("requested", re.compile(r"\bhaet|\bhakem|\bhake[em]|\banot|\bansök|\bsökt", re.IGNORECASE)),
    ("cost", re.compile(r"kustann|menot\b|budjetti\b|kostnad|kulut\b", re.IGNORECASE)),
    ("rent", re.compile(r"vuokrat\b|vuokra\b|hyra", re.IGNORECASE)),
    ("previous", re.compile(r"edelli|aiemmin|aiempi|myönnetty (?:19|20)\d\d|tidigare", re.IGNORECASE)),
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


def _column_role(head: str) -> str | None:
    """What the head of a column says of the sums below it."""
    return next((role for role, pattern in _COLUMNS if head.strip() and pattern.search(head.strip())), None)


#: Verbs by which a body subscribes for shares: *merkitä osakkeita*, *teckna aktier*.
_SUBSCRIBES = frozenset(("verbs.merkita", "verbs.sv-teckna", "verbs.en-subscribe"))
_ASKS = re.compile(r"\b(?:lain(?:a|an|oja)|takau\w+|vuokra(?:ta|taan|si)|my[yi]\w*|osta\w*|hankki\w*)\b", re.IGNORECASE)


def _gives(text: str, decision: Decision | None, lead: tuple[int, int] | None) -> bool:
    """Whether the decision gives money: by its verb, or, where it accepts a proposal, by the words that introduce the sums."""
    if decision is None:
        return False
    if decision.act.type in _GIVING:
        return True
    if decision.act.type not in ("approved", "decided", "authorised"):
        return False
    words = text[lead[0] : lead[1]] if lead else ""
    own = decision.act.text
    return (
        bool(_SUPPORT.search(words)) and not _PROPOSES.search(words)
        if decision.act.formula
        else bool(_SUPPORT.search(words) or _SUPPORT.search(own))
    )


# A body's own appropriations and rights to exceed them are no grants to anybody.
_OWN_MONEY = re.compile(r"\b\w*(?:ylitysoikeu|määrärah)\w*|\banslag\w*", re.IGNORECASE)
_GRANT_TO = re.compile(r"\bavustu\w+|\b(?:ry|sr|Oy|osk|rf|Ab):?\w*lle\b|\btukea\b|\bbidrag", re.IGNORECASE)
_PROPOSES = re.compile(r"\b(?:esittää|esitetään|ehdottaa) (?:kaupungin|kunnan|alue)?valtuustolle", re.IGNORECASE)


def _given(near: str) -> str:
    return "committed" if _COMMIT.search(near) else "granted"


def _nearest(text: str, amount: Amount, clause: tuple[int, int]) -> str | None:
    best: tuple[int, str] | None = None
    left = max(clause[0], amount.start - BEFORE)
    right = min(clause[1], amount.end + AFTER)
    for cue in _cues():
        if cue.before:
            hits = list(cue.pattern.finditer(text, left, amount.start))
            distance = amount.start - hits[-1].end() if hits else None
        else:
            hit = cue.pattern.search(text, amount.end, right)
            distance = hit.start() - amount.end + 1 if hit else None
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, cue.role)
    return best[1] if best else None
