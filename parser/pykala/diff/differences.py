"""All differences between two sets of records, found one document at a time and kept where memory does not bound them."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Final

from pykala.diff.causes import Circumstances
from pykala.diff.compare import compare, written
from pykala.diff.draft import Draft
from pykala.diff.golds import Golds
from pykala.diff.judge import judged
from pykala.diff.model import Change, Compared, Diff, DocumentDiff, Field, Kind, Summary, Verdict
from pykala.diff.pairing import paired
from pykala.diff.sides import fact
from pykala.record import Pipeline, Record

#: Bytes of changes that are held in memory; more of them lie on disk.
HELD: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are to be told.

    Attributes:
        kinds: their classes; all where none is named.
        fields: what they are about; likewise.
        verdicts: what gold says of them; likewise.
        limit: how many are to be listed at most; all are counted.
    """

    kinds: frozenset[Kind] = frozenset()
    fields: frozenset[Field] = frozenset()
    verdicts: frozenset[Verdict] = frozenset()
    limit: int | None = None

    def includes(self, change: Change) -> bool:
        """Whether a change is to be told."""
        return (
            (not self.kinds or change.kind in self.kinds)
            and (not self.fields or change.field in self.fields)
            and (not self.verdicts or change.verdict in self.verdicts)
        )


class Differences(AbstractContextManager["Differences"]):
    """What differs: the counts at hand, the documents read from where they are kept, sorted by name.

    Attributes:
        old: the records before.
        new: the records now.
        summary: all counts.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._stream = tempfile.SpooledTemporaryFile(max_size=HELD)  # noqa: SIM115  # closed by __exit__
        self._places: list[tuple[str, int, int]] = []
        self._limit = limit
        self._counts: dict[str, Counter[str]] = {key: Counter() for key in ("documents", "kinds", "fields", "verdicts")}
        self.old = Compared(name="", records=0, pipelines=())
        self.new = self.old

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def add(self, one: DocumentDiff, state: str) -> None:
        """Keep a document's changes.

        Args:
            one: the document.
            state: ``same``, ``changed``, ``added`` or ``removed``.
        """
        self._counts["documents"][state] += 1
        for change in one.changes:
            self._counts["kinds"][change.kind] += 1
            self._counts["fields"][change.field] += 1
            self._counts["verdicts"][change.verdict] += 1
        if one.changes:
            line = one.model_dump_json().encode()
            self._places.append((one.document, self._stream.seek(0, 2), len(line)))
            self._stream.write(line)

    def judge(self) -> None:
        """Count a document for which there is gold."""
        self._counts["documents"]["judged"] += 1

    @property
    def summary(self) -> Summary:
        """All counts."""
        documents, changes = self._counts["documents"], self._counts["kinds"].total()
        return Summary(
            documents=sum(documents[state] for state in ("same", "changed", "added", "removed")),
            same=documents["same"],
            changed=documents["changed"],
            added=documents["added"],
            removed=documents["removed"],
            judged=documents["judged"],
            changes=changes,
            shown=changes if self._limit is None else min(changes, self._limit),
            kinds={kind: self._counts["kinds"][kind] for kind in Kind},
            fields={field: self._counts["fields"][field] for field in Field},
            verdicts={verdict: self._counts["verdicts"][verdict] for verdict in Verdict},
        )

    @property
    def documents(self) -> Iterator[DocumentDiff]:
        """Every document that differs, sorted by name, with no more changes than are to be listed."""
        left = self._limit
        for _, start, length in sorted(self._places):
            if left == 0:
                return
            self._stream.seek(start)
            one = DocumentDiff.model_validate_json(self._stream.read(length))
            if left is not None:
                one = one.model_copy(update={"changes": one.changes[:left]})
                left -= len(one.changes)
            yield one

    def whole(self) -> Diff:
        """All of it as one value, in memory."""
        return Diff(old=self.old, new=self.new, summary=self.summary, documents=tuple(self.documents))


def differences(
    old: tuple[str, Iterable[Record]],
    new: tuple[str, Iterable[Record]],
    *,
    gold: Golds | None = None,
    wanted: Wanted = Wanted(),
    told: Callable[[int], None] = lambda _: None,
) -> Differences:
    """Compare two sets of records.

    Args:
        old: what the records before are called, and they themselves in any order.
        new: likewise the records now.
        gold: what people say that the documents hold.
        wanted: which changes are to be told; others are not counted either.
        told: called with the number of documents compared so far.

    Returns:
        The differences; to be closed, as they may lie in a temporary file.
    """
    found = Differences(wanted.limit)
    counting = (_Counting(*old), _Counting(*new))
    try:
        for number, (one, other) in enumerate(paired(counting[0].records(), counting[1].records()), 1):
            found.add(*_document(one, other, gold, wanted, found))
            told(number)
    except BaseException:
        found.__exit__(None, None, None)
        raise
    found.old, found.new = (side.compared for side in counting)
    return found


class _Counting:
    """A set of records on its way through, with how many there were and what produced them."""

    def __init__(self, name: str, records: Iterable[Record]) -> None:
        self._name, self._records = name, records
        self._count = 0
        self._pipelines: dict[Pipeline, None] = {}

    def records(self) -> Iterator[Record]:
        for record in self._records:
            self._count += 1
            self._pipelines[record.pipeline] = None
            yield record

    @property
    def compared(self) -> Compared:
        pipelines = sorted(self._pipelines, key=lambda one: one.model_dump_json())
        return Compared(name=self._name, records=self._count, pipelines=tuple(pipelines))


def _document(
    old: Record | None, new: Record | None, golds: Golds | None, wanted: Wanted, found: Differences
) -> tuple[DocumentDiff, str]:
    """One document's changes, as far as they are to be told, and its state."""
    one = compare(old, new) if old and new else _alone(old, new)
    gold = golds.of(one.document) if golds else None
    if gold:
        found.judge()
        if one.changes:
            one = one.model_copy(update={"changes": judged(one.changes, gold, old, new)})
    kept = tuple(filter(wanted.includes, one.changes))
    state = "same" if not kept else "added" if old is None else "removed" if new is None else "changed"
    return one.model_copy(update={"changes": kept}), state


def _alone(old: Record | None, new: Record | None) -> DocumentDiff:
    """A document of which only one side has a record."""
    record = new or old
    if record is None:
        raise ValueError("neither side has a record")
    counts = (len(record.decisions), len(record.amounts), len(record.institutions))
    shown = "{}: {} decisions, {} sums, {} institutions".format(record.title or "(no title)", *counts)
    side = fact(record, Field.DOCUMENT, shown, {"record": record.model_dump(mode="json")})
    kind = Kind.ADDED if new else Kind.REMOVED
    draft = Draft(kind, Field.DOCUMENT, None, None if new else side, side if new else None)
    hashes = (old.source.sha256 if old else None, new.source.sha256 if new else None)
    pipelines = (old.pipeline if old else None, new.pipeline if new else None)
    around = Circumstances(*pipelines, hashes, text=False)
    changes = written([draft], record.source.uri, around)
    return DocumentDiff(document=record.source.uri, title=record.title, sha256=hashes, changes=changes)
