"""The list of failures beside the output, written as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from pykala.emit.files import failures_path, whole_file
from pykala.emit.serialise import failure_lines
from pykala.record import Failure


@contextmanager
def failure_file(out: str) -> Iterator[Callable[[Failure], None]]:
    """What takes the failures of a run; their file appears beside OUT when it is whole.

    Where there are none, the list of an earlier run goes.
    """
    stream: BinaryIO | None = None
    with ExitStack() as stack:

        def write(failure: Failure) -> None:
            nonlocal stream
            if stream is None:
                stream = stack.enter_context(whole_file(failures_path(out)))
            stream.write(failure_lines([failure]).encode())

        yield write
        if stream is None:
            failures_path(out).unlink(missing_ok=True)
