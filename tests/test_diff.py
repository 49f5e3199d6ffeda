"""What a diff tells: each class of change, which documents answer to each other, what follows from what, and what gold says."""

import gzip
import json

import pytest
from typer.testing import CliRunner

from pykala import parse
from pykala.cli import app
from pykala.diff.compare import compare
from pykala.diff.differences import Wanted, differences
from pykala.diff.golds import Golds
from pykala.diff.model import Field, Kind, Verdict
from pykala.emit.load import records
from pykala.emit.serialise import document, to_json
from pykala.record import Record

TEXT = (
    "Porvoon kaupunginhallituksen elinkeinojaosto\n\n"
    "Elinkeinojaosto myönsi 12.5.2025 Rantakylän Yrityshautomo Oy:lle 250 000 euroa vuodelle 2025.\n\n"
    "Samalla jaosto merkitsi tiedoksi matkailun katsauksen. Hankkeen kustannukset ovat 900 000 euroa.\n"
)


@pytest.fixture(scope="module")
def record() -> Record:
    return parse(TEXT, uri="minutes/bulletin.txt")


def changed(record: Record, **edits) -> Record:
    """The record with entries changed: ``amounts=(0, {"value": "1"})``, or a key of the bulletin."""
    said = record.model_dump(mode="json")
    for key, edit in edits.items():
        if isinstance(edit, tuple):
            said[key][edit[0]].update(edit[1])
        else:
            said[key] = edit
    return Record.model_validate(said)


def without(record: Record, key: str, index: int) -> Record:
    said = record.model_dump(mode="json")
    gone = said[key].pop(index)
    for holder in (*said["decisions"], *said["amounts"]):
        if key in holder:
            holder[key] = [one for one in holder[key] if one != gone["id"]]
    for entry in (*said["amounts"], *said["years"], *said["dates"]):
        entry["decision"] = None if entry["decision"] == gone["id"] else entry["decision"]
    return Record.model_validate(said)


def told(old: Record, new: Record) -> list[tuple]:
    return [
        (one.kind, one.field, one.facet, one.old and one.old.shown, one.new and one.new.shown)
        for one in compare(old, new).changes
    ]


CLASSES = {
    "value": (
        {"amounts": (0, {"value": "260000"})},
        (Kind.VALUE, Field.AMOUNTS, "value", "250\u00a0000 EUR", "260\u00a0000 EUR"),
    ),
    "exactness": (
        {"amounts": (0, {"qualifier": "about"})},
        (Kind.VALUE, Field.AMOUNTS, "value", "250\u00a0000 EUR", "about 250\u00a0000 EUR"),
    ),
    "role": (
        {"amounts": (0, {"role": "loan"})},
        (Kind.ROLE, Field.AMOUNTS, "role", "granted", "loan"),
    ),
    "type": (
        {"decisions": (1, {"type": "approved"})},
        (Kind.ROLE, Field.DECISIONS, "type", "noted", "approved"),
    ),
    "link": (
        {"amounts": (0, {"recipients": []})},
        (Kind.LINK, Field.AMOUNTS, "recipients", "Rantakylän Yrityshautomo Oy", "–"),
    ),
    "outcome": (
        {"decisions": (0, {"outcome": "by_vote"})},
        (Kind.VALUE, Field.DECISIONS, "outcome", "–", "by_vote"),
    ),
    "rule": (
        {"dates": (0, {"rule": "dates.other"})},
        (Kind.RULE, Field.DATES, "words", "dates.day", "dates.other"),
    ),
    "published": ({"published": "2025-05"}, (Kind.VALUE, Field.PUBLISHED, None, "–", "2025-05")),
    "section": ({"sections": ["§ 7"]}, (Kind.ADDED, Field.SECTIONS, None, None, "§ 7")),
}


@pytest.mark.parametrize("name", CLASSES)
def test_one_difference_is_one_change_of_its_class(record, name):
    edits, expected = CLASSES[name]
    (change,) = told(record, changed(record, **edits))
    if name == "rule":
        expected = (*expected[:3], record.dates[0].rule, expected[4])
    assert change == expected


def test_a_change_quotes_its_words_with_those_around_them(record):
    (change,) = compare(record, changed(record, amounts=(0, {"value": "260000"}))).changes
    assert change.new.context.words == "250 000 euroa"
    assert change.new.context.before.endswith("Yrityshautomo Oy:lle ")
    assert record.text[slice(*change.new.span)] == change.new.text


def test_what_only_moved_is_no_other_value(record):
    date = record.dates[0]
    start = record.text.index("2025.")
    moved = changed(record, dates=(0, {"span": [start, start + 4], "text": "2025"}))
    ((kind, field, *_),) = told(record, moved)
    assert (kind, field) == (Kind.REWORDED, Field.DATES)
    assert moved.dates[0].value == date.value
    again = record.model_dump(mode="json")
    again["text"] = f"{record.text} {date.text}"
    again["dates"][0]["span"] = [len(record.text) + 1, len(again["text"])]
    kinds = [one[:2] for one in told(record, Record.model_validate(again))]
    assert kinds == [(Kind.SOURCE, Field.TEXT), (Kind.MOVED, Field.DATES)]


