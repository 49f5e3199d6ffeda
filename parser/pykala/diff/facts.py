"""Changes applied to facts: to a gold file in the form that ``pykala evaluate`` takes.

Such a file says less than a record: no places, no rules, each value once. A change of what it does not say, or under a key that
it does not have, leaves it as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from pykala.diff.facts_of_acts import change_decisions, change_institutions
from pykala.diff.facts_of_money import DETAILS, change_fundings
from pykala.diff.model import Change, Field, Side
from pykala.diff.refs import Facts, same_sum
from pykala.evaluate.values import fold


def apply_to_facts(facts: Mapping[str, Any], changes: Iterable[Change]) -> Facts:
    """A gold file's content with changes applied.

    Args:
        facts: the file's content.
        changes: of its document.

    Returns:
        The new content; the same where no change is about what it says.

    Raises:
        Conflict: it cannot be told which of its entries a change is about.
    """
    new: Facts = json.loads(json.dumps(facts))
    for change in sorted(changes, key=_turn):
        key = "meeting_date" if change.field is Field.MEETING else change.field.value
        if key in new:
            _APPLY.get(change.field, _ignore)(new, change)
    return new


def _turn(change: Change) -> int:
    """A funding has to be there to have details, and is found by the sum that it was."""
    return 2 if change.facet == "value" else 1 if change.facet in DETAILS else 0


def written(facts: Mapping[str, Any]) -> str:
    """A gold file's text: one line for each fact, and for each entry of a list of objects."""
    lines = []
    for key, value in facts.items():
        told = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list) and value and (key == "institutions" or isinstance(value[0], dict)):
            entries = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            told = f"[\n{entries}]"
        lines.append(f" {json.dumps(key)}: {told}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _ignore(facts: Facts, change: Change) -> None:
    del facts, change


# ---------------------------------------------------------------- values that count once


def _set(key: str, made: Callable[[Mapping[str, Any]], Any], meaning: Callable[[Any], object]) -> Callable[..., None]:
    """How a list is changed whose values count once each: what the other record says elsewhere stays as it is."""

    def change_set(facts: Facts, change: Change) -> None:
        if change.facet not in (None, "value"):
            return
        if change.old and not change.old.elsewhere:
            gone = meaning(made(change.old.content))
            facts[key] = [one for one in facts[key] if meaning(one) != gone]
        if change.new:
            come = made(change.new.content)
            held = facts[key]
            if meaning(come) not in map(meaning, held):
                held.append(come)

    return change_set


def _sum(said: Mapping[str, Any]) -> dict[str, Any]:
    ends = {"value": said["value"]} | ({"value_max": said["value_max"]} if said["value_max"] else {})
    return ends | {key: said[key] for key in ("currency", "per", "qualifier")}


def _says_as_much(old: Side, new: Side) -> bool:
    """Whether only how exact a sum is differs."""
    return same_sum(_sum(old.content)) == same_sum(_sum(new.content))


def _amounts(facts: Facts, change: Change) -> None:
    if change.facet == "value" and change.old and change.new and _says_as_much(change.old, change.new):
        for one in facts["amounts"]:
            if same_sum(one) == same_sum(_sum(change.old.content)):
                one["qualifier"] = change.new.content["qualifier"]
    else:
        _set("amounts", _sum, same_sum)(facts, change)
    if "fundings" in facts:
        change_fundings(facts, change)


def _years(facts: Facts, change: Change) -> None:
    _set("years", _ends, tuple)(facts, change)
    if change.facet == "value" and change.old and change.new and not change.old.elsewhere:
        old, new = _ends(change.old.content), _ends(change.new.content)
        for funding in facts.get("fundings", ()):
            funding["years"] = [new if one == old else one for one in funding.get("years", ())]


def _ends(said: Mapping[str, Any]) -> list[int]:
    return [said["start"], said["end"]]


# ---------------------------------------------------------------- what the bulletin says of itself


def _fact(facts: Facts, change: Change) -> None:
    value = change.new.content[change.field.value] if change.new else None
    facts[change.field.value] = value["name"] if isinstance(value, dict) else value


def _meeting(facts: Facts, change: Change) -> None:
    if change.facet in (None, "date"):
        facts["meeting_date"] = change.new.content["date"] if change.new else None


def _number(said: Mapping[str, Any]) -> object:
    return said["number"]


_APPLY: Final[Mapping[Field, Callable[[Facts, Change], None]]] = {
    Field.LANGUAGE: _fact,
    Field.PUBLISHED: _fact,
    Field.MUNICIPALITY: _fact,
    Field.MEETING: _meeting,
    Field.CASE_NUMBERS: _set("case_numbers", _number, fold),
    Field.SECTIONS: _set("sections", _number, fold),
    Field.DECISIONS: change_decisions,
    Field.AMOUNTS: _amounts,
    Field.YEARS: _years,
    Field.DATES: _set("dates", lambda said: said["value"], str),
    Field.INSTITUTIONS: change_institutions,
}
