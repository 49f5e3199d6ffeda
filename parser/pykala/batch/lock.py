"""One run at a time on one output: a lock that the system itself gives back when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pykala.errors import LedgerError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file as long as the run lasts; what a killed run leaves of it locks nothing.

    Args:
        path: the file, which says who holds it and goes at the end.

    Raises:
        LedgerError: another run holds it.
    """
    try:
        import fcntl
    except ImportError:  # not on this system
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(handle)
            raise LedgerError(
                f"another run writes to this output (process {holder})",
                source=str(path),
                remedy="wait for it to end, or write elsewhere",
            ) from None
        if _is_still(path, handle):
            break
        os.close(handle)  # its holder took it away between our opening and our locking it
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _is_still(path: Path, handle: int) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(handle)
    return (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino)
