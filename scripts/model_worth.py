"""What a language model is worth on top of the rules: scores and speed with and without it, on the same documents."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pykala import Settings
from pykala.batch.inputs import Input, collect
from pykala.batch.run import outcomes
from pykala.emit.serialise import to_json
from pykala.errors import ModelMissing
from pykala.evaluate.breakdowns import Split
from pykala.evaluate.command import evaluate
from pykala.evaluate.counts import Field
from pykala.evaluate.gold import WrongFile
from pykala.evaluate.report import Scores, scores
from pykala.extract import model_version
from pykala.record import Record

CORPUS = Path("corpus")
MODEL = "spacy_fi_experimental_web_md"
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to parse, with its scores and its speed."""

    name: str
    scores: Scores
    rate: float


def main(arguments: Sequence[str]) -> int:
    """Print the table; wrong usage is exit code 2."""
    splits = [Split(one) for one in arguments if one in set(Split)]
    split = splits[0] if splits else Split.DEV
    model = next((one for one in arguments if one not in set(Split)), MODEL)
    try:
        version = model_version(model)
        rules = contest("rules alone", Settings(), split)
        both = contest(f"rules, then {version}", Settings(model=model), split)
    except (ModelMissing, WrongFile) as error:
        print(f"model-worth: {error}", file=sys.stderr)
        return 2
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(f"{rules.scores.documents} documents of the split {split}, one core")
    console.print(table((rules, both)))
    return 0


def contest(name: str, settings: Settings, split: Split) -> Contestant:
    """Score the documents of the split, and time them again."""
    documents = collect([str(CORPUS)])
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "records.jsonl"
        lines.write_text("".join(f"{to_json(record)}\n" for record in parsed(documents, settings)), "utf-8")
        results = evaluate(CORPUS, lines, split=split)
    of_split = {one.case.path for one in results}
    timed = [one for one in documents if Path(one.uri).relative_to(CORPUS).with_suffix("").as_posix() in of_split]
    start = time.perf_counter()
    for _ in range(ROUNDS):
        parsed(timed, settings)
    return Contestant(name, scores(results), ROUNDS * len(timed) / (time.perf_counter() - start))


def parsed(documents: Sequence[Input], settings: Settings) -> list[Record]:
    """The records of all documents that give one."""
    return [one.result for one in outcomes(documents, settings) if isinstance(one.result, Record)]


def table(contestants: Sequence[Contestant]) -> Table:
    """Core and institutions of each, and its speed."""
    made = Table(box=None, padding=(0, 2, 0, 0))
    made.add_column("")
    headings = ("core F1", "core /doc", "institutions prec", "recall", "F1", "/doc", "documents/s")
    for heading in headings:
        made.add_column(heading, justify="right")
    for one in contestants:
        names = one.scores.fields[Field.INSTITUTIONS]
        core = one.scores.core
        shares = (core.f1, core.per_document, names.counts.precision, names.counts.recall, names.f1, names.per_document)
        made.add_row(one.name, *(f"{share:.3f}" for share in shares), f"{one.rate:.0f}")
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