def test_words_put_in_before_a_value_do_not_move_it(record):
    longer = parse(TEXT.replace("Porvoon", "Porvoon kaupungin tiedote: Porvoon"), uri="bulletin.txt")
    kinds = {(one.kind, one.field) for one in compare(record, longer).changes}
    assert (Kind.SOURCE, Field.TEXT) in kinds
    assert not [field for kind, field in kinds if kind is Kind.MOVED and field is not Field.INSTITUTIONS]


def test_a_renamed_institution_changes_its_name_and_no_link_to_it(record):
    index = next(i for i, one in enumerate(record.institutions) if one.name.endswith("Oy"))
    renamed = changed(record, institutions=(index, {"name": "Rantakylän Hautomo Oy"}))
    assert [one[:3] for one in told(record, renamed)] == [(Kind.VALUE, Field.INSTITUTIONS, "name")]


def test_what_a_lost_decision_leaves_behind_follows_from_it(record):
    changes = compare(record, without(record, "decisions", 0)).changes
    (lost,) = [one for one in changes if one.kind is Kind.REMOVED]
    following = [one for one in changes if one.follows == lost.id]
    assert {(one.field, one.facet) for one in following} >= {(Field.AMOUNTS, "decision"), (Field.YEARS, "decision")}
    assert {one.cause.old for one in following} == {record.decisions[0].rule}
    assert set(lost.needs) >= {one.id for one in following if one.facet == "decision"}


def test_the_same_value_at_another_place_is_known(record):
    twice = parse(TEXT + "\nHanke jatkuu vuonna 2025.\n", uri="minutes/bulletin.txt")
    for one, elsewhere in ((record, False), (twice, True)):
        (change,) = [c for c in compare(one, without(one, "years", 0)).changes if c.kind is Kind.REMOVED]
        assert change.old.elsewhere is elsewhere


def test_the_cause_is_the_rule_or_else_the_rule_files(record):
    other = changed(record, pipeline={"version": "0.1.0", "rules": "0" * 16, "model": None})
    (lost,) = compare(record, without(other, "dates", 0)).changes
    (changed_role,) = compare(record, changed(other, amounts=(0, {"role": "loan"}))).changes
    assert (lost.cause.by, lost.cause.old, lost.cause.new) == ("rule", record.dates[0].rule, None)
    assert (changed_role.cause.by, changed_role.cause.new) == ("rules", "0" * 16)


def test_another_rule_fingerprint_alone_is_no_difference(record):
    assert told(record, changed(record, pipeline={"version": "9", "rules": "0" * 16, "model": "some"})) == []


# ---------------------------------------------------------------- many documents


def several(record: Record, count: int, folder: str = "minutes") -> list[Record]:
    return [
        record.model_copy(
            update={
                "id": f"bulletin-{number:016x}",
                "source": record.source.model_copy(
                    update={"uri": f"{folder}/{number}.txt", "sha256": f"{number:064x}"}
                ),
            }
        )
        for number in range(count)
    ]


def test_order_place_form_and_white_space_of_records_are_no_difference(record, tmp_path):
    some = several(record, 5)
    lines, folder = tmp_path / "some.jsonl.gz", tmp_path / "folder"
    folder.mkdir()
    lines.write_bytes(gzip.compress("".join(f"{to_json(one)}\n" for one in reversed(some)).encode()))
    for number, one in enumerate(several(record, 5, "moved/elsewhere")):
        (folder / f"{number}.json").write_text(document(one), "utf-8")
    with differences(("a", records(str(lines))), ("b", records(str(folder)))) as found:
        assert (found.summary.documents, found.summary.same, found.summary.changes) == (5, 5, 0)


def test_a_document_of_one_side_is_one_change_that_holds_its_record(record):
    some = several(record, 3)
    with differences(("a", iter(some[:2])), ("b", iter(some[1:]))) as found:
        summary, changes = found.summary, list(found.whole().changes)
    assert (summary.same, summary.added, summary.removed) == (1, 1, 1)
    assert [(one.kind, one.document) for one in changes] == [
        (Kind.REMOVED, "minutes/0.txt"),
        (Kind.ADDED, "minutes/2.txt"),
    ]
    assert Record.model_validate(changes[1].new.content["record"]) == some[2]


def test_counts_are_of_all_and_lists_as_long_as_told(record):
    some = several(record, 4)
    others = [changed(one, amounts=(0, {"value": "7"}), dates=(0, {"value": "2025-05-13"})) for one in some]
    with differences(("a", iter(some)), ("b", iter(others)), wanted=Wanted(limit=3)) as found:
        assert (found.summary.changes, found.summary.shown, len(list(found.whole().changes))) == (8, 3, 3)
    only = Wanted(fields=frozenset({Field.DATES}), kinds=frozenset({Kind.VALUE}))
    with differences(("a", iter(some)), ("b", iter(others)), wanted=only) as found:
        assert {one.field for one in found.whole().changes} == {Field.DATES}
        assert found.summary.changes == 4


# ---------------------------------------------------------------- gold


