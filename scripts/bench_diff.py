"""Times ``pykala diff`` over many records, and takes its peak memory: records of the corpus, repeated under other names."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pykala.batch.inputs import collect
from pykala.batch.run import outcomes
from pykala.emit.serialise import to_json
from pykala.record import Record

ROOT = Path(__file__).resolve().parents[1]
COUNT = 10_000
OTHER_RULES = "0" * 16
Edit = Callable[[int, dict[str, Any]], None]


def records() -> list[dict[str, Any]]:
    """The records of the corpus, as JSON has them."""
    made = (one.result for one in outcomes(collect([str(ROOT / "corpus")])))
    return [json.loads(to_json(one)) for one in made if isinstance(one, Record)]


def repeated(some: Sequence[dict[str, Any]], count: int, edit: Edit) -> Iterator[str]:
    """So many records as lines, each a document of its own."""
    for number in range(count):
        said = some[number % len(some)]
        copy = json.loads(json.dumps(said)) | {"id": f"bulletin-{number:016x}"}
        copy["source"] |= {"uri": f"{number}/{said['source']['uri']}", "sha256": f"{number:064x}"}
        edit(number, copy)
        yield json.dumps(copy, ensure_ascii=False)


def nothing(number: int, said: dict[str, Any]) -> None:
    """Leave a record as it is."""


def by_other_rules(number: int, said: dict[str, Any]) -> None:
    """Every record from other rules; in one of ten, sums, types and names differ."""
    said["pipeline"]["rules"] = OTHER_RULES
    if number % 10 == 0:
        in_all(number, said)


def in_all(number: int, said: dict[str, Any]) -> None:
    """A sum, a role, a type and a name differ in every record, and one date is gone."""
    said["pipeline"]["rules"] = OTHER_RULES
    for entry in said["amounts"][:2]:
        entry |= {"value": str(number), "role": "other"}
    for entry in said["decisions"][:1]:
        entry["type"] = "decided" if entry["type"] != "decided" else "noted"
    for entry in said["institutions"][:1]:
        entry["name"] += " ry"
    gone = {entry["id"] for entry in said["dates"][:1]}
    said["dates"] = said["dates"][1:]
    for decision in said["decisions"]:
        decision["dates"] = [key for key in decision["dates"] if key not in gone]


def written(path: Path, lines: Iterator[str], *, shuffled: bool = False) -> Path:
    """A file of records, in order or not."""
    if shuffled:
        held = list(lines)
        random.Random(7).shuffle(held)  # noqa: S311  # any order that is the same each time
        lines = iter(held)
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in lines)
    return path


def timed(old: Path, new: Path) -> str:
    """How long one comparison takes, with which peak of memory, and what it finds."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "pykala", "diff", str(old), str(new), "--limit", "0"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if run.returncode not in (0, 1):
        raise RuntimeError(run.stderr)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"{seconds:5.1f} s, at most {peak} MB so far: {run.stdout.splitlines()[0]}"


def main(arguments: Sequence[str]) -> None:
    """Make the records and compare them in several ways, those that need least memory first."""
    count = int(arguments[0]) if arguments else COUNT
    some = records()
    with tempfile.TemporaryDirectory(prefix="bench-diff-") as folder:
        place = Path(folder)
        old = written(place / "old.jsonl", repeated(some, count, nothing))
        print(f"{count} records of {old.stat().st_size // count // 1024} kB on the mean on either side")
        for name, edit, shuffled in (
            ("one of ten differs", by_other_rules, False),
            ("all differ", in_all, False),
            ("one of ten differs, another order", by_other_rules, True),
        ):
            new = written(place / "new.jsonl", repeated(some, count, edit), shuffled=shuffled)
            print(f"{name}: {timed(old, new)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
