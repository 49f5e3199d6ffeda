"""Who gets how much, from which fund, for which years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from pykala.link.recipients import is_paired, recipients, year_follows
from pykala.link.roles import FUNDED, role_of
from pykala.link.spot import Scene, Spot, spot
from pykala.link.terms import fund, years
from pykala.model import Amount, Decision, Money, PartKind

_WITH_RECIPIENT = FUNDED | {"loan", "guarantee", "price", "rent"}


def money(scene: Scene) -> tuple[Money, ...]:
    """Every sum in its role, tied to its decision, recipients, fund and years."""
    return _with_totals(scene, _told_once(scene, [_tie(spot(scene, amount)) for amount in scene.findings.amounts]))


def _tie(place: Spot) -> Money:
    role, decision = role_of(place), place.decision
    if decision is None or role not in _WITH_RECIPIENT:
        return Money(place.amount, role, place.index)
    if role not in FUNDED:
        return Money(place.amount, role, place.index, recipients=recipients(place))
    if place.amount.value == 0 or _is_split(place):
        return Money(place.amount, "other", place.index)
    return Money(
        place.amount,
        role,
        place.index,
        recipients=recipients(place),
        fund=fund(place, decision),
        years=years(place, decision),
    )


def _with_totals(scene: Scene, tied: Sequence[Money]) -> tuple[Money, ...]:
    """A sum in a heading that equals what the decision below gives in parts is given too: *Kylille 9 000 euroa*."""
    parts: dict[int, set[tuple[object, ...]]] = {}
    for entry in tied:
        if entry.role in FUNDED and entry.decision is not None:
            key = (entry.amount.value, entry.recipients, entry.years, entry.amount.start)
            parts.setdefault(entry.decision, set()).add(key)
    wholes = {sum(Decimal(str(k[0])) for k in keys): index for index, keys in parts.items() if len(keys) > 1}
    out = list(tied)
    for at, entry in enumerate(tied):
        index = wholes.get(entry.amount.value) if entry.decision is None and entry.amount.value_max is None else None
        if index is not None and _heads(scene, entry.amount, scene.decisions[index]):
            out[at] = replace(entry, role="granted", decision=index)
    return tuple(out)


def _heads(scene: Scene, amount: Amount, decision: Decision) -> bool:
    """Whether a sum stands in the heading under which a decision is told."""
    heading = scene.layout.part(amount.start).kind is PartKind.SUBHEADING
    return heading and scene.layout.section_start(decision.act.start) == scene.layout.section_start(amount.start)


_OF_WHICH = re.compile(r"\b(?:josta|joista|varav)[ \u00a0]+(?:enintään[ \u00a0]+)?$")


def _is_split(place: Spot) -> bool:
    """A bracketed part of a sum that stands before the bracket: *4 000 euroa (vuokriin 1 500 euroa …)*."""
    if _OF_WHICH.search(place.text[place.clause[0] : place.amount.start]) and place.others():
        return not year_follows(place) and (place.row is not None or not recipients(place))
    if not place.in_brackets or is_paired(place):
        return False
    opening = place.text.rfind("(", place.clause[0], place.amount.start)
    return any(a.end <= opening for a in place.others())


def _told_once(scene: Scene, tied: Sequence[Money]) -> tuple[Money, ...]:
    """Keep one of several tellings of the same money: the one that says to whom, else the one in the quoted statement."""
    out = list(tied)
    kept: dict[tuple[object, ...], list[int]] = {}
    for index, entry in enumerate(tied):
        if entry.role not in FUNDED:
            continue
        amount = entry.amount
        same = kept.setdefault((amount.value, amount.value_max, amount.currency, amount.per), [])
        rival = next((i for i in same if _agree(scene, tied[i], entry)), None)
        if rival is None:
            same.append(index)
            continue
        details = [_detail(scene.decisions, e) for e in (tied[rival], entry)]
        worse = index if details[0] >= details[1] else rival
        out[worse] = replace(out[worse], role="other", recipients=(), fund=None, years=())
        if worse == rival:
            same[same.index(rival)] = index
    return tuple(out)


def _agree(scene: Scene, first: Money, second: Money) -> bool:
    total = not first.recipients and not second.recipients  # which two acts may tell
    if first.decision != second.decision and not total:
        return False
    same_people = first.recipients == second.recipients or not first.recipients or not second.recipients
    spans = [{(y.first, y.last) for y in map(scene.findings.years.__getitem__, e.years)} for e in (first, second)]
    same_years = spans[0] == spans[1] or not all(spans)
    return same_people and same_years


def _detail(decisions: Sequence[Decision], entry: Money) -> tuple[int, bool, int]:
    act = decisions[entry.decision].act if entry.decision is not None else None
    quoted = act is not None and act.start <= entry.amount.start < act.end
    return len(entry.recipients), quoted, len(entry.years)
