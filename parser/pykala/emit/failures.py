"""A document that gave no record, as a row that says where, why and what to do."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Literal

from pykala.errors import FetchError, NotABulletin, PykalaError, ReadError, RecordError
from pykala.record import Failure

Stage = Literal["fetch", "read", "segment", "extract", "link", "record"]

_STAGES: Final[tuple[Stage, ...]] = ("fetch", "read", "segment", "extract", "link", "record")


def failure(error: Exception, uri: str) -> Failure:
    """The row for an error, also for one that nobody foresaw.

    Args:
        error: what was raised while the document was parsed.
        uri: the document's path as given.
    """
    if isinstance(error, PykalaError):
        return Failure(
            uri=uri,
            stage=_stage(error),
            code=error.code,
            message=error.message,
            place=_place_of(error, uri),
            remedy=error.remedy or None,
        )
    if isinstance(error, OSError):
        return Failure(
            uri=uri,
            stage="read",
            code="unreadable",
            message=error.strerror or str(error),
            place=None,
            remedy="check that the file exists and may be read",
        )
    return Failure(
        uri=uri,
        stage=_stage_of_traceback(error.__traceback__),
        code="internal",
        message=" ".join(f"{type(error).__name__}: {error}".split()),
        place=_line_of_ours(error.__traceback__),
        remedy="this is a defect of pykala: report it with the document",
    )


def one_line(row: Failure) -> str:
    """The failure as one line for people, which names the file first.

    >>> one_line(Failure(uri="a.pdf", stage="read", code="protected", message="the PDF asks for a password",
    ...                  place=None, remedy="save a copy without the password"))
    'a.pdf: the PDF asks for a password (save a copy without the password)'
    """
    where = ", ".join(part for part in (row.uri, row.place) if part)
    line = f"{where}: {row.message}" + (f" ({row.remedy})" if row.remedy else "")
    return "".join(c if c.isprintable() else " " for c in line)


def _place_of(error: PykalaError, uri: str) -> str | None:
    """Where in the document, or in which other file, such as one of rules."""
    elsewhere = error.source if error.source != uri else None
    return ", ".join(part for part in (elsewhere, error.place) if part) or None


def _stage(error: PykalaError) -> Stage:
    match error:
        case FetchError():
            return "fetch"
        case NotABulletin():
            return "segment"
        case ReadError():
            return "read"
        case RecordError():
            return "record"
        case _:
            return _stage_of_traceback(error.__traceback__)


def _stage_of_traceback(trace: TracebackType | None) -> Stage:
    """The stage whose code the error came from; where none is in sight, the last."""
    stage: Stage = "record"
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "")).split(".")
        if len(module) > 1 and module[0] == "pykala":
            stage = next((name for name in _STAGES if name == module[1]), stage)
        trace = trace.tb_next
    return stage


def _line_of_ours(trace: TracebackType | None) -> str | None:
    place = None
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__", "")).startswith("pykala."):
            place = f"{trace.tb_frame.f_globals['__name__']}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
