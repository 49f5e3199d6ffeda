"""Sums told in a row of running text: each beside the one who gets it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pykala.link.spot import Spot
from pykala.model import Amount, Name

# What may stand between a receiver and its sum: *Kylä ry 900 euroa*, *Kylä ry (900 euroa …)*, *Kylä ry: 900 euroa*.
_BETWEEN = re.compile(r"[ \u00a0]*(?:\([^)\d]{0,40}\))?[ \u00a0]*[(:,–-]?[ \u00a0]*(?:saa|sai|får|fick)?[ \u00a0]*")
# A verb whose objects get money: *kunta tukee Kylä ry:tä 900 eurolla ja Seura ry:n kerhoa 500 eurolla*.
_SUPPORTS = re.compile(
    r"\b(?:tukee|tuetaan|tuki|tukea|avustaa|avustetaan|avusti|rahoittaa|rahoitetaan|stöder|stödde)\b", re.IGNORECASE
)
# The verb before those who get: *tuhannen euron avustuksen saivat Kylä ry ja Seura ry*.
_GETS = re.compile(r"\b(?:saavat|saivat|saa|sai|får|fick|receives?|received)[ \u00a0]+$")
_PARTITIVE = re.compile(r"(?:[ \u00a0](?:ry|sr|oy|ky|osk))?:(?:t?ä|t?a|ää|aa)\b", re.IGNORECASE)
_OBJECTS = frozenset(
    ("company", "association", "foundation", "university", "school", "parish", "joint_authority", "other")
)
_JOINT = re.compile(r"[ \u00a0]*(?:,|,?[ \u00a0]*(?:ja|sekä|och|and))[ \u00a0]*")


def enumerated(spot: Spot, names: Sequence[Name]) -> tuple[Name, ...]:
    """The name that stands right before the sum, where the clause pairs names with sums so more than once, or after a colon.

    Args:
        names: the mentions of the clause that may receive, in order.
    """
    own = _paired(spot.text, names, spot.amount)
    if own is None:
        return ()
    listed = ":" in spot.text[spot.clause[0] : own.start]
    return (own,) if listed or any(_paired(spot.text, names, a) is not None for a in spot.others()) else ()


def _paired(text: str, names: Sequence[Name], amount: Amount) -> Name | None:
    last = None
    for name in reversed(names):
        if name.end <= amount.start:
            last = name
            break
    if last is None or not _BETWEEN.fullmatch(text, last.end, amount.start):
        return None
    bracketed = last.case == "allative" and "(" in text[last.end : amount.start]
    return last if last.case in ("nominative", None) or bracketed else None


def supported(spot: Spot, names: Sequence[Name], *, by_year: bool = False) -> tuple[Name, ...]:
    """The last name between the sum before and this one, under a verb of support.

    Args:
        by_year: the sum is the part of one year, so that a sum before it may be the whole.
    """
    previous = spot.clause[0]
    if not by_year:
        previous = max((a.end for a in spot.others() if a.end <= spot.amount.start), default=previous)
    if not _SUPPORTS.search(spot.text, spot.clause[0], spot.amount.start):
        return ()
    objects = [n for n in names if n.kind in _OBJECTS and _is_object(spot.text, n)]
    between = [n for n in objects if previous <= n.start < spot.amount.start]
    return tuple(between[-1:])


def _is_object(text: str, name: Name) -> bool:
    """Whether a name is in a case of what is supported; Swedish has none: *staden stöder Kaskö Teater rf med …*."""
    swedish = re.search(r"\b(?:stöder|stödjer|stödde)\b[^.]{0,30}$", text[max(0, name.start - 45) : name.start])
    return name.case in ("partitive", "genitive") or _PARTITIVE.match(text, name.end) is not None or bool(swedish)


def getting(spot: Spot, names: Sequence[Name]) -> tuple[Name, ...]:
    """Those who stand after *sai* or *saivat*, joined by commas and *ja*, where no sum of theirs follows."""
    text = spot.text
    out: list[Name] = []
    for name in (n for n in names if n.start >= spot.amount.end):
        if (not out and _GETS.search(text[max(0, name.start - 14) : name.start])) or (
            out and _JOINT.fullmatch(text, out[-1].end, name.start)
        ):
            out.append(name)
    paired = any(_paired(text, names, a) is not None for a in spot.others())
    return () if paired or any(spot.amount.end <= a.start < n.end for a in spot.others() for n in out) else tuple(out)
