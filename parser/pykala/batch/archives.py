"""The documents inside zip and tar archives, read one by one; nothing is unpacked to disk and no name becomes a path."""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from pykala.batch.bounded import Bounded
from pykala.batch.kinds import Kind, is_document, kind_of
from pykala.errors import BrokenDocument, EmptyDocument, NestedArchive, ProtectedDocument, PykalaError, TooLarge
from pykala.settings import Limits

#: What stands between an archive and its member, as in the addresses of Java archives.
INSIDE: Final = "!/"
_BROKEN: Final = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, EOFError)
_DIRECTORY_END: Final = struct.Struct("<4s4H2LH")
_DIRECTORY_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_TAIL: Final = 65_535 + _DIRECTORY_END.size
_OPENERS: Final[dict[bytes, Callable[[IO[bytes]], IO[bytes]]]] = {
    b"\x1f\x8b": lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream)),
    b"BZ": lambda stream: cast(IO[bytes], bz2.BZ2File(stream)),
    b"\xfd7": lambda stream: cast(IO[bytes], lzma.LZMAFile(stream)),  # noqa: SIM115  # closed with what it reads
}


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """Counts and sizes beyond which an archive is refused instead of read.

    Attributes:
        members: files in it.
        directory: bytes of a zip's table of contents, which is held in memory.
        unpacked: bytes that any archive may unpack to without counting as a bomb.
        ratio: how many times its own size a larger one may unpack to.
    """

    members: int = 250_000
    directory: int = 32_000_000
    unpacked: int = 200_000_000
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class Member:
    """One document of an archive.

    Attributes:
        name: its name in the archive, which nobody vouches for.
        content: its bytes, or why there are none.
    """

    name: str
    content: bytes | PykalaError


def members(
    path: Path, kind: Kind, documents: Limits = Limits(), limits: ArchiveLimits = ArchiveLimits()
) -> Iterator[Member]:
    """The documents in an archive, in its own order.

    Args:
        path: the archive.
        kind: ``ZIP`` or ``TAR``; how a tar is packed shows in its bytes.
        documents: how large one document may be.
        limits: how large the archive may be.

    Raises:
        ReadError: the archive is damaged, a bomb, protected, or holds no document.
        OSError: it cannot be read.
    """
    most = max(limits.unpacked, limits.ratio * path.stat().st_size)
    opened = _of_zip(path, documents, limits, most) if kind is Kind.ZIP else _of_tar(path, documents, limits, most)
    found = False
    try:
        for one in opened:
            found = True
            yield one
    except _BROKEN as error:
        raise BrokenDocument(f"the archive is damaged: {error}") from error
    if not found:
        raise EmptyDocument("the archive holds no document", remedy="pack bulletins into it")


# ---------------------------------------------------------------- zip


def _of_zip(path: Path, documents: Limits, limits: ArchiveLimits, most: int) -> Iterator[Member]:
    _check_directory(path, limits)
    unpacked = 0
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir() or not is_wanted(info.filename):
                continue
            member = Member(info.filename, _zipped(archive, info, documents))
            unpacked += (
                len(member.content) if isinstance(member.content, bytes) else min(info.file_size, documents.bytes)
            )
            if unpacked > most:
                raise TooLarge(f"the archive unpacks to more than {most:,} bytes")
            yield member


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, documents: Limits) -> bytes | PykalaError:
    """A member's bytes; what its header says of its size is not believed."""
    if kind_of(info.filename) is not None:
        return NestedArchive("an archive within an archive is not read")
    if info.flag_bits & 1:
        return ProtectedDocument("the archive asks for a password", remedy="unpack it first")
    try:
        with archive.open(info) as stream:
            return _whole(stream, documents)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        return BrokenDocument(f"it cannot be unpacked: {error}")


def _check_directory(path: Path, limits: ArchiveLimits) -> None:
    """Refuse a table of contents that would fill the memory, before it is read."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or at + _DIRECTORY_END.size > len(tail):
            raise BrokenDocument("the archive is cut off")
        *_, count, length, _, _ = _DIRECTORY_END.unpack_from(tail, at)
        wide = tail.rfind(b"PK\x06\x06", 0, at)
        if wide >= 0 and wide + _DIRECTORY_END_64.size <= len(tail):
            count, length = _DIRECTORY_END_64.unpack_from(tail, wide)[7:9]
    if count > limits.members or length > limits.directory:
        raise TooLarge(f"the archive lists more than {limits.members:,} files")


# ---------------------------------------------------------------- tar


def _of_tar(path: Path, documents: Limits, limits: ArchiveLimits, most: int) -> Iterator[Member]:
    with path.open("rb") as raw:
        unpack = _OPENERS.get(raw.read(2))
        raw.seek(0)
        bounded = Bounded(unpack(raw) if unpack else raw, most=most, at_once=documents.bytes + 1)
        with tarfile.open(fileobj=cast(IO[bytes], bounded), mode="r:") as archive:
            count = 0
            while (info := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # it would keep every header of the archive
                count += 1
                if count > limits.members:
                    raise TooLarge(f"the archive lists more than {limits.members:,} files")
                if info.isreg() and is_wanted(info.name):
                    yield Member(info.name, _tarred(archive, info, documents))


def _tarred(archive: tarfile.TarFile, info: tarfile.TarInfo, documents: Limits) -> bytes | PykalaError:
    if kind_of(info.name) is not None:
        return NestedArchive("an archive within an archive is not read")
    stream = archive.extractfile(info)
    return _whole(stream, documents) if stream is not None else BrokenDocument("it has no content")


# ---------------------------------------------------------------- both


def _whole(stream: IO[bytes], documents: Limits) -> bytes | PykalaError:
    content = stream.read(documents.bytes + 1)
    if len(content) > documents.bytes:
        return TooLarge(f"it unpacks to more than {documents.bytes:,} bytes (bytes)")
    return content


def is_wanted(name: str) -> bool:
    """Whether a member counts: a document or an archive, in no hidden folder and none of a Mac's own.

    >>> [is_wanted(name) for name in ("a/b.html", ".git/b.html", "__MACOSX/b.html", "a/b.css", "b.zip")]
    [True, False, False, False, True]
    """
    *folders, last = name.replace("\\", "/").split("/")
    if any(part.startswith(".") and part not in (".", "..") for part in (*folders, last)) or "__MACOSX" in folders:
        return False
    return is_document(last) or kind_of(last) in (Kind.ZIP, Kind.TAR)
