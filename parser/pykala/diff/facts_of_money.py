"""Changes applied to the fundings of a gold file: money given, with its recipients, fund and years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pykala.diff.model import Change, Kind, Side
from pykala.diff.refs import Facts, conflict, listed, name_of, parts_of_sum, same_sum, years_of
from pykala.evaluate.found import GIVEN
from pykala.evaluate.values import fold, sum_of

#: What a funding has to be there for.
DETAILS: Final = frozenset({"recipients", "fund", "years"})


def change_fundings(facts: Facts, change: Change) -> None:
    """Apply a change of a sum to the file's fundings.

    Raises:
        Conflict: the file has several that it may be about.
    """
    if change.facet is None:
        _whole_funding(facts, change)
    elif change.facet in {"role", "value", *DETAILS} and change.old and change.new:
        _part_of_funding(facts, change, change.old, change.new)


def _whole_funding(facts: Facts, change: Change) -> None:
    said = change.side.content
    if said["role"] not in GIVEN:
        return
    made = _funding(said)
    if change.kind is Kind.ADDED:
        facts["fundings"].append(made)
        return
    found = _fitting(facts, same_sum(made), {fold(names[0]) for names in made["recipients"]})
    if found:
        facts["fundings"].remove(found[0])


def _funding(said: Mapping[str, Any]) -> Facts:
    made = {"value": said["value"], "per": said["per"]}
    made |= {key: said[key] for key in ("value_max", "currency") if said[key] not in (None, "EUR")}
    return made | {
        "recipients": [[name_of(ref)] for ref in said["recipients"]],
        "fund": [name_of(said["fund"])] if said["fund"] else [],
        "years": [years_of(ref) for ref in said["years"]],
    }


def _fitting(facts: Facts, value: object, receivers: set[str]) -> list[Facts]:
    same = [one for one in facts["fundings"] if same_sum(one) == value]
    return [
        one
        for one in same
        if {fold(name) for names in one["recipients"] for name in listed(names)} & receivers
        or not (receivers or one["recipients"])
    ]


def _part_of_funding(facts: Facts, change: Change, old: Side, new: Side) -> None:
    """A role, recipients, fund or years of the one funding of this sum."""
    value = _sum_of_ref(old.ref)
    held = [one for one in facts["fundings"] if same_sum(one) == value]
    if change.facet == "role":
        was, now = (side.content["role"] in GIVEN for side in (old, new))
        if now and not was:
            facts["fundings"].append(_bare_funding(old.ref))
        elif was and not now and len(held) == 1:
            facts["fundings"].remove(held[0])
        elif was and not now and held:
            raise conflict(change, "the file has several fundings of this sum")
    elif len(held) > 1:
        raise conflict(change, "the file has several fundings of this sum")
    elif held and change.facet == "value":
        held[0] |= {key: new.content[key] for key in ("value", "per")}
    elif held:
        held[0] |= _facet(change.facet or "", new.content)


def _facet(facet: str, said: Mapping[str, Any]) -> Facts:
    match facet:
        case "recipients":
            return {"recipients": [[name_of(ref)] for ref in said["recipients"]]}
        case "years":
            return {"years": [years_of(ref) for ref in said["years"]]}
        case _:
            return {"fund": [name_of(said["fund"])] if said["fund"] else []}


def _bare_funding(ref: str) -> Facts:
    low, high, currency, per = parts_of_sum(ref)
    made: Facts = {"value": low, "per": per, "recipients": [], "fund": [], "years": []}
    return made | ({"value_max": high} if high else {}) | ({"currency": currency} if currency != "EUR" else {})


def _sum_of_ref(ref: str) -> object:
    return sum_of(*parts_of_sum(ref))
