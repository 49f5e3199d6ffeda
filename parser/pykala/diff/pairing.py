"""Which record of one set answers to which of another, in any order, with a bounded number of them in memory."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import ExitStack, closing
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Final

from pykala.batch.inputs import STDIN
from pykala.emit.encoded import Encoded
from pykala.record import Record

#: Bytes of waiting records that are held in memory; more of them wait on disk.
HELD: Final = 16 * 1024 * 1024

Two = tuple[Record | None, Record | None]


class _Waiting:
    """Records whose counterpart has not come yet, in their bytes."""

    def __init__(self) -> None:
        self._stream = tempfile.SpooledTemporaryFile(max_size=HELD)  # noqa: SIM115  # closed by close
        self._end = 0
        self._places: defaultdict[Hashable, deque[tuple[int, int]]] = defaultdict(deque)
        self._count = 0

    def put(self, record: Record) -> None:
        line = Encoded.of(record).line
        self._stream.seek(self._end)
        self._stream.write(line)
        self._places[_address(record)].append((self._end, len(line)))
        self._end += len(line)

    def take(self, key: Hashable) -> Record | None:
        places = self._places.get(key)
        if not places:
            return None
        place = places.popleft()
        if not places:
            del self._places[key]
        return self._read(place)

    def rest(self) -> Iterator[Record]:
        """The records that are left, in the order in which they came, one at a time."""
        for place in sorted(place for places in self._places.values() for place in places):
            yield self._read(place)

    def close(self) -> None:
        self._stream.close()

    def _read(self, place: tuple[int, int]) -> Record:
        self._stream.seek(place[0])
        return Encoded(self._stream.read(place[1])).decoded()


def paired(old: Iterable[Record], new: Iterable[Record]) -> Iterator[Two]:
    """Every record of either set once: with its counterpart, or alone.

    Counterparts have the same address; of those left over, the same bytes, or else the same file name where it is the only
    one of its kind on both sides.

    Args:
        old: records in any order.
        new: likewise; where both are in the same order, none waits.
    """
    with ExitStack() as opened:
        waiting = _two(opened)
        for one, other in zip_longest(old, new):
            yield from _met(one, other, waiting)
        for key in (_bytes, _file_name):
            left = _two(opened)
            yield from _by(key, *waiting, left)
            waiting = left
        yield from ((record, None) for record in waiting[0].rest())
        yield from ((None, record) for record in waiting[1].rest())


def _two(opened: ExitStack) -> tuple[_Waiting, _Waiting]:
    """Room for the records of both sides that wait, closed in the end."""
    return opened.enter_context(closing(_Waiting())), opened.enter_context(closing(_Waiting()))


def _met(one: Record | None, other: Record | None, waiting: tuple[_Waiting, _Waiting]) -> Iterator[Two]:
    if one is not None and other is not None and _address(one) == _address(other):
        yield one, other
        return
    if one is not None:
        counterpart = waiting[1].take(_address(one))
        if counterpart is not None:
            yield one, counterpart
        else:
            waiting[0].put(one)
    if other is not None:
        counterpart = waiting[0].take(_address(other))
        if counterpart is not None:
            yield counterpart, other
        else:
            waiting[1].put(other)


def _address(record: Record) -> Hashable:
    """The document's address; what came from standard input has none, and goes by its bytes."""
    return record.id if record.source.uri == STDIN else record.source.uri


def _bytes(record: Record) -> str:
    return record.id


def _file_name(record: Record) -> str:
    return PurePosixPath(record.source.uri).name


def _by(key: Callable[[Record], str], old: _Waiting, new: _Waiting, left: tuple[_Waiting, _Waiting]) -> Iterator[Two]:
    """Pairs that share a key which no other record of their side has; all others go to ``left``."""
    counts = [Counter(key(record) for record in some.rest()) for some in (old, new)]
    single = {name for name, count in counts[0].items() if count == 1 and counts[1][name] == 1}
    there: dict[str, Hashable] = {}
    for record in new.rest():
        if key(record) in single:
            there[key(record)] = _address(record)
        else:
            left[1].put(record)
    for record in old.rest():
        if key(record) in single:
            yield record, new.take(there[key(record)])
        else:
            left[0].put(record)
