"""Parses documents one after the other; a document that fails is one failure and stops no other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pykala.batch.inputs import STDIN, Input
from pykala.emit.failures import failure
from pykala.pipeline import Settings, parse
from pykala.record import Failure, Record


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one document gave: a record, or a failure."""

    input: Input
    result: Record | Failure


def outcomes(inputs: Iterable[Input], settings: Settings = Settings()) -> Iterator[Outcome]:
    """Each document's outcome, in the order of the inputs, one at a time."""
    for one in inputs:
        yield Outcome(one, _result(one, settings))


def content(uri: str) -> Path | bytes:
    """What ``pykala.parse`` takes for a path as given: the file, or the bytes of standard input."""
    return sys.stdin.buffer.read() if uri == STDIN else Path(uri)


def printable(uri: str) -> str:
    """The path in characters that JSON can hold, whatever bytes the file system allows."""
    return os.fsencode(uri).decode("utf-8", "replace")


def _result(one: Input, settings: Settings) -> Record | Failure:
    try:
        return parse(content(one.uri), uri=printable(one.uri), settings=settings)
    except Exception as error:  # noqa: BLE001  # also what nobody foresaw is this document's failure, reported as such
        return failure(error, printable(one.uri))
