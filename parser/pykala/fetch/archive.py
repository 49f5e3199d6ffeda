"""A WARC file read: the headers of each record with its place in the file, and what one record holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from pykala.errors import BrokenResponse, StoreDamaged
from pykala.fetch.body import decoded
from pykala.fetch.members import Damaged, Torn, members

_HEAD: Final = 1 << 17
_RECORD_LIMIT: Final = 1 << 30
_GZIP_MAGIC: Final = b"\x1f\x8b"
_RECORD = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)
_HTTP = StatusAndHeadersParser([], verify=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record by its headers.

    Attributes:
        offset, length: its place in the file, in bytes.
        fields: the record's named fields, by their names in lower case.
        status: the HTTP status, None where it holds no response.
        http: the HTTP headers, by their names in lower case; the last of several with one name.
    """

    offset: int
    length: int
    fields: Mapping[str, str]
    status: int | None
    http: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The WARC type: ``response``, ``revisit``, ``metadata``, ``warcinfo`` …"""
        return self.fields.get("warc-type", "")

    @property
    def id(self) -> str:
        """The record's id, ``<urn:uuid:…>``."""
        return self.fields.get("warc-record-id", "")

    @property
    def date(self) -> str:
        """When it was retrieved, in UTC (ISO 8601)."""
        return self.fields.get("warc-date", "")

    @property
    def address(self) -> str:
        """The address that it came from (some writers put it in angle brackets)."""
        return self.fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">")


def entries(path: Path) -> Iterator[Entry]:
    """Every whole record of a file in its order; one that is torn at the end of the file is left out.

    Raises:
        StoreDamaged: it is no WARC file, or a record in the middle of it cannot be read.
    """
    with path.open("rb") as stream:
        try:
            yield from scan(stream, str(path))
        except Torn:
            return


def scan(stream: BinaryIO, source: str) -> Iterator[Entry]:
    """Every whole record from the stream's place on.

    Raises:
        Torn: the file ends within a record.
        StoreDamaged: as for :func:`entries`.
    """
    start = stream.tell()
    compressed = stream.read(2) == _GZIP_MAGIC
    stream.seek(start)
    try:
        if compressed:
            for member in members(stream, head=_HEAD, limit=_RECORD_LIMIT):
                yield _entry(member.offset, member.length, BytesIO(member.head), member.size, source)
        else:
            yield from _plain(stream, source)
    except Damaged as error:
        raise StoreDamaged(error.reason, source=source, place=f"byte {error.offset}") from error


def content(stream: BinaryIO, entry: Entry, limit: int) -> bytes:
    """What a record holds: of a response its body, decoded, at most ``limit`` and one bytes of it.

    A body that is not coded as it says is given as it came: whoever reads it will find it unreadable, and say so.

    Raises:
        StoreDamaged: the record cannot be read.
    """
    stream.seek(entry.offset)
    try:
        record = next(iter(ArchiveIterator(stream)))
        raw, headers = record.raw_stream, record.http_headers
        if headers is not None and (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
            raw = ChunkedDataReader(raw)
        body = _at_most(raw, limit + 1)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, StopIteration, OSError, EOFError, zlib.error) as error:
        raise StoreDamaged(str(error) or "the record cannot be read", source=entry.address) from error
    try:
        return decoded(body, entry.http.get("content-encoding"), limit + 1, cut=True)
    except BrokenResponse:
        return body


def _at_most(stream: Any, size: int) -> bytes:  # noqa: ANN401  # warcio has no types
    data = bytearray()
    while len(data) < size and (piece := stream.read(min(1 << 16, size - len(data)))):
        data += piece
    return bytes(data)


def _plain(stream: BinaryIO, source: str) -> Iterator[Entry]:
    """The records of a file that is not compressed."""
    while True:
        offset = stream.tell()
        line = stream.readline(_HEAD)
        if not line:
            return
        if not line.strip():
            continue
        stream.seek(offset)
        head = BytesIO(stream.read(_HEAD))
        if b"\r\n\r\n" not in head.getbuffer().tobytes() and len(head.getbuffer()) < _HEAD:
            raise Torn(offset)
        entry = _entry(offset, 0, head, None, source)
        stream.seek(offset + entry.length - 4)
        if stream.read(4) != b"\r\n\r\n":
            raise Torn(offset)
        yield entry


def _entry(offset: int, length: int, head: BytesIO, size: int | None, source: str) -> Entry:
    """A record's headers; ``size`` is what its gzip member holds, None for one that is not compressed."""
    place = f"byte {offset}"
    try:
        headers = _RECORD.parse(head)
        held = max(0, int(headers.get_header("Content-Length")))
    except (StatusAndHeadersParserException, EOFError, TypeError, ValueError) as error:
        raise StoreDamaged("here begins no WARC record", source=source, place=place) from error
    whole = head.tell() + held + 4
    if size is not None and size > whole + 4:
        raise StoreDamaged(
            "its records are compressed together, not one by one",
            source=source,
            place=place,
            remedy="warcio recompress OLD NEW",
        )
    fields = _named(headers)
    status, http = _response(head, fields)
    return Entry(offset, length or whole, fields, status, http)


def _response(head: BytesIO, fields: Mapping[str, str]) -> tuple[int | None, Mapping[str, str]]:
    holds_http = fields.get("content-type", "").replace(" ", "").startswith("application/http;msgtype=response")
    if fields.get("warc-type") not in {"response", "revisit"} or not holds_http:
        return None, {}
    try:
        headers = _HTTP.parse(head)
        return int(headers.get_statuscode()), _named(headers)
    except (StatusAndHeadersParserException, EOFError, ValueError):
        return None, {}


def _named(headers: Any) -> dict[str, str]:  # noqa: ANN401  # warcio has no types
    return {name.lower(): value.strip() for name, value in headers.headers}
