"""One document on its way in: what it is called outside, and its bytes or how to come by them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pykala.errors import PykalaError, ReadError, TooLarge
from pykala.settings import Limits

STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was found.

    Attributes:
        uri: its path as given, ``ARCHIVE!/MEMBER``, ``FILE#line=N``, an address, or ``-`` for standard input.
        content: its bytes or plain text where they came with it, or why there are none; nothing for a file that is
            opened when its turn comes.
        retrieved_at: when it was fetched, if it was.
    """

    uri: str
    content: bytes | str | PykalaError | OSError | None = None
    retrieved_at: str | None = None


def read_source(source: Source, limits: Limits = Limits()) -> bytes | str:
    """The document's bytes or plain text.

    Raises:
        ReadError: there are none, or too many.
        OSError: the file cannot be read.
    """
    content = source.content
    if isinstance(content, Exception):
        raise content
    if content is not None:
        return content
    try:
        return _read(source.uri, limits.bytes)
    except OSError as error:
        raise ReadError(
            error.strerror or str(error), source=source.uri, remedy="check the path and its permissions"
        ) from error


def _read(uri: str, most: int) -> bytes:
    """The bytes of a file or of standard input; of a file that is too large, none is read."""
    if uri == STDIN:
        size, content = 0, sys.stdin.buffer.read(most + 1)
    else:
        path = Path(uri)
        size, content = path.stat().st_size, b""
        if size <= most:
            with path.open("rb") as stream:
                content = stream.read(most + 1)
    if max(size, len(content)) > most:
        has = f"{size:,} bytes" if size > most else "more bytes than that"
        raise TooLarge(f"it has {has}, the limit is {most:,} (bytes)", source=uri)
    return content


def printable(uri: str) -> str:
    """The path in characters that JSON can hold, whatever bytes the file system allows."""
    try:
        return os.fsencode(uri).decode("utf-8", "replace")
    except UnicodeEncodeError:  # half a character, which a file of texts may name
        return uri.encode("utf-8", "replace").decode()
