"""The gzip members of a WARC file: where each begins and ends, and where a torn one at the end begins."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

_PIECE: Final = 1 << 16
_GZIP: Final = zlib.MAX_WBITS + 16
_OPENING: Final = 1 << 10  # within so many bytes a member gives its first letters, whatever tables come before them
_MAGIC: Final = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member, which in a WARC file is one record.

    Attributes:
        offset: its first byte in the file.
        length: its bytes in the file.
        head: the first bytes of what it holds, enough for the record's headers.
        size: the bytes of what it holds, all of them.
    """

    offset: int
    length: int
    head: bytes
    size: int


class Torn(Exception):
    """The file ends within a member, which begins at ``offset``: a writer was stopped."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Damaged(Exception):
    """The member at ``offset`` cannot be read although the file goes on after it."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(offset, reason)
        self.offset = offset
        self.reason = reason


def members(stream: BinaryIO, *, head: int, limit: int) -> Iterator[Member]:
    """The members from the stream's place on, one after the other.

    Args:
        stream: a seekable file, open for reading.
        head: how many bytes of what each holds to keep.
        limit: how many bytes one may hold.

    Raises:
        Torn: the file ends within the last one.
        Damaged: one is no gzip, or holds more than the limit.
    """
    offset = stream.tell()
    while True:
        stream.seek(offset)
        if not stream.read(1):
            return
        stream.seek(offset)
        try:
            member = _member(stream, offset, head, limit)
        except (zlib.error, EOFError) as error:
            # A member that is damaged may also seem to have no end, and take in those that follow it.
            if _something_follows(stream, offset + 1):
                raise Damaged(offset, str(error)) from error
            raise Torn(offset) from error
        yield member
        offset += member.length


def begins_as_warc(data: bytes) -> bool:
    """Whether a file whose first bytes these are may be a gzipped WARC file, however early it breaks off.

    >>> begins_as_warc(b""), begins_as_warc(_MAGIC[:2]), begins_as_warc(b"minutes")
    (True, True, False)
    """
    try:
        return b"WARC/".startswith(zlib.decompressobj(_GZIP).decompress(data, 5))
    except zlib.error:
        return False


def _member(stream: BinaryIO, offset: int, keep: int, limit: int) -> Member:
    inflate = zlib.decompressobj(_GZIP)
    data, kept, size, consumed = b"", bytearray(), 0, 0
    ended = False
    while not ended:
        fresh = data or stream.read(_PIECE)
        piece = inflate.decompress(fresh, _PIECE)
        ended = inflate.eof
        if not (fresh or piece or ended):
            raise EOFError("the record has no end")
        data = inflate.unused_data if ended else inflate.unconsumed_tail
        consumed += len(fresh) - len(data)
        size += len(piece)
        if len(kept) < keep:
            kept += piece[: keep - len(kept)]
        if size > limit:
            raise Damaged(offset, f"the record holds more than {limit:,} bytes")
    return Member(offset, consumed, bytes(kept), size)


def _something_follows(stream: BinaryIO, offset: int) -> bool:
    """Whether a WARC record begins anywhere after a member that cannot be read."""
    stream.seek(offset)
    window = b""
    while fresh := stream.read(_PIECE):
        window = window[-_OPENING:] + fresh
        place = window.find(_MAGIC)
        while place >= 0:
            if _opens_a_record(window[place : place + _OPENING]):
                return True
            place = window.find(_MAGIC, place + 1)
    return False


def _opens_a_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False
