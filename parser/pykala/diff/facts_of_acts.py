"""Changes applied to the acts and the institutions of a gold file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pykala.diff.model import Change, Kind, Side
from pykala.diff.refs import Facts, conflict, listed, name_of
from pykala.evaluate.values import fold, single_spaced

_LONGEST_ANCHOR: Final = 5


def change_institutions(facts: Facts, change: Change) -> None:
    """Apply a change of an institution, or of what it is called."""
    held: list[Any] = facts["institutions"]
    if change.kind is Kind.ADDED:
        names = [change.side.content["name"], *change.side.content["aliases"]]
        if not _sharing(held, names):
            held.append(names)
        return
    old = change.old
    if old is None or change.facet not in (None, "name", "aliases"):
        return
    names = [name_of(old.ref), *old.content.get("aliases", ())]
    for one in _sharing(held, names)[:1]:
        held.remove(one)
        if change.new is not None:
            come = [change.new.content.get("name", listed(one)[0]), *change.new.content.get("aliases", ())]
            gone = {fold(name) for key in ("name", "aliases") for name in listed(old.content.get(key, []))}
            kept = [name for name in listed(one) if fold(name) not in gone]
            held.append(list(dict.fromkeys([*come, *kept])))
            if change.facet == "name":
                _rename(facts, names[0], come[0])


def _rename(facts: Facts, old: str, new: str) -> None:
    """Give an institution its new name wherever the file has it as a maker, a recipient or a fund."""
    lists = [one.get("decision_maker") or [] for one in facts.get("decisions", ())]
    for funding in facts.get("fundings", ()):
        lists += [*funding.get("recipients", ()), funding.get("fund") or []]
    for names in lists:
        if isinstance(names, list):
            names[:] = [new if fold(name) == fold(old) else name for name in names]


def _sharing(held: Iterable[Any], names: Iterable[str]) -> list[Any]:
    wanted = set(map(fold, names))
    return [one for one in held if wanted & set(map(fold, listed(one)))]


def change_decisions(facts: Facts, change: Change) -> None:
    """Apply a change of an act, of its type, its outcome or its maker.

    Raises:
        Conflict: the file has several that it may be about.
    """
    held: list[Facts] = facts["decisions"]
    if change.kind is Kind.ADDED:
        held.append(_decision(change.side))
        return
    if change.facet not in (None, "type", "outcome", "decision_maker") or change.old is None:
        return
    one = _told_by(held, change)
    if one is None:
        return
    if change.new is None:
        index = held.index(one)
        held.remove(one)
        _renumber(facts, index)
    elif change.facet == "decision_maker":
        maker = change.new.content["decision_maker"]
        one["decision_maker"] = [name_of(maker)] if maker else []
    elif change.facet:
        one[change.facet] = change.new.content[change.facet]


def _decision(side: Side) -> Facts:
    said = side.content
    anchor = " ".join((side.text or "").split()[:_LONGEST_ANCHOR])
    maker = said["decision_maker"]
    return {
        "type": said["type"],
        "decision_maker": [name_of(maker)] if maker else [],
        "anchor": anchor,
        "outcome": said["outcome"],
    }


def _told_by(held: list[Facts], change: Change) -> Facts | None:
    """The act of the file that a change is about: its anchor stands around the verb, and touches it."""
    old = change.old
    if old is None or old.context is None:
        return None
    around = single_spaced(f"{old.context.before}{old.context.words}{old.context.after}")
    low = len(single_spaced(old.context.before))
    high = low + len(single_spaced(old.context.words))
    fitting = [one for one in held if _overlaps(around, single_spaced(one["anchor"]), low, high)]
    kind = old.ref.partition("/")[2].partition("@")[0]
    fitting = [one for one in fitting if one["type"] == kind] or fitting
    if len(fitting) > 1:
        raise conflict(change, "several acts of the file have an anchor in these words")
    return fitting[0] if fitting else None


def _overlaps(text: str, anchor: str, low: int, high: int) -> bool:
    place = text.find(anchor)
    while place >= 0:
        if place < high and low < place + len(anchor):
            return True
        place = text.find(anchor, place + 1)
    return False


def _renumber(facts: Facts, gone: int) -> None:
    """Notes point to acts by their number."""
    notes = [note for note in facts.get("decision_notes", ()) if note["decision"] != gone]
    for note in notes:
        note["decision"] -= note["decision"] > gone
    if "decision_notes" in facts:
        facts["decision_notes"] = notes
