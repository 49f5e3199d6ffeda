"""What a store knows, worked out from its own records in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from pykala.fetch.archive import Entry
from pykala.fetch.records import Asked, Kind

_KINDS: Final[dict[str, Kind]] = {"listing": "listing", "bulletin": "bulletin", "robots": "robots"}
Outcome = Literal["new", "changed", "same", "absent"]
OK: Final = 200
NOT_MODIFIED: Final = 304


@dataclass(slots=True)
class Page:
    """An address with its history.

    Attributes:
        asked: how the latest run that asked for it came to it.
        first_seen: the day on which it came into the store.
        current: the record of its newest content, None where none ever came.
        revisions: how many different contents are kept.
        tombstone: the record that says that it is gone, None while it stands.
        runs: ids of the runs that got an answer for it.
        fate: what the latest answer was to what was known before.
    """

    asked: Asked
    first_seen: date
    current: Entry | None = None
    revisions: int = 0
    tombstone: Entry | None = None
    runs: set[str] = field(default_factory=set)
    fate: Outcome = "absent"

    @property
    def day(self) -> date:
        """The day that the listing told, or else the day when it was first seen."""
        return self.asked.day or self.first_seen


@dataclass(slots=True)
class Run:
    """A run by its opening record, and its report once it has come to its end."""

    id: str
    plan_digest: str
    date: str
    report: Entry | None = None


class Index:
    """Pages by their addresses and runs in their order.

    Attributes:
        pages: in the order of their first records.
        runs: from the first to the latest.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.runs: list[Run] = []

    def add(self, entry: Entry) -> None:
        """Take a record into account; one that pykala did not write tells nothing."""
        kind = entry.fields.get("pykala-kind")
        if kind == "run":
            self.runs.append(Run(entry.id, entry.fields.get("pykala-plan-digest", ""), entry.date))
        elif kind == "report":
            self._close(entry)
        elif kind in _KINDS or kind == "tombstone":
            self._add_page(entry, kind)

    def of_source(self, source: str) -> Iterator[Page]:
        """The pages of one source."""
        return (page for page in self.pages.values() if page.asked.source == source)

    def unfinished(self, plan_digest: str) -> Run | None:
        """The latest run, if it had the same plan and came to no end."""
        latest = self.runs[-1] if self.runs else None
        return latest if latest and latest.report is None and latest.plan_digest == plan_digest else None

    def _close(self, entry: Entry) -> None:
        for run in reversed(self.runs):
            if run.id == entry.fields.get("warc-warcinfo-id"):
                run.report = entry
                return

    def _add_page(self, entry: Entry, kind: str) -> None:
        address = entry.fields.get("pykala-address", entry.address)
        known = self.pages.get(address)
        if known is None:
            known = self.pages[address] = Page(_asked(entry, address), _day(entry.date[:10]) or date.min)
        if kind == "tombstone":
            known.tombstone = entry
            return
        known.asked = _asked(entry, address)
        known.runs.add(entry.fields.get("warc-warcinfo-id", ""))
        known.fate = _fate(entry)
        if entry.kind == "response" and entry.status == OK:
            known.current = entry
            known.revisions += 1
        if entry.status in (OK, NOT_MODIFIED):
            known.tombstone = None


def _fate(entry: Entry) -> Outcome:
    if entry.kind == "revisit":
        return "same"
    if entry.status != OK:
        return "absent"
    return "changed" if "pykala-revision-of" in entry.fields else "new"


def _asked(entry: Entry, address: str) -> Asked:
    said = entry.fields
    return Asked(
        address=address,
        kind=_KINDS.get(said.get("pykala-kind", ""), "bulletin"),
        source=said.get("pykala-source", ""),
        via=said.get("pykala-via"),
        day=_day(said.get("pykala-day", "")),
        title=said.get("pykala-title", ""),
        body=said.get("pykala-body"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
