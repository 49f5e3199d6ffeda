"""A folder of good documents among bad ones in one run: as many records as good ones, and each bad one fails for its own reason.

Bad are empty and blank files, noise, cut PDFs and archives, a text of two hundred megabytes, a million elements within each
other, archives that unpack to too much or claim to, archives within archives, prose that is no bulletin, and a number without end.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from crowd import bad, varied, write
from processes import tree


def main() -> int:
    """Make the folder, run over it, and tell what failed for which reason; 1 where that is not as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--good", type=int, default=1000)
    parser.add_argument("--bad", type=int, default=50)
    parser.add_argument("--timeout", type=float, default=5.0, help="seconds for one document")
    parser.add_argument("--memory", type=int, default=512, help="megabytes for one document")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as room:
        folder, out = Path(room, "documents"), Path(room, "records.jsonl")
        write(folder, varied(options.good))
        wanted = {}
        for name, content, code in bad(options.bad):
            (folder / name).write_bytes(content)
            wanted[name] = code
        seconds, peak = run(folder, out, options.timeout, options.memory)
        return judged(out, wanted, options, seconds, peak)


def run(folder: Path, out: Path, timeout: float, memory: int) -> tuple[float, float]:
    """Seconds that the run took, and megabytes of the largest of its processes."""
    command = [sys.executable, "-m", "pykala", "parse", ".", "-o", str(out), "--quiet"]
    start, peak = time.monotonic(), 0.0
    with subprocess.Popen([*command, "--timeout", str(timeout), "--memory", str(memory)], cwd=folder) as process:
        while process.poll() is None:
            peak = max(peak, *(one.memory for one in tree(process.pid)), 0.0)
            time.sleep(0.1)
    return time.monotonic() - start, peak


def judged(out: Path, wanted: dict[str, str], options: argparse.Namespace, seconds: float, peak: float) -> int:
    """Tell what came out, and whether it is what had to."""
    records = out.read_bytes().count(b"\n")
    failures = [json.loads(line) for line in out.with_name(f"{out.name}.failures.jsonl").read_bytes().splitlines()]
    found = {row["uri"].split("!/")[0].removeprefix("./"): row["code"] for row in failures}
    print(f"{records} records and {len(failures)} failures in {seconds:.0f} s, at most {peak:.0f} MB in one process")
    for code, number in Counter(row["code"] for row in failures).most_common():
        print(f"{number:4} {code}")
    wrong = {
        name: (code, found.get(name)) for name, code in wanted.items() if found.get(name) not in code.split(" or ")
    }
    for name, (code, instead) in wrong.items():
        print(f"{name}: {instead} instead of {code}")
    # A document that is given up keeps its worker for its whole time, and each is given up once.
    slow = sum(code.startswith("timeout") for code in wanted.values()) * (options.timeout + 5)
    late = seconds > 60 + slow + 1.0 * options.good
    greedy = peak > options.memory + 300
    right = records == options.good and len(failures) == options.bad and not (wrong or late or greedy)
    print("as it has to be" if right else "NOT as it has to be")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