GOLD = {
    "doc": "bulletin.txt",
    "language": "fi",
    "published": None,
    "municipality": "Porvoo",
    "decisions": [
        {"type": "granted", "decision_maker": ["elinkeinojaosto"], "anchor": "myönsi 12.5.2025", "outcome": None}
    ],
    "amounts": [{"value": "250000", "currency": "EUR", "per": None, "qualifier": "exact"}],
    "years": [[2025, 2025]],
    "dates": ["2025-05-12"],
    "institutions": [["Rantakylän Yrityshautomo Oy"]],
    "fundings": [
        {"value": "250000", "per": None, "recipients": [["Rantakylän Yrityshautomo Oy"]], "years": [[2025, 2025]]}
    ],
}
VERDICTS = {
    "a right sum is lost": (lambda r: without(r, "amounts", 0), {Field.AMOUNTS: Verdict.BROKEN}),
    "a wrong sum is lost": (lambda r: without(r, "amounts", 1), {Field.AMOUNTS: Verdict.FIXED}),
    "a right decision is lost": (lambda r: without(r, "decisions", 0), {Field.DECISIONS: Verdict.BROKEN}),
    "a decision too many is lost": (lambda r: without(r, "decisions", 1), {Field.DECISIONS: Verdict.FIXED}),
    "a right type": (
        lambda r: changed(r, decisions=(0, {"type": "noted"})),
        {Field.DECISIONS: Verdict.BROKEN},
    ),
    "a right recipient": (lambda r: changed(r, amounts=(0, {"recipients": []})), {Field.AMOUNTS: Verdict.BROKEN}),
    "years of money": (lambda r: changed(r, amounts=(0, {"years": []})), {Field.AMOUNTS: Verdict.BROKEN}),
    "a right date": (lambda r: changed(r, dates=(0, {"value": "2025-05-13"})), {Field.DATES: Verdict.BROKEN}),
    "a town": (lambda r: changed(r, municipality=None), {Field.MUNICIPALITY: Verdict.BROKEN}),
    "what gold does not tell": (lambda r: changed(r, title="Toinen"), {Field.TITLE: Verdict.UNJUDGED}),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_gold_tells_what_is_fixed_and_what_is_broken(record, name, tmp_path):
    edit, expected = VERDICTS[name]
    (tmp_path / "bulletin.expected.json").write_text(json.dumps(GOLD), "utf-8")
    for old, new, turned in ((record, edit(record), False), (edit(record), record, True)):
        with differences(("a", iter([old])), ("b", iter([new])), gold=Golds(tmp_path)) as found:
            got = {one.field: one.verdict for one in found.whole().changes if not one.follows}
        opposite = {Verdict.FIXED: Verdict.BROKEN, Verdict.BROKEN: Verdict.FIXED, Verdict.UNJUDGED: Verdict.UNJUDGED}
        wanted = {field: opposite[one] if turned else one for field, one in expected.items()}
        assert {field: got[field] for field in wanted} == wanted


def test_a_sum_that_stands_elsewhere_too_is_neither_fixed_nor_broken(tmp_path):
    text = TEXT + "\nVuonna 2025 käytetään 250 000 euroa. Vuonna 2025 käytetään 250 000 euroa.\n"
    record = parse(text, uri="bulletin.txt")
    last = len(record.amounts) - 1
    (tmp_path / "bulletin.expected.json").write_text(json.dumps(GOLD), "utf-8")
    with differences(("a", iter([record])), ("b", iter([without(record, "amounts", last)])), gold=Golds(tmp_path)) as d:
        assert [one.verdict for one in d.whole().changes if one.kind is Kind.REMOVED] == [Verdict.UNJUDGED]


# ---------------------------------------------------------------- the command


@pytest.fixture
def files(record, tmp_path):
    for name, one in (("old", record), ("new", changed(record, amounts=(0, {"value": "7"})))):
        (tmp_path / f"{name}.jsonl").write_text(f"{to_json(one)}\n", "utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, ["diff", *map(str, arguments)])


def test_exit_codes_tell_same_different_and_unreadable(files):
    old, new = files / "old.jsonl", files / "new.jsonl"
    assert run(old, old).exit_code == 0
    result = run(old, new)
    assert result.exit_code == 1
    assert "sum 250000 EUR: 250 000 EUR → 7 EUR" in result.output
    for wrong in ((old,), (old, files / "none.jsonl"), (old, new, "--only", "bad"), (old, new, "--field", "bad")):
        assert run(*wrong).exit_code == 2


def test_a_filter_that_leaves_nothing_is_the_same(files):
    assert run(files / "old.jsonl", files / "new.jsonl", "--only", "added").exit_code == 0


def test_each_form_goes_to_its_file_or_alone_to_standard_output(files):
    old, new = files / "old.jsonl", files / "new.jsonl"
    for form in ("json", "markdown", "html"):
        run(old, new, f"--{form}", files / form)
        piped = run(old, new, f"--{form}", "-")
        assert piped.output == (files / form).read_text("utf-8")
        assert piped.exit_code == 1
    assert run(old, new, "--json", "-", "--html", "-").exit_code == 2
