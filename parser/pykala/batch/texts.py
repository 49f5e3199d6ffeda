"""Texts in a file of JSON Lines, and lists of files: one a line, read when their turn comes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from pykala.errors import BrokenDocument, PykalaError, TooLarge
from pykala.settings import Limits

STDIN: Final = "-"
_LONGEST_PATH: Final = 65_536


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a file of texts.

    Attributes:
        line: its number, from 1.
        uri: what the line says that its text's address is, if it does.
        content: the text, or why there is none.
    """

    line: int
    uri: str | None
    content: str | PykalaError


def texts(path: Path, limits: Limits = Limits()) -> Iterator[Text]:
    r"""The texts of a file of JSON Lines; empty lines do not count.

    A line is a string, or an object with the key ``text`` and, if it likes, ``uri``.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        for number, line in _lines(stream, limits.bytes):
            if line.strip():
                yield _text(line, number, limits)


def _lines(stream: IO[bytes], longest: int) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; of one that is too long, its beginning."""
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and len(rest) > longest:
            rest = stream.readline(longest + 1)
        yield number, line


def _text(line: bytes, number: int, limits: Limits) -> Text:
    place = f"line {number}"
    if len(line) > limits.bytes:
        return Text(number, None, TooLarge(f"it has more than {limits.bytes:,} bytes (bytes)", place=place))
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Text(number, None, BrokenDocument(f"the line is no JSON: {error}", place=place))
    if isinstance(value, str):
        return Text(number, None, value)
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        uri = value.get("uri")
        return Text(number, uri if isinstance(uri, str) and uri else None, value["text"])
    return Text(
        number,
        None,
        BrokenDocument("the line holds no text", place=place, remedy='a line is a string or {"text": …, "uri": …}'),
    )


def listed(source: str) -> Iterator[str]:
    """The paths that a list of files holds, one a line, as they come.

    Args:
        source: a file, or ``-`` for standard input.

    Raises:
        OSError: it cannot be read.
    """
    with _opened(source) as stream:
        for _, line in _lines(stream, _LONGEST_PATH):
            if path := os.fsdecode(line.rstrip(b"\r\n")):
                yield path


@contextmanager
def _opened(source: str) -> Iterator[IO[bytes]]:
    if source == STDIN:
        yield sys.stdin.buffer
    else:
        with Path(source).open("rb") as stream:
            yield stream
