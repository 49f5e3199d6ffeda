"""A whole run: several sources in turns, so that one server's pause is another's turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from pykala.fetch.asking import Asker
from pykala.fetch.plan import Plan
from pykala.fetch.store import Store
from pykala.fetch.tally import Tally
from pykala.fetch.walk import Reader, Walk


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        asked: pages that servers were asked for.
        waiting: known pages that are still to be asked for; more may come to be known.
        address: the latest one.
    """

    asked: int
    waiting: int
    address: str


def run(
    plan: Plan, store: Store, asker: Asker, reader: Reader, *, told: Callable[[Progress], None] = lambda _: None
) -> tuple[Tally, ...]:
    """Fetch what a plan says into a store, or what is left of it if it was stopped.

    Args:
        plan: sources and window.
        store: with a run begun.
        asker: asks servers and keeps what they say.
        reader: of listings.
        told: called after each page that a server was asked for.

    Returns:
        What each source gave, in the plan's order.

    Raises:
        StoreError: the store cannot be written.
    """
    walks = [Walk(source, plan.window, reader, store, asker) for source in plan.sources]
    turns = deque((walk, walk.steps()) for walk in walks)
    asked = 0
    while turns:
        walk, steps = turns.popleft()
        latest = next(steps, None)
        if latest is None:
            continue
        asked += 1
        turns.append((walk, steps))
        told(Progress(asked, sum(one.waiting for one in walks), latest.address))
    return tuple(walk.tally for walk in walks)
