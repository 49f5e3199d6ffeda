"""Stops runs of ``pykala parse`` at random moments in three ways, and compares what comes out with an undisturbed run.

- *run*: the process is killed (SIGKILL) and the same command started again, until it ends.
- *worker*: processes that parse for it are killed while it goes on. A document that was hit twice is a failure, which the next run
  does; so then there is one.
- *disk*: the disk of its output is full for a while. That disk is a file system in memory of limited size (tmpfs), filled up
  with ballast at a random moment; where none may be mounted, a limit on the size of a file (RLIMIT_FSIZE).

Each time the output and the list of failures have to have the bytes of the undisturbed run, the ledger each document once, and
what lies under the output's name has to be whole or absent at any moment.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from crowd import varied, write
from processes import workers

NAMES = ("records.jsonl", "records.jsonl.failures.jsonl")
#: What an output may take of the disk that gets full, in megabytes, and how much of it the ballast leaves.
DISK = 64
LEFT = 100_000


class Different(Exception):
    """A run that came out other than it must."""


class TooLate(Exception):
    """A run that had come to its end before it was disturbed, and so has shown nothing."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What all trials share.

    Attributes:
        documents: the folder that is read.
        seconds: how long an undisturbed run takes.
        wanted: its output and its list of failures.
        chance: where random moments come from.
        kills: how often one run is killed at most.
    """

    documents: Path
    seconds: float
    wanted: tuple[bytes, ...]
    chance: random.Random
    kills: int

    def moment(self) -> float:
        """Some moment of a run."""
        return self.chance.uniform(0.3, max(0.4, self.seconds))


def main() -> int:
    """Run the trials and tell what came of them; 1 where an output differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20, help="trials of each kind")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--kills", type=int, default=3, help="how often one run is killed at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(KINDS), help="one kind of trial")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-test-") as room:
        documents = Path(room, "documents")
        write(documents, varied(options.documents))
        (documents / "weather.txt").write_text("Nothing to decide.\n")
        (documents / "void.html").touch()
        trial = undisturbed(documents, Path(room, "whole"), random.Random(options.seed), options.kills)  # noqa: S311
        print(f"undisturbed: {options.documents + 2} documents in {trial.seconds:.1f} s", flush=True)
        failed = 0
        for kind in [options.only] if options.only else KINDS:
            failed += sum(not tried(kind, number, trial, Path(room, "out")) for number in range(options.times))
    return 1 if failed else 0


def undisturbed(documents: Path, out: Path, chance: random.Random, kills: int) -> Trial:
    """The run that all others are compared with; twice, so that its time is not that of a cold disk."""
    seconds = []
    for name in ("first", "second"):
        start = time.monotonic()
        started(documents, out / name).wait()
        seconds.append(time.monotonic() - start)
    return Trial(documents, min(seconds), bytes_of(out / "second"), chance, kills)


def tried(kind: str, number: int, trial: Trial, out: Path) -> bool:
    """One trial, told in one line; what came too late is tried again, sooner."""
    for attempt in range(8):
        shutil.rmtree(out, ignore_errors=True)
        try:
            told = KINDS[kind](replace(trial, seconds=trial.seconds * 0.8**attempt), out)
        except TooLate:
            continue
        except Different as error:
            print(f"{kind} {number + 1}: FAILED: {error}", flush=True)
            return False
        print(f"{kind} {number + 1}: same bytes; {told}", flush=True)
        return True
    print(f"{kind} {number + 1}: FAILED: it was never disturbed in time", flush=True)
    return False


# ---------------------------------------------------------------- the three ways


def kill_run(trial: Trial, out: Path) -> str:
    """Kill the run again and again, each time at a moment of its own, until it comes to its end."""
    kills = 0
    while kills < trial.kills:
        run = started(trial.documents, out)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(timeout=trial.moment())
        if run.poll() is not None:
            break
        run.kill()
        run.wait()
        kills += 1
        half_written(trial, out)
    run = started(trial.documents, out)
    run.wait()
    compared(trial, out, run.returncode)
    if not kills:
        raise TooLate
    return f"killed {kills} times"


