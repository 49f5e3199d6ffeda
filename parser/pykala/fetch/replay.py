"""Documents out of a WARC file without the web: the newest revision of each bulletin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pykala.errors import StoreError
from pykala.fetch import archive
from pykala.fetch.archive import Entry

ENDINGS: Final = (".warc", ".warc.gz")
_LIMIT: Final = 50_000_000  # what the pipeline reads; one byte more tells it that there is more
_TYPES: Final = ("text/html", "application/xhtml+xml", "application/pdf", "application/json", "text/plain")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it was fetched.

    Attributes:
        uri: its address.
        content: its bytes, decoded.
        retrieved_at: when, in UTC (ISO 8601).
    """

    uri: str
    content: bytes
    retrieved_at: str


def documents(path: Path, *, limit: int = _LIMIT) -> Iterator[Fetched]:
    """The newest revision of each bulletin of a WARC file, in the order in which the addresses first stand in it.

    Of a store of ``pykala fetch`` listings, robots.txt and tombstones are left out; a bulletin that has vanished is given
    as it last was. Of any other WARC file every page, PDF, JSON or plain text that came with the status 200 counts as a
    bulletin. A record that a stopped run left half written is left out.

    Args:
        path: a ``.warc`` or ``.warc.gz`` file.
        limit: of a longer document so many bytes and one are given, by which its reader knows that it is too large.

    Raises:
        StoreError: the file cannot be opened, or is no WARC file.
        StoreDamaged: a record in its middle cannot be read.
    """
    try:
        newest = _newest(path)
        with path.open("rb") as stream:
            for address, entry in newest.items():
                yield Fetched(address, archive.content(stream, entry, limit), entry.date)
    except OSError as error:
        raise StoreError(error.strerror or str(error), source=str(path), remedy="check the path") from error


def _newest(path: Path) -> dict[str, Entry]:
    newest: dict[str, Entry] = {}
    ours = False
    for entry in archive.entries(path):
        kind = entry.fields.get("pykala-kind")
        ours = ours or kind == "run"
        if entry.kind != "response" or entry.status != 200:
            continue
        if kind == "bulletin":
            newest[entry.fields.get("pykala-address", entry.address)] = entry
        elif kind is None and not ours and _may_be_read(entry):
            newest[entry.address] = entry
    return newest


def _may_be_read(entry: Entry) -> bool:
    """Whether a page of someone else's file may be a bulletin, by its type and its address."""
    media_type = entry.http.get("content-type", "").partition(";")[0].strip().lower()
    return media_type in _TYPES and not entry.address.endswith("/robots.txt")
