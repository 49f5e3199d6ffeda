"""How fast pykala is, beside other pipelines, on the same documents in one run.

Each contestant runs in a process of its own, in one thread, one document after the other. Rates count the seconds that the
processor worked, so that they hold on a machine that is busy with other things; loading is not counted. All get the plain
text that pykala read from the files, and pykala in one more row the files themselves, HTML and PDF among them.

Then the command itself, in wall time: one worker process against two on the same folder, and starts from cold.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench_contestants import CONTESTANTS, Documents, Figures
from bench_table import NoPlace, about, measured, missing, table, within, wrapped
from crowd import SENTENCE, varied

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
#: Bulletins with a text of their own; enough that none of what a contestant remembers from one helps it with the next.
DOCUMENTS = 2_000
#: How many seconds each contestant works at least.
SECONDS = 10.0
#: How often a run of one worker or two reads each of them.
TIMES = 3
COMMANDS = ("workers", "start")
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main() -> int:
    """Measure all that is wanted and tell it; 2 where that cannot be done."""
    options = asked()
    try:
        within(README.read_text("utf-8"), "") if options.readme else None
    except NoPlace as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="bench-") as room:
        folder = Path(room, "documents")
        folder.mkdir()
        progress("reading the documents")
        contents = given(options.inputs) if options.inputs else varied(10 * options.documents + 1000)
        documents = readable(contents, folder, None if options.inputs else options.documents)
        if not documents:
            print("bench: none of the documents is a bulletin", file=sys.stderr)
            return 2
        text = "\n\n".join(map(wrapped, findings(documents, options.only, options.seconds, Path(room))))
    print(text)
    if options.readme:
        README.write_text(within(README.read_text("utf-8"), text), "utf-8")
    return 0


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "inputs", nargs="*", metavar="FILE|FOLDER", help="documents; varied copies of the corpus if none"
    )
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="different texts of the corpus's copies")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="at least, for each contestant; never less than all"
    )
    parser.add_argument(
        "--only",
        nargs="+",
        action="extend",
        choices=[*CONTESTANTS, *COMMANDS],
        help="these alone: contestants, two workers against one, starts from cold",
    )
    parser.add_argument("--readme", action="store_true", help="write what is found into README.md too")
    options = parser.parse_args()
    options.only = options.only or [*CONTESTANTS, *COMMANDS]
    if options.documents < 1:
        parser.error("--documents: at least one")
    return options


def progress(what: str) -> None:
    """Say what is under way to whoever watches."""
    if sys.stderr.isatty():
        print(f"bench: {what} …", file=sys.stderr, flush=True)


# ---------------------------------------------------------------- the documents


def given(arguments: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The documents that the command line names, each under a name of its own."""
    from pykala.batch.inputs import collect

    for count, one in enumerate(collect(arguments)):
        path = Path(one.uri)
        if path.is_file():
            yield f"{count:06}{path.suffix}", path.read_bytes()


def readable(contents: Iterator[tuple[str, bytes]], folder: Path, texts: int | None) -> list[tuple[str, str]]:
    """The documents that give a record, as files of the folder, each with its plain text.

    Args:
        contents: names and bytes.
        folder: where they are written; it holds nothing else afterwards.
        texts: how many different texts are enough; all documents otherwise.
    """
    from pykala import PykalaError, parse

    documents: list[tuple[str, str]] = []
    different: set[str] = set()
    for name, content in contents:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        try:
            text = parse(path).text
        except PykalaError:
            path.unlink()
            continue
        documents.append((str(path), text))
        different.add(text)
        if len(different) == texts:
            break
    return documents


# ---------------------------------------------------------------- what is measured


def findings(documents: Documents, only: Sequence[str], seconds: float, room: Path) -> Iterator[str]:
    """What is told, paragraph by paragraph."""
    measure = measured(documents, sum(Path(path).stat().st_size for path, _ in documents))
    yield about(measure)
    wanted = [name for name in CONTESTANTS if name in only]
    absent = [name for name in wanted if CONTESTANTS[name].is_missing]
    files = list(texts(documents, room / "texts"))
    results = {name: contest(name, files, seconds) for name in wanted if name not in absent}
    if results:
        yield table(results, measure)
    yield from missing(absent)
    commands = [tell(room) for name, tell in (("workers", two_workers), ("start", cold)) if name in only]
    if commands:
        yield " ".join(commands)


def texts(documents: Documents, folder: Path) -> Iterator[tuple[str, str]]:
    """Each document's path, and that of a new file with its text."""
    folder.mkdir()
    for count, (path, text) in enumerate(documents):
        written = folder / f"{count}.txt"
        written.write_bytes(text.encode())
        yield path, str(written)


def contest(name: str, files: Sequence[tuple[str, str]], seconds: float) -> Figures:
    """One contestant's figures, from a process of its own."""
    progress(CONTESTANTS[name].title)
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bench_contestants.py")), name],
        input=json.dumps({"files": files, "seconds": seconds}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | ONE_CORE,
    )
    return Figures(**json.loads(run.stdout))


def two_workers(room: Path) -> str:
    """The sentence on how much faster two worker processes are than one on the same folder, start-up included."""
    progress("one worker and two")
    folder, number_of = many(room)
    seconds = {1: float("inf"), 2: float("inf")}
    for turn in range(2):
        for number in (1, 2):  # in turns, so that what else the machine does meets both
            out = room / f"records-{number}-{turn}.jsonl"
            took = timed("parse", str(folder), "-o", str(out), "--quiet", "--workers", str(number))
            seconds[number] = min(seconds[number], took)
    return (
        f"`pykala parse` of {number_of:,} files, all of these {TIMES} times over, takes {seconds[1]:.1f} s with one worker and "
        f"{seconds[2]:.1f} s with two, "
        f"{seconds[1] / seconds[2]:.2f} times as fast (wall time with start-up, the better of two runs each)."
    )


def many(room: Path) -> tuple[Path, int]:
    """A folder with every document several times, so that a run is long beside its start, and how many files it holds."""
    folder = room / "many"
    documents = sorted(path for path in (room / "documents").rglob("*") if path.is_file())
    for turn in map(str, range(TIMES)):
        (folder / turn).mkdir(parents=True)
        for place, path in enumerate(documents):
            os.link(path, folder / turn / f"{place:06}{path.suffix}")
    return folder, TIMES * len(documents)


def cold(room: Path) -> str:
    """The sentence on starts: of nothing but the command, and with one small bulletin."""
    progress("starts from cold")
    bulletin = room / "small.txt"
    bulletin.write_text(SENTENCE, "utf-8")
    version = min(timed("--version") for _ in range(5))
    small = min(timed("parse", str(bulletin)) for _ in range(5))
    return f"`pykala --version` takes {version:.2f} s; one small bulletin from a cold start {small:.2f} s."


def timed(*arguments: str) -> float:
    """The wall time of one run of the command."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pykala", *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
