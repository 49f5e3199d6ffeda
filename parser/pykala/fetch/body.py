"""Bodies within their limits, as they come and decoded."""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterable, Iterator
from typing import Final, Protocol

from pykala.errors import BrokenResponse, Oversized
from pykala.fetch.address import shown

_PIECE: Final = 65_536
_MOST_MEMBERS: Final = 1_000
_MOST_CODINGS: Final = 3
# Codings that are in use and that we do not ask for; other words, such as "utf-8", are slips of whoever set the server up.
_OTHERS: Final = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "aes128gcm", "pack200-gzip"})
_OURS: Final = frozenset({"gzip", "x-gzip", "deflate"})
_GZIP_MAGIC: Final = b"\x1f\x8b"


class Source(Protocol):
    """What a body is read from."""

    def read1(self, amt: int) -> bytes:
        """The next bytes, at most ``amt`` of them; none at the end."""
        ...


def read(source: Source, limit: int, *, cut: bool = False) -> bytes:
    """A body as it comes, without its transfer coding.

    Args:
        limit: the most bytes.
        cut: take the beginning of a longer one instead of refusing it.

    Raises:
        Oversized: it is longer.
    """
    pieces: list[bytes] = []
    size = 0
    while piece := source.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            if cut:
                break
            raise too_large(limit)
    return b"".join(pieces)[:limit]


def too_large(limit: int) -> Oversized:
    """The error for a body beyond the limit."""
    return Oversized(f"the answer has more than {limit:,} bytes".replace(",", " "))


def decoded(body: bytes, codings: str | None, limit: int, *, cut: bool = False) -> bytes:
    """A body without its content codings.

    >>> import gzip
    >>> decoded(gzip.compress(b"abc"), "gzip", limit=10)
    b'abc'

    Args:
        codings: the value of ``Content-Encoding``.
        limit: the most bytes after each step, so that a small body cannot grow beyond it even for a moment.
        cut: take the beginning of a longer one instead of refusing it.

    Raises:
        Oversized: it grows beyond the limit.
        BrokenResponse: it is not coded as it says, or in a way that was not asked for.
    """
    names = [name for part in (codings or "").split(",") if (name := part.strip().lower()) in _OURS | _OTHERS]
    if not body or not names:
        return body
    if not _OURS.issuperset(names) or len(names) > _MOST_CODINGS:
        raise BrokenResponse(f"the content coding {shown(codings or '', 40)} was not asked for", passing=False)
    for name in reversed(names):
        body = _joined(_inflated(body) if name == "deflate" else _unzipped(body), limit, cut=cut)
    return body


def _joined(pieces: Iterable[bytes], limit: int, *, cut: bool) -> bytes:
    kept: list[bytes] = []
    size = 0
    try:
        for piece in pieces:
            kept.append(piece)
            size += len(piece)
            if size > limit:
                if cut:
                    break
                raise too_large(limit)
    except zlib.error as error:
        if not (cut and kept):  # what was cut on the way here cannot be whole
            raise BrokenResponse("the body cannot be decompressed") from error
    return b"".join(kept)[:limit]


def _unzipped(body: bytes) -> Iterator[bytes]:
    """Gzip members one after the other; what follows the last one and is none is left, as browsers do."""
    start = 0
    for _ in range(_MOST_MEMBERS):
        end = yield from _stream(body, start, zlib.MAX_WBITS | 16)
        start = end
        if body[start : start + 2] != _GZIP_MAGIC:
            return
    raise BrokenResponse("the body has too many parts", passing=False)


def _inflated(body: bytes) -> Iterator[bytes]:
    """Deflate, which some servers send with its zlib header, as they must, and some without."""
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    yield from _stream(body, 0, zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


def _stream(body: bytes, start: int, window: int) -> Generator[bytes, None, int]:
    """One compressed stream in pieces of bounded size; gives back where it ends."""
    decoder = zlib.decompressobj(window)
    while start < len(body):
        piece = body[start : start + _PIECE]
        start += len(piece)
        while piece and not decoder.eof:
            if plain := decoder.decompress(piece, _PIECE):
                yield plain
            piece = decoder.unconsumed_tail
        if decoder.eof:
            return start - len(decoder.unused_data)
    while not decoder.eof and (plain := decoder.decompress(b"", _PIECE)):  # what the last piece left inside the decoder
        yield plain
    if not decoder.eof:
        raise zlib.error("the stream ends too early")
    return start
