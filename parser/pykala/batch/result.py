"""One document parsed: a record in its packed bytes, or the failure that it is."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from pykala.batch.source import printable
from pykala.emit.encoded import Encoded
from pykala.emit.failures import failure
from pykala.record import Failure, Record
from pykala.settings import Settings

#: The quickest that zlib has: records shrink to a quarter, in less than a hundredth of the time that it takes to make them.
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Task:
    """One document on its way to a worker.

    Attributes:
        number: its place in the run, from 0.
        uri: its path or address as given.
        content: its bytes in any format, or its plain text.
        retrieved_at: when it was fetched, if it was.
    """

    number: int
    uri: str
    content: bytes | str
    retrieved_at: str | None = None

    @property
    def size(self) -> int:
        """Bytes or characters of the content."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Packed:
    """A record as it travels and as it is kept: its line, compressed."""

    content: bytes

    @classmethod
    def of(cls, record: Record) -> Packed:
        """The record, packed."""
        return cls(zlib.compress(Encoded.of(record).line, _LEVEL))

    def unpacked(self) -> Encoded:
        """The record in its bytes."""
        return Encoded(zlib.decompress(self.content))


def result_of(task: Task, settings: Settings) -> Record | Failure:
    """What the document gives; whatever goes wrong is its own failure.

    Raises:
        MemoryError: there is not enough; to say so takes some, which is there once what was read is let go.
    """
    from pykala.pipeline import parse  # here, since whoever only hands tasks out needs none of the stages

    try:
        record = parse(task.content, uri=printable(task.uri), settings=settings)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # also what nobody foresaw is this document's failure, reported as such
        return failure(error, printable(task.uri))
    if task.retrieved_at is None:
        return record
    return record.model_copy(update={"source": record.source.model_copy(update={"retrieved_at": task.retrieved_at})})


def packed_result_of(task: Task, settings: Settings) -> Packed | Failure:
    """The same, ready to travel."""
    result = result_of(task, settings)
    return result if isinstance(result, Failure) else Packed.of(result)
