"""The bodies of requests, read no further than the limits go."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Final

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

#: A multipart body is so much larger than its file.
_ENVELOPE: Final = 65_536
_IN_MEMORY: Final = 8_000_000


class Refused(Exception):
    """A body that is not taken.

    Attributes:
        status: the HTTP status.
        code: of the failure that the client is told.
    """

    def __init__(self, status: int, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.remedy = status, code, message, remedy


@dataclass(frozen=True, slots=True)
class Sent:
    """One document as a client sent it."""

    uri: str
    content: bytes | str


async def document(request: Request, uri: str | None, *, limit: int, seconds: float) -> Sent:
    """The document of a request: the file of a form, or the body itself, whatever its declared type.

    Args:
        request: with its body unread.
        uri: what the client calls the document; else the name of the form's file, else ``-``.
        limit: bytes that a document may have.
        seconds: time for sending it.

    Raises:
        Refused: the body is too large, too slow or no form.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return Sent(uri or "-", await _whole(request, limit, seconds))
    data = await _whole(request, limit + _ENVELOPE, seconds)
    try:
        form = await MultiPartParser(request.headers, _once(data), max_files=1, max_fields=8).parse()
    except MultiPartException as error:
        raise Refused(400, "bad-form", error.message, "send one file in the field `file`") from error
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Refused(400, "bad-form", "the form has no file in the field `file`", "curl -F file=@NAME sends one")
        return Sent(uri or file.filename or "-", await file.read())
    finally:
        await form.close()


async def _once(data: bytes) -> AsyncGenerator[bytes, None]:
    yield data


async def _whole(request: Request, limit: int, seconds: float) -> bytes:
    return b"".join([chunk async for chunk in _chunks(request, limit, seconds)])


async def _chunks(request: Request, limit: int, seconds: float) -> AsyncIterator[bytes]:
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size > limit:
                    raise Refused(413, "too-large", f"the body has more than {limit:,} bytes", "split it")
                yield chunk
    except TimeoutError as error:
        message = f"the body did not come within {seconds:g} seconds"
        raise Refused(408, "too-slow", message, "send less at once") from error


async def spooled(request: Request, *, limit: int, seconds: float) -> SpooledTemporaryFile[bytes]:
    """The body in a temporary file, so that a client may send all of it before it reads anything.

    Raises:
        Refused: the body is too large or too slow.
    """
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # the caller closes it
    try:
        async for chunk in _chunks(request, limit, seconds):
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def lines(file: SpooledTemporaryFile[bytes]) -> Iterator[Sent | Refused]:
    """The documents of a batch, one a line; a line that is none says why."""
    for number, line in enumerate(file, 1):
        if line.strip():
            yield _of_line(line, number)


def _of_line(line: bytes, number: int) -> Sent | Refused:
    remedy = 'a line is {"uri": …, "text": …}, or "content" with the file in base64 instead of "text"'
    try:
        said = json.loads(line)
        uri, text, content = (said.get(key) for key in ("uri", "text", "content"))
        if isinstance(text, str):
            return Sent(str(uri or f"line {number}"), text)
        if isinstance(content, str):
            return Sent(str(uri or f"line {number}"), base64.b64decode(content, validate=True))
    except (ValueError, AttributeError, RecursionError, binascii.Error):
        return Refused(400, "bad-line", f"line {number} is no such JSON object", remedy)
    return Refused(400, "bad-line", f"line {number} has neither text nor content", remedy)
