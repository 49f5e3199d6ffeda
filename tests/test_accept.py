"""Accepted changes become what is expected: of whole records exactly, of facts as far as they say it."""

import json

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from pykala import parse, schemas
from pykala.cli import app
from pykala.diff.apply import Conflict, apply
from pykala.diff.compare import compare
from pykala.diff.facts import apply_to_facts, written
from pykala.diff.goldens import read_golden, write_golden
from pykala.diff.model import Decisions, Kind, Ruling

BEFORE = "Kunnanhallituksen päätöksiä\n\nKunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025.\n"
AFTER = "Kunnanhallituksen päätöksiä\n\nKunnanhallitus myönsi Seura ry:lle 800 euroa vuodelle 2026. Hallitus hyväksyi tilit.\n"
FACTS = {
    "doc": "a.txt",
    "decisions": [{"type": "granted", "decision_maker": ["Kunnanhallitus"], "anchor": "myönsi Kylä", "outcome": None}],
    "amounts": [{"value": "500", "currency": "EUR", "per": None, "qualifier": "exact"}],
    "years": [[2025, 2025]],
    "institutions": [["Kunnanhallitus"], ["Kylä ry"]],
    "fundings": [{"value": "500", "per": None, "recipients": [["Kylä ry"]], "fund": [], "years": [[2025, 2025]]}],
}


@pytest.fixture(scope="module")
def old():
    return parse(BEFORE, uri="a.txt")


@pytest.fixture(scope="module")
def new():
    return parse(AFTER, uri="a.txt")


def accept(folder, changes, *options, ruling="accepted"):
    decisions = Decisions(rulings=tuple(Ruling(change=change, ruling=ruling) for change in changes))
    (folder / "decisions.json").write_text(decisions.model_dump_json(), "utf-8")
    (folder / "goldens").mkdir(exist_ok=True)
    return CliRunner().invoke(app, ["accept", str(folder / "decisions.json"), str(folder / "goldens"), *options])


def golden(folder, record):
    (folder / "goldens").mkdir(exist_ok=True)
    path = folder / "goldens/a.expected.json"
    write_golden(path, record)
    return path


def test_accepted_changes_make_the_golden_record_the_new_one(tmp_path, old, new):
    path = golden(tmp_path, old)
    result = accept(tmp_path, compare(old, new).changes)
    assert result.exit_code == 0, result.output
    assert read_golden(path) == new
    assert "written" in result.output


def test_rejected_and_open_changes_leave_it_alone(tmp_path, old, new):
    path = golden(tmp_path, old)
    before = path.read_bytes()
    for ruling in ("rejected", "open"):
        assert accept(tmp_path, compare(old, new).changes, ruling=ruling).exit_code == 0
    assert accept(tmp_path, compare(old, new).changes, "--dry-run").exit_code == 0
    assert path.read_bytes() == before


def test_a_change_without_what_it_needs_is_refused_and_nothing_is_written(tmp_path, old, new):
    path = golden(tmp_path, old)
    before = path.read_bytes()
    needy = [change for change in compare(old, new).changes if change.needs and change.kind is not Kind.SOURCE][:1]
    result = accept(tmp_path, needy)
    assert result.exit_code == 1
    assert "needs" in result.output
    assert path.read_bytes() == before


def test_a_change_of_something_else_than_what_is_expected_is_a_conflict(old, new):
    changes = compare(old, new).changes
    with pytest.raises(Conflict):
        apply(new, changes)


def test_a_new_document_gets_a_golden_record_and_a_gone_one_loses_it(tmp_path, old):
    from pykala.diff.differences import differences

    with differences(("a", []), ("b", [old])) as found:
        added = list(found.whole().changes)
    assert accept(tmp_path, added).exit_code == 0
    path = tmp_path / "goldens/a.expected.json"
    assert read_golden(path) == old
    with differences(("a", [old]), ("b", [])) as found:
        removed = list(found.whole().changes)
    assert accept(tmp_path, removed).exit_code == 0
    assert not path.exists()


def test_facts_take_what_is_accepted(old, new):
    facts = apply_to_facts(FACTS, compare(old, new).changes)
    assert facts["years"] == [[2026, 2026]]
    assert [one["value"] for one in facts["amounts"]] == ["800"]
    assert {names[0] for names in facts["institutions"]} >= {"Kunnanhallitus", "Seura ry"}
    assert "Kylä ry" not in json.dumps(facts["institutions"], ensure_ascii=False)
    (funding,) = facts["fundings"]
    assert (funding["value"], funding["recipients"], funding["years"]) == ("800", [["Seura ry"]], [[2026, 2026]])
    assert [one["type"] for one in facts["decisions"]] == ["granted", "approved"]


def test_facts_that_a_file_does_not_hold_are_not_added(old, new):
    assert apply_to_facts({"years": [[2025, 2025]]}, compare(old, new).changes) == {"years": [[2026, 2026]]}


def test_a_sum_that_is_told_elsewhere_stays_a_fact():
    twice = parse(BEFORE + "\nAvustus on 500 euroa.\n", uri="a.txt")
    said = twice.model_dump(mode="json")
    gone = said["amounts"].pop()
    for decision in said["decisions"]:
        decision["amounts"] = [key for key in decision["amounts"] if key != gone["id"]]
    changes = compare(twice, type(twice).model_validate(said)).changes
    assert apply_to_facts(FACTS, changes)["amounts"] == FACTS["amounts"]


def test_facts_are_written_in_lines_that_say_the_same():
    assert json.loads(written(FACTS)) == FACTS
    assert '  {"value": "500", "currency": "EUR", "per": null, "qualifier": "exact"}],\n' in written(FACTS)


def test_decisions_are_what_their_schema_says(old, new):
    decisions = Decisions(
        rulings=tuple(Ruling(change=one, ruling="open", note="?") for one in compare(old, new).changes)
    )
    Draft202012Validator(schemas.load("review")).validate(json.loads(decisions.model_dump_json()))


def test_a_file_that_holds_no_decisions_is_wrong_usage(tmp_path):
    (tmp_path / "x.json").write_text("{}", "utf-8")
    for file in ("x.json", "none.json"):
        result = CliRunner().invoke(app, ["accept", str(tmp_path / file), str(tmp_path)])
        assert result.exit_code == 2
