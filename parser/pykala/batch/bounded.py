"""A stream out of an unpacker that ends in an error before it fills the memory or the night."""

from __future__ import annotations

from typing import IO, Final

from pykala.errors import TooLarge

_PIECE: Final = 1 << 20


class Bounded:
    """Reads forwards only, as far as allowed and never much at once.

    A tar header may claim a name of gigabytes, and a reader of tar files asks for all of it in one go.

    Args:
        stream: what unpacks.
        most: bytes after which it is a bomb.
        at_once: bytes beyond which one read is a bomb.
    """

    def __init__(self, stream: IO[bytes], *, most: int, at_once: int) -> None:
        self._stream = stream
        self._most = most
        self._at_once = at_once
        self._position = 0
        self._last = b""
        self._again = False

    def tell(self) -> int:
        """How far it has been read."""
        return self._position - self._again

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size``.

        Raises:
            TooLarge: they are too many.
        """
        if not 0 <= size <= self._at_once:
            raise TooLarge("a part of the archive claims more than fits a document")
        first = self._last if self._again and size else b""
        self._again = self._again and not size
        content = first + self._stream.read(size - len(first))
        self._position += len(content) - len(first)
        self._last = content[-1:] or self._last
        if self._position > self._most:
            raise TooLarge(f"the archive unpacks to more than {self._most:,} bytes")
        return content

    def seek(self, position: int) -> int:
        """Go on to a place further on, or back by the one byte that the reader of tar files looks at twice.

        Raises:
            OSError: the place lies behind.
        """
        if position == self._position - 1 and self._last:
            self._again = True
            return position
        self._again = False
        if position < self._position:
            raise OSError("an archive is read forwards only")
        while self._position < position and self.read(min(_PIECE, position - self._position)):
            pass
        return self._position
