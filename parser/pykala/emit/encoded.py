"""A record as the line that it is written as, which goes between processes and stores without being taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from pykala.emit.serialise import to_json
from pykala.record import Record


@dataclass(frozen=True, slots=True)
class Encoded:
    """One record in its bytes.

    Attributes:
        line: the record as one line of JSON without its end, in UTF-8.
    """

    line: bytes

    @classmethod
    def of(cls, record: Record) -> Encoded:
        """The record in its bytes."""
        return cls(to_json(record).encode())

    def decoded(self) -> Record:
        """The record that the bytes hold."""
        return Record.model_validate_json(self.line)
