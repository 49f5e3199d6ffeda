"""One evaluation from files to files: what ``pykala evaluate`` does once its arguments are clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pykala.emit.files import whole_file
from pykala.evaluate.as_json import as_json
from pykala.evaluate.breakdowns import By, Split
from pykala.evaluate.cases import cases
from pykala.evaluate.floors import EVERYTHING, Fall, falls, raised, read_floors
from pykala.evaluate.floors import as_json as floors_as_json
from pykala.evaluate.gold import WrongFile
from pykala.evaluate.page import page
from pykala.evaluate.publishers import FILE_NAME, read_publishers
from pykala.evaluate.report import Result, Scores, grouped, result, scores
from pykala.evaluate.terminal import show


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What may be asked of an evaluation besides its table.

    Attributes:
        publishers: the list of publishers; unless told, ``publishers.toml`` of the gold folder if there is one.
        split: score only documents of one split.
        by: breakdowns to print.
        mistakes_shown: how many mistakes of each field to print.
        json: a file for the whole report.
        html: a file for the report as a page.
        floors: a file of floors to hold.
        update_floors: write the floors after these scores, higher or new ones only.
        allow_lower: write lower ones too.
    """

    publishers: Path | None = None
    split: Split | None = None
    by: Sequence[By] = ()
    mistakes_shown: int = 0
    json: Path | None = None
    html: Path | None = None
    floors: Path | None = None
    update_floors: bool = False
    allow_lower: bool = False


def run(gold: Path, records: Path, options: Options) -> tuple[Fall, ...]:
    """Score the records, print and write what is asked for.

    Returns:
        The scores that are below their floors.

    Raises:
        WrongFile: a file is malformed, or nothing is left to score.
    """
    results = evaluate(gold, records, publishers=options.publishers, split=options.split)
    show(results, by=options.by, mistakes_shown=options.mistakes_shown)
    for path, write in ((options.json, as_json), (options.html, page)):
        if path is not None:
            _write(path, write(results))
    if options.floors is None:
        return ()
    return _hold(options.floors, results, options)


def evaluate(
    gold: Path, records: Path, *, publishers: Path | None = None, split: Split | None = None
) -> tuple[Result, ...]:
    """Every document's counts and mistakes; see :class:`Options`.

    Raises:
        WrongFile: a file is malformed, or nothing is left to score.
    """
    listed = publishers or (gold / FILE_NAME if (gold / FILE_NAME).is_file() else None)
    if split and listed is None:
        raise WrongFile(f"{gold}: there is no {FILE_NAME} that tells which documents are of the split {split}")
    wanted = [
        case
        for case in cases(gold, records, read_publishers(listed) if listed else None)
        if split is None or (case.publisher and case.publisher.split == split)
    ]
    if not wanted:
        raise WrongFile(f"{gold}: no document is of the split {split}")
    return tuple(map(result, wanted))


def measured(results: Sequence[Result]) -> Mapping[str, Scores]:
    """The scores that floors are about: those of each split, or of everything where no publishers are listed."""
    if any(one.case.publisher for one in results):
        return grouped(results, By.SPLIT)
    return {EVERYTHING: scores(results)}


def _hold(path: Path, results: Sequence[Result], options: Options) -> tuple[Fall, ...]:
    known = read_floors(path) if path.exists() or not options.update_floors else {}
    now = measured(results)
    below = tuple(falls({s: f for s, f in known.items() if options.split in (None, s)}, now))
    if options.update_floors:
        if options.allow_lower and options.split is None:  # floors of documents that are gone go with them
            known = {split: fields for split, fields in known.items() if split in now}
        _write(path, floors_as_json(raised(known, now, allow_lower=options.allow_lower)))
        return () if options.allow_lower else below
    return below


def _write(path: Path, content: str) -> None:
    with whole_file(path) as stream:
        stream.write(content.encode())
