"""One long run over varied copies of the corpus: what each of its processes takes of the memory, from beginning to end.

The memory counted is what a process has for itself (anonymous pages); a worker that is replaced goes on in the line of its place.
It is level where no kind of process has more at the end than after the first thousand documents, give or take.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crowd import varied, write
from processes import tree, workers

ROOT = Path(__file__).resolve().parents[1]
#: Megabytes by which the level may differ between the beginning and the end.
LEEWAY = 25.0
FIRST = 1000
COLOURS = {"parent": "#1f6feb", "workers": "#c2410c"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at a run.

    Attributes:
        documents: records written by then.
        memory: megabytes by kind of process; of several, the largest.
    """

    seconds: float
    documents: int
    memory: dict[str, float]


def main() -> int:
    """Run, draw and judge; 1 where the memory grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=ROOT / "out", help="where the table and the graph go")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="endurance-") as room:
        folder, records = Path(room, "documents"), Path(room, "records.jsonl")
        write(folder, varied(options.documents))
        samples = watched(folder, records, options.workers)
        written = sum(1 for _ in records.open("rb"))
    table, graph = options.out / "endurance.csv", options.out / "endurance.svg"
    keep(samples, table)
    graph.write_text(drawn(samples), "utf-8")
    print(f"{written} records in {samples[-1].seconds:.0f} s, {written / samples[-1].seconds:.1f}/s; {table}, {graph}")
    return 0 if level(samples) and written == options.documents else 1


def watched(folder: Path, records: Path, processes: int) -> list[Sample]:
    """Looks at a run, about once a second."""
    command = [sys.executable, "-m", "pykala", "parse", ".", "-o", str(records), "--workers", str(processes), "--quiet"]
    samples, start = [], time.monotonic()
    with subprocess.Popen(command, cwd=folder) as run:
        while run.poll() is None:
            everyone, parsing = tree(run.pid), workers(run.pid)
            if everyone and parsing:
                memory = {"parent": everyone[0].memory, "workers": max(one.memory for one in parsing)}
                samples.append(Sample(time.monotonic() - start, lines_of(records.parent), memory))
            time.sleep(1.0)
    samples.append(Sample(time.monotonic() - start, lines_of(records.parent), samples[-1].memory))
    return samples


_counted: dict[str, tuple[int, int]] = {}


def lines_of(folder: Path) -> int:
    """How many records the output has by now; only what has been added since the last look is read."""
    for path in itertools.chain(folder.glob(".records.jsonl.*.part"), folder.glob("records.jsonl")):
        offset, count = _counted.get("lines", (0, 0))
        with path.open("rb") as stream:
            stream.seek(offset)
            while piece := stream.read(1 << 20):
                offset, count = offset + len(piece), count + piece.count(b"\n")
        _counted["lines"] = offset, count
        return count
    return 0


def level(samples: Sequence[Sample]) -> bool:
    """Tell the levels after the first thousand documents and at the end, and whether they are the same."""
    total = samples[-1].documents
    early = [one for one in samples if FIRST <= one.documents <= max(2 * FIRST, total // 5)] or samples
    late = [one for one in samples if one.documents >= total * 4 // 5]
    fine = True
    for kind in COLOURS:
        first, last = (statistics.median(one.memory[kind] for one in some) for some in (early, late))
        peak = max(one.memory[kind] for one in samples)
        print(f"{kind}: {first:.0f} MB after the first {FIRST}, {last:.0f} MB at the end, {peak:.0f} MB at most")
        fine = fine and last <= first + LEEWAY
    return fine


def keep(samples: Sequence[Sample], path: Path) -> None:
    """Write the looks as a table."""
    with path.open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["seconds", "documents", *COLOURS])
        rows.writerows(
            [f"{one.seconds:.1f}", one.documents, *(f"{one.memory[k]:.1f}" for k in COLOURS)] for one in samples
        )


# ---------------------------------------------------------------- the graph

WIDTH, HEIGHT, EDGE = 900, 360, 60


def drawn(samples: Sequence[Sample]) -> str:
    """Megabytes over documents, as SVG."""
    across = max(1, samples[-1].documents)
    up = 1.2 * max(value for one in samples for value in one.memory.values())
    x = lambda documents: EDGE + documents / across * (WIDTH - 2 * EDGE)  # noqa: E731
    y = lambda megabytes: HEIGHT - EDGE - megabytes / up * (HEIGHT - 2 * EDGE)  # noqa: E731
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<title>Memory of a run over {across:,} documents</title><rect width="100%" height="100%" fill="white"/>',
    ]
    for tick in ticks(up):
        parts.append(f'<path d="M{EDGE} {y(tick):.1f}H{WIDTH - EDGE}" stroke="#ddd"/>')
        parts.append(f'<text x="{EDGE - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    parts.extend(
        f'<text x="{x(tick):.1f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{tick:,.0f}</text>'
        for tick in ticks(across)
    )
    for place, (kind, colour) in enumerate(COLOURS.items()):
        points = " ".join(f"{x(one.documents):.1f},{y(one.memory[kind]):.1f}" for one in samples)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        label = {"parent": "parent", "workers": "largest worker"}[kind]
        parts.append(f'<text x="{EDGE + 10 + 120 * place}" y="{EDGE - 15}" fill="{colour}">{label}</text>')
    parts.append(f'<text x="{EDGE}" y="20">MB of memory of its own</text>')
    parts.append(f'<text x="{WIDTH - EDGE}" y="{HEIGHT - 12}" text-anchor="end">documents written</text></svg>')
    return re.sub(r"\s*\n\s*", "\n", "\n".join(parts)) + "\n"


def ticks(most: float) -> list[float]:
    """Round numbers from nothing to at most the value, about five."""
    step = 10 ** (len(f"{most / 5:.0f}") - 1)
    step = next(step * times for times in (1, 2, 5, 10) if step * times >= most / 5)
    return [step * number for number in range(int(most // step) + 1)]


if __name__ == "__main__":
    sys.exit(main())
