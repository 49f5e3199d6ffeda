"""What a sum is for: granted, asked for, a price, a rent …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pykala import rules
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
    r"bidrag\w*|understöd\w*|finansier\w+|bevilja\w+|apuraha\w*|stipend\w+|toimintatuk\w+|sijoitettu\w*)",
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


def role_of(text: str, amount: Amount, clause: tuple[int, int], decision: Decision | None) -> str:
    """The role of a sum.

    Args:
        clause: the sentence, list row or table row that the sum stands in.
        decision: the decision whose scope holds the sum.
    """
    cue = _nearest(text, amount, clause)
    words = text[clause[0] : clause[1]]
    if decision is None:
        return cue or "other"
    gives = decision.act.type in _GIVING
    near = text[max(clause[0], amount.start - BEFORE) : amount.start]
    if gives:
        if cue in ("loan", "guarantee", "requested", "rent", "price", "fee", "cost", "income"):
            return cue if cue in ("loan", "guarantee") or not _GRANT.search(near) else _given(near)
        return "granted" if cue != "previous" else cue and _given(words[: max(0, amount.start - clause[0])])
    if cue:
        return cue
    if decision.act.type in ("approved", "decided", "authorised") and _SUPPORT.search(words):
        return _given(near)
    return _BY_TYPE.get(decision.act.type, "other")


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
