"""Failures of documents that brought their worker down: what ended it, and the line that it was at."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass
from types import TracebackType
from typing import Final, cast, get_args

from pykala.batch.source import printable
from pykala.emit.failures import Stage
from pykala.record import Failure

_STAGES: Final = frozenset(get_args(Stage))
#: A line of a traceback as ``faulthandler`` writes it, of a module of this package.
_FRAME: Final = re.compile(r'File "[^"\n]*[/\\]pykala[/\\]((?:\w+[/\\])*\w+)\.py", line (\d+)')
#: What calls the stages, and is none.
_OUTSIDE: Final = frozenset({"batch", "cli"})


@dataclass(frozen=True, slots=True)
class Caps:
    """What one document may take.

    Attributes:
        seconds: time by the clock on the wall.
        megabytes: memory beyond what a worker takes before it reads anything.
    """

    seconds: float = 60.0
    megabytes: int = 1024


def timed_out(uri: str, caps: Caps, trace: str) -> Failure:
    """The failure of a document that took too long."""
    stage, place = _where(trace)
    return Failure(
        uri=printable(uri),
        stage=stage,
        code="timeout",
        message=f"it was given up after {caps.seconds:g} seconds",
        place=place,
        remedy="split it, or allow more with --timeout",
    )


def out_of_memory(uri: str, caps: Caps | None, trace: TracebackType | None) -> Failure:
    """The failure of a document that asked for too much memory.

    Args:
        uri: the document's address.
        caps: what it could have; none where nothing sets a limit.
        trace: where it asked.
    """
    stage, place = _where(lines_of(trace))
    return Failure(
        uri=printable(uri),
        stage=stage,
        code="memory",
        message=f"it asked for more than {f'{caps.megabytes:,} MB of memory' if caps else 'the memory that there is'}",
        place=place,
        remedy="split it, or allow more with --memory",
    )


def brought_down(uri: str, exit_code: int | None, trace: str) -> Failure:
    """The failure of a document whose worker ended twice while it read it."""
    stage, place = _where(trace)
    killed = exit_code == -signal.SIGKILL if hasattr(signal, "SIGKILL") else False
    return Failure(
        uri=printable(uri),
        stage=stage,
        code="killed" if killed else "crashed",
        message=f"the worker that read it {_end(exit_code)}, twice",
        place=place,
        remedy="free some memory and run again" if killed else "report it with the document",
    )


def lines_of(trace: TracebackType | None) -> str:
    """A trace as ``faulthandler`` writes it, innermost line first; nothing of what its frames hold is looked at."""
    lines = []
    while trace is not None:
        lines.append(f'File "{trace.tb_frame.f_code.co_filename}", line {trace.tb_lineno}\n')
        trace = trace.tb_next
    return "".join(reversed(lines))


def _end(exit_code: int | None) -> str:
    """How a process ended, in words.

    >>> _end(-11), _end(3), _end(None)
    ('was ended by SIGSEGV', 'ended with exit code 3', 'did not answer')
    """
    if exit_code is None:
        return "did not answer"
    if exit_code >= 0:
        return f"ended with exit code {exit_code}"
    try:
        return f"was ended by {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"was ended by signal {-exit_code}"


def _where(trace: str) -> tuple[Stage, str | None]:
    r"""The innermost line of this package that a trace tells of, and the stage that it was called in.

    >>> _where('  File "/usr/lib/re.py", line 1 in match\n  File "/x/pykala/extract/sums.py", line 31 in sums')
    ('extract', 'pykala.extract.sums:31')
    >>> _where('  File "/x/pykala/sentences.py", line 80 in split\n  File "/x/pykala/segment/items.py", line 9 in items')
    ('segment', 'pykala.sentences:80')
    """
    frames = [(re.split(r"[/\\]", path), line) for path, line in _FRAME.findall(trace)]
    inside = [(module, line) for module, line in frames if module[0] not in _OUTSIDE]
    if not inside:
        return "read", None
    module, line = inside[0]
    stage = next((part for names, _ in inside for part in names if part in _STAGES), "record")
    return cast(Stage, stage), f"pykala.{'.'.join(module)}:{line}"
