"""The calls of the service: parse one document, parse many, say how it is."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, TypeAdapter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from pykala import __version__
from pykala.batch.result import Packed
from pykala.emit.forms import Unit
from pykala.emit.rows import decision_rows
from pykala.record import DecisionRow, Failure, Record
from pykala.serve import bodies
from pykala.serve.bodies import Refused, Sent
from pykala.serve.desk import Busy, Desk
from pykala.serve.figures import Figures

router = APIRouter()

_STATUS: Final = {"timeout": 504, "too-large": 413, "memory": 500, "killed": 500, "crashed": 500, "internal": 500}
_EXAMPLE: Final = "Kunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025."
_ROWS: Final = TypeAdapter(tuple[DecisionRow, ...])
_FAILURES: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Failure, "description": "The body is no form or no batch."},
    408: {"model": Failure, "description": "The body came too slowly."},
    413: {"model": Failure, "description": "The document is too large."},
    422: {"model": Failure, "description": "The document gives no record, and why."},
    503: {"model": Failure, "description": "Too many wait already; come again."},
    504: {"model": Failure, "description": "The document took too long."},
}
_DOCUMENT: Final = {
    "required": True,
    "description": "The document itself, whatever its declared type, or a form with one file in the field `file`.",
    "content": {
        "text/plain": {"schema": {"type": "string"}, "example": _EXAMPLE},
        "text/html": {"schema": {"type": "string"}, "example": f"<html><body><h1>Avustus</h1><p>{_EXAMPLE}</p></body></html>"},
        "application/pdf": {"schema": {"type": "string", "format": "binary"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}},
                "required": ["file"],
            }
        },
    },
}  # fmt: skip
_BATCH: Final = {
    "required": True,
    "description": "One JSON object a line: `uri` and `text`, or `content` with the file in base64.",
    "content": {
        "application/x-ndjson": {
            "schema": {"type": "string"},
            "example": f'{{"uri": "a", "text": "{_EXAMPLE}"}}\n{{"uri": "b", "text": ""}}\n',
        }
    },
}


class Health(BaseModel):
    """How the service is."""

    status: Literal["ok"]
    version: str


@router.get("/health", tags=["service"])
async def health() -> Health:
    """Tell that the service answers, and its version."""
    return Health(status="ok", version=__version__)


@router.get("/metrics", tags=["service"], response_class=Response)
async def metrics(request: Request) -> Response:
    """Tell the service's counts in Prometheus's text format."""
    return Response(_figures(request).text(), media_type="text/plain; version=0.0.4")


@router.post(
    "/parse",
    tags=["parse"],
    response_model=Record | tuple[DecisionRow, ...],
    responses=_FAILURES,
    openapi_extra={"requestBody": _DOCUMENT},
)
async def parse(
    request: Request,
    uri: Annotated[str | None, Query(max_length=2048, description="What the record calls the document.")] = None,
    unit: Annotated[Unit, Query(description="The record whole, or a flat row for each decision.")] = "bulletin",
) -> Response:
    """Read one document into its record; a document that gives none is told as a failure."""
    desk = _desk(request)
    name = uri or "-"
    try:
        desk.check_room()
        limits = desk.options.settings.limits
        sent = await bodies.document(request, uri, limit=limits.bytes, seconds=desk.options.body_seconds)
    except Busy:
        busy = _failure(name, "busy", "too many documents wait already", "come again in a moment")
        return _json(busy.model_dump_json().encode(), 503, {"Retry-After": "1"})
    except Refused as refused:
        return _json(_told(name, refused).model_dump_json().encode(), refused.status)
    result = await _asked(request, sent)
    if isinstance(result, Failure):
        return _json(result.model_dump_json().encode(), _STATUS.get(result.code, 422))
    record = result.unpacked()
    return _json(record.line if unit == "bulletin" else _ROWS.dump_json(decision_rows(record.decoded())))


@router.post(
    "/parse/batch",
    tags=["parse"],
    response_class=StreamingResponse,
    responses={400: _FAILURES[400], 408: _FAILURES[408], 413: _FAILURES[413]},
    openapi_extra={"requestBody": _BATCH},
)
async def parse_batch(request: Request) -> Response:
    """Read many documents; each gives one line in its turn, `{"record": …}` or `{"failure": …}`."""
    options = _desk(request).options
    try:
        file = await bodies.spooled(request, limit=options.batch_bytes, seconds=options.body_seconds * 10)
    except Refused as refused:
        return _json(_told("-", refused).model_dump_json().encode(), refused.status)
    return StreamingResponse(_answers(request, file), media_type="application/x-ndjson")


async def _answers(request: Request, file: SpooledTemporaryFile[bytes]) -> AsyncIterator[bytes]:
    """A line for each document in its turn; as many are under way as there are workers, and one more for each."""
    ahead: deque[asyncio.Task[bytes]] = deque()
    with file:
        coming: Iterator[Sent | Refused] = bodies.lines(file)
        try:
            for one in coming:
                ahead.append(asyncio.create_task(_line(request, one)))
                if len(ahead) >= 2 * _desk(request).options.workers:
                    yield await ahead.popleft()
            while ahead:
                yield await ahead.popleft()
        finally:
            for task in ahead:
                task.cancel()


async def _line(request: Request, sent: Sent | Refused) -> bytes:
    result = _told("-", sent) if isinstance(sent, Refused) else await _asked(request, sent)
    if isinstance(result, Failure):
        return b'{"failure":' + result.model_dump_json().encode() + b"}\n"
    return b'{"record":' + result.unpacked().line + b"}\n"


async def _asked(request: Request, sent: Sent) -> Packed | Failure:
    figures = _figures(request)
    with figures.timed(len(sent.content)):
        result = await _desk(request).ask(sent.uri, sent.content)
    figures.answered(result)
    return result


def _told(uri: str, refused: Refused) -> Failure:
    return _failure(uri, refused.code, refused.message, refused.remedy)


def _failure(uri: str, code: str, message: str, remedy: str) -> Failure:
    return Failure(uri=uri, stage="read", code=code, message=message, place=None, remedy=remedy)


def _json(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status, headers, media_type="application/json")


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _figures(request: Request) -> Figures:
    figures: Figures = request.app.state.figures
    return figures
