"""The report of a run: what each source gave, and whether someone should have a look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final, get_args

from pykala.fetch.history import falls
from pykala.fetch.plan import Plan
from pykala.fetch.replay import Fetched
from pykala.fetch.store import Store
from pykala.fetch.survey import Parse, survey
from pykala.fetch.tally import Fate, Tally

VERSION: Final = "1.0"
_STANDING: Final = frozenset({"new", "changed", "same"})
_LONGEST_LIST: Final = 1_000


def report(plan: Plan, tallies: tuple[Tally, ...], store: Store, parse: Parse, *, limit: int) -> dict[str, Any]:
    """What a run gave, as JSON.

    Args:
        plan: what it was to fetch.
        tallies: of its sources.
        store: where it is kept, with the reports of earlier runs.
        parse: reads a document into its record.
        limit: the most bytes of a document.
    """
    earlier = [store.said(run.report) for run in store.index.runs if run.report is not None]
    sources = [_source(tally, store, parse, limit, earlier) for tally in tallies]
    return {"version": VERSION, "plan": plan.told(), "sources": sources}


def troubles(said: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a run, a line each; nothing where all is well."""
    for one in said["sources"]:
        for line in one["troubles"]:
            yield f"{one['name']}: {line}"


def _source(tally: Tally, store: Store, parse: Parse, limit: int, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    seen = survey(_documents(tally, store, limit), parse)
    fell = falls(tally.source.id, seen.documents, seen.fields, earlier)
    said: dict[str, Any] = {
        "id": tally.source.id,
        "name": tally.source.name,
        "listings": tally.listings,
        "links": tally.links,
        "bulletins": {fate: tally.count(fate) for fate in get_args(Fate)},
        "documents": seen.documents,
        "meetings": len(seen.meetings),
        "sections": sum(map(len, seen.sections.values())),
        "gaps": seen.gaps(),
        "fields": seen.fields,
        "fell": [asdict(one) for one in fell],
        "empty": seen.empty[:_LONGEST_LIST],
        "unread": [asdict(one) for one in seen.unread[:_LONGEST_LIST]],
        "gone": [address for address, fate in tally.bulletins.items() if fate in {"absent", "unlisted"}],
        "failures": [asdict(one) for one in tally.failures[:_LONGEST_LIST]],
        "left": tally.left,
    }
    return said | {"troubles": list(_troubles(said, tally, store))}


def _documents(tally: Tally, store: Store, limit: int) -> Iterator[Fetched]:
    """The bulletins that stand, as they are now."""
    for address, fate in tally.bulletins.items():
        entry = store.index.pages[address].current if fate in _STANDING else None
        if entry is not None:
            yield Fetched(address, store.content(entry, limit), entry.date)


def _troubles(said: dict[str, Any], tally: Tally, store: Store) -> Iterator[str]:
    if tally.left:
        yield f"left alone: {tally.left}"
    if tally.failures:
        first = tally.failures[0]
        yield f"{len(tally.failures)} pages could not be had, the first {first.address}: {first.message}"
    elif not tally.links and not tally.bulletins:
        yield "its listings lead to nothing: they have changed, or the address has"
    elif not any(page.asked.kind == "bulletin" and page.current for page in store.index.of_source(tally.source.id)):
        yield "no bulletin of it is in the store, and none lies in the days that were asked for"
    if said["unread"] and not said["documents"]:
        yield f"none of its {len(said['unread'])} bulletins could be read, the first {said['unread'][0]['address']}"
    for fall in said["fell"]:
        yield f"{fall['field']} in {fall['now']:.0%} of the documents, {fall['was']:.0%} before: have its pages changed?"
