"""Documents and megabytes a second of pykala and of spaCy's Finnish pipelines, on the same documents in one run.

Each contestant runs in a process of its own, in one thread, one document after the other. Rates count the seconds that the
processor worked, so that they hold on a machine that is busy with other things. pykala gets the files, HTML and PDF among
them, and in a second run the plain text that it read from them; spaCy gets that plain text. Loading is shown but not counted.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
SMALL = "Kaupunginhallitus hyväksyi kokouksessaan 2.12.2024 sopimuksen, jonka arvo on 1,2 miljoonaa euroa.\n"
#: How many seconds each contestant works; long enough that what it remembers between documents counts as in a night's run.
SECONDS = 10.0
CONTESTANTS = {
    "pykala": "pykala, whole records from files",
    "text": "pykala, whole records from plain text",
    "ner": "spacy-fi-experimental-web-md with NER",
    "blank": 'spacy.blank("fi"), tokens only',
}
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main(arguments: Sequence[str]) -> int:
    """Run every contestant and print the table."""
    if len(arguments) == 2 and arguments[0] == "--contestant":
        print(json.dumps(measure(arguments[1], json.load(sys.stdin))))
        return 0
    console = Console(width=None if sys.stdout.isatty() else 120)
    documents = readable(arguments or [str(ROOT / "corpus")])
    size = sum(Path(uri).stat().st_size for uri, _ in documents)
    console.print(f"{len(documents)} documents, {size / 1e6:.2f} MB, one thread")
    results = {name: contest(name, documents) for name in CONTESTANTS}
    console.print(table(results, size / len(documents)))
    version = best_of(5, "--version")
    with tempfile.TemporaryDirectory() as folder:
        bulletin = Path(folder) / "small.txt"
        bulletin.write_text(SMALL, "utf-8")
        cold = best_of(5, "parse", str(bulletin))
    console.print(f"pykala --version: {version:.2f} s; one small bulletin from a cold start: {cold:.2f} s")
    return 0


def readable(arguments: Sequence[str]) -> list[tuple[str, str]]:
    """The documents that give a record, each with its plain text."""
    from pykala.batch.inputs import collect
    from pykala.batch.run import outcomes
    from pykala.record import Record

    results = ((one.input.uri, one.result) for one in outcomes(collect(arguments)))
    return [(uri, result.text) for uri, result in results if isinstance(result, Record)]


def contest(name: str, documents: list[tuple[str, str]]) -> dict[str, Any]:
    """One contestant's figures, from a process of its own."""
    run = subprocess.run(
        [sys.executable, __file__, "--contestant", name],
        input=json.dumps(documents),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | ONE_CORE,
    )
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


def measure(name: str, documents: list[tuple[str, str]]) -> dict[str, float]:
    """Load the contestant, warm it up, and time it over all documents until enough time has passed."""
    start = time.process_time()
    work = LOADERS[name]()
    work(*documents[0])
    loaded = time.process_time() - start
    done, start = 0, time.process_time()
    while done == 0 or time.process_time() - start < SECONDS:
        for uri, text in documents:
            work(uri, text)
        done += len(documents)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load": loaded, "rate": done / seconds, "peak": peak}


def load_pykala() -> Callable[[str, str], object]:
    """Whole records, written as JSON."""
    from pykala import parse
    from pykala.emit.serialise import to_json

    return lambda uri, _: to_json(parse(Path(uri)))


def load_pykala_text() -> Callable[[str, str], object]:
    """Whole records of what spaCy gets too."""
    from pykala import parse
    from pykala.emit.serialise import to_json

    return lambda uri, text: to_json(parse(text, uri=uri))


def load_ner() -> Callable[[str, str], object]:
    """spaCy's Finnish model; its lemmatizer needs a system library."""
    import spacy

    nlp = spacy.load("spacy_fi_experimental_web_md", exclude=["lemmatizer"])
    return lambda _, text: nlp(text).ents


def load_blank() -> Callable[[str, str], object]:
    """spaCy's Finnish tokenizer alone."""
    import spacy

    nlp = spacy.blank("fi")
    return lambda _, text: nlp(text)


LOADERS = {"pykala": load_pykala, "text": load_pykala_text, "ner": load_ner, "blank": load_blank}


def table(results: dict[str, dict[str, Any]], mean_size: float) -> Table:
    """The figures, each rate also as a multiple of spaCy with NER."""
    made = Table(box=None, padding=(0, 2, 0, 0))
    made.add_column("")
    for heading in ("documents/s", "MB/s", "times spaCy with NER", "start-up, s", "peak MB"):
        made.add_column(heading, justify="right")
    for name, figures in results.items():
        made.add_row(
            CONTESTANTS[name],
            f"{figures['rate']:.1f}",
            f"{figures['rate'] * mean_size / 1e6:.2f}",
            f"{figures['rate'] / results['ner']['rate']:.1f}",
            f"{figures['load']:.2f}",
            f"{figures['peak']:.0f}",
        )
    return made


def best_of(times: int, *arguments: str) -> float:
    """The shortest wall time of some runs of the command."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "pykala", *arguments], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