def kill_worker(trial: Trial, out: Path) -> str:
    """Kill a worker now and then while the run goes on."""
    run = started(trial.documents, out)
    kills = 0
    while run.poll() is None and kills < trial.kills:
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(timeout=trial.moment() / trial.kills)
        victims = workers(run.pid)
        if victims and run.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(trial.chance.choice(victims).pid, signal.SIGKILL)
                kills += 1
    run.wait()
    if not kills:
        raise TooLate
    told = f"{kills} workers killed"
    if b'"code":"killed"' in (out / NAMES[1]).read_bytes():
        told += ", two of them at one document, which a second run did"
        run = started(trial.documents, out)
        run.wait()
    compared(trial, out, run.returncode)
    return told


def fill_disk(trial: Trial, out: Path) -> str:
    """Fill the disk at some moment, see the run give up, make room, and run again."""
    out.mkdir()
    with small_disk(out) as mounted:
        codes = []
        if mounted:
            run = started(trial.documents, out)
            time.sleep(trial.moment())
            with ballast(out):
                run.wait()
                codes.append(run.returncode)
                half_written(trial, out)
        else:
            run = started(trial.documents, out, largest=trial.chance.randrange(len(trial.wanted[0])))
            run.wait()
            codes.append(run.returncode)
        if codes == [1]:
            raise TooLate
        run = started(trial.documents, out)
        run.wait()
        compared(trial, out, run.returncode)
    return f"{'tmpfs' if mounted else 'RLIMIT_FSIZE'}, exit codes while it was full: {codes}"


KINDS: dict[str, Callable[[Trial, Path], str]] = {"run": kill_run, "worker": kill_worker, "disk": fill_disk}


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A file system of limited size in a folder, where one may be mounted."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607


@contextmanager
def ballast(folder: Path) -> Iterator[None]:
    """Fill the disk but for a little."""
    path = folder / "ballast"
    free = shutil.disk_usage(folder).free
    with contextlib.suppress(OSError), path.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, max(1, free - LEFT))
    yield
    path.unlink(missing_ok=True)


# ---------------------------------------------------------------- runs and their outputs


def started(documents: Path, out: Path, *, largest: int | None = None) -> subprocess.Popen[bytes]:
    """A run; ``largest`` limits the bytes of each file that it may write."""
    command = [sys.executable, "-m", "pykala", "parse", ".", "-o", str(out / NAMES[0]), "--workers", "2", "--quiet"]

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.Popen(command, cwd=documents, stderr=subprocess.DEVNULL, preexec_fn=limit)  # noqa: PLW1509


def bytes_of(out: Path) -> tuple[bytes, ...]:
    """What a run has written."""
    if absent := [name for name in NAMES if not (out / name).exists()]:
        raise Different(f"no {' and no '.join(absent)}")
    return tuple((out / name).read_bytes() for name in NAMES)


def half_written(trial: Trial, out: Path) -> None:
    """Fail where something lies under the output's name that is not whole."""
    for name, wanted in zip(NAMES, trial.wanted, strict=True):
        if (out / name).exists() and (out / name).read_bytes() != wanted:
            raise Different(f"{name} was half written")


def compared(trial: Trial, out: Path, code: int) -> None:
    """Fail where the end is not that of an undisturbed run."""
    if code != 1:
        raise Different(f"exit code {code}")
    for name, found, wanted in zip(NAMES, bytes_of(out), trial.wanted, strict=True):
        if found != wanted:
            uris = [json.loads(line).get("source", {}).get("uri") for line in found.splitlines()]
            raise Different(f"{name} differs: {len(uris)} lines, {len(set(uris))} documents")
    parts = [path.name for path in out.iterdir() if path.suffix == ".part"]
    if parts:
        raise Different(f"left behind: {parts}")
    with contextlib.closing(sqlite3.connect(out / f"{NAMES[0]}.ledger.sqlite")) as ledger:
        rows, documents = ledger.execute("SELECT count(*), count(DISTINCT uri) FROM document").fetchone()
    if not rows == documents == trial.wanted[0].count(b"\n") + trial.wanted[1].count(b"\n"):
        raise Different(f"the ledger holds {rows} rows of {documents} documents")


if __name__ == "__main__":
    sys.exit(main())
