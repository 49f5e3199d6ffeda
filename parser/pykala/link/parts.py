"""The parts that institutions play in a decision."""

from __future__ import annotations

from collections.abc import Sequence

from pykala.link.cast import Cast
from pykala.model import Decision, Money

#: Of several parts the first in this order is kept.
_ORDER = ("decision_maker", "recipient", "fund", "payer", "addressee", "partner", "proposer", "preparer", "mentioned")


def institutions_of(decision: Decision, index: int, sums: Sequence[Money], cast: Cast) -> tuple[tuple[str, str], ...]:
    """Every institution of a decision with its part in it, in order of the first mention.

    Args:
        index: the decision's place among the decisions, which its sums refer to.
    """
    known = cast.keys
    roles: dict[str, str] = {}
    if decision.maker is not None:
        roles[decision.maker] = "decision_maker"
    for entry in sums:
        if entry.decision == index:
            for key in entry.recipients:
                roles.setdefault(key, "recipient")
            if entry.fund is not None:
                roles.setdefault(entry.fund, "fund")
    for start, end in decision.scope:
        for name in cast.within(start, end):
            if name.key not in roles and name.key in known:
                roles[name.key] = _part(decision, name.case, name.kind)
    order = cast.order
    return tuple(
        sorted(((k, r) for k, r in roles.items() if k in known), key=lambda p: (_ORDER.index(p[1]), order[p[0]]))
    )


def _part(decision: Decision, case: str | None, kind: str) -> str:
    if kind == "fund":
        return "fund"
    if case == "allative":
        if decision.act.type in ("proposed", "stated", "instructed"):
            return "addressee"
        return "recipient" if decision.act.type in ("granted", "denied", "reserved", "transacted") else "addressee"
    return "mentioned"
