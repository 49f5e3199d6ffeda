"""What the system tells of a process and of those that it started."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A process.

    Attributes:
        memory: megabytes that are its own: what it shares with others counts where it began.
    """

    pid: int
    parent: int
    memory: float


def tree(root: int) -> list[Process]:
    """A process and all that come from it, oldest first."""
    everyone: dict[int, Process] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError, StopIteration, ValueError):
                everyone[int(folder.name)] = _process(folder)
    found = [everyone[root]] if root in everyone else []
    for one in found:
        found.extend(other for other in everyone.values() if other.parent == one.pid)
    return found


def workers(root: int) -> list[Process]:
    """The processes that parse for a run: those that come from the server that forks them."""
    everyone = tree(root)
    servers = {one.pid for one in everyone if one.parent == root}
    return [one for one in everyone if one.parent in servers]


def _process(folder: Path) -> Process:
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
    private = sum(int(status.get(key, "0 kB").split()[0]) for key in ("RssAnon",))
    return Process(int(folder.name), int(status["PPid"]), private / 1024)
