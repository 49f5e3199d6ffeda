"""Scores of the corpus may only rise: none is below its floor in corpus/floors.json.

Where a change is worth a lower score: ./scripts/evaluate --update-floors --allow-lower, and say why in the commit.
"""

from pathlib import Path

import pytest

from pykala.batch.inputs import collect
from pykala.batch.run import outcomes
from pykala.emit.serialise import to_json
from pykala.evaluate.command import evaluate, measured
from pykala.evaluate.floors import falls, read_floors
from pykala.record import Record

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FLOORS = read_floors(CORPUS / "floors.json")


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    records = [one.result for one in outcomes(collect([str(CORPUS)])) if isinstance(one.result, Record)]
    lines = tmp_path_factory.mktemp("floors") / "records.jsonl"
    lines.write_text("".join(f"{to_json(record)}\n" for record in records), "utf-8")
    return measured(evaluate(CORPUS, lines))


def test_no_score_is_below_its_floor(scores):
    assert [str(fall) for fall in falls(FLOORS, scores)] == []


def test_every_split_of_the_corpus_has_floors(scores):
    assert set(FLOORS) == set(scores)
