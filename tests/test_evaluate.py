"""Scores say what a hand count says, what the reference scorer says, and what was broken."""

import copy
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pykala.cli import app
from pykala.evaluate.cases import Case
from pykala.evaluate.command import evaluate
from pykala.evaluate.counts import Counts, Field
from pykala.evaluate.found import found
from pykala.evaluate.gold import Gold
from pykala.evaluate.record_file import RecordFile
from pykala.evaluate.report import Result, result, scores

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT.parent / "shared" / "score.py"


def compared(gold: dict, record: dict) -> Result:
    case = Case(
        "doc", Gold.model_validate(gold), found(RecordFile.model_validate(record)), absent=False, publisher=None
    )
    return result(case)


def counts(gold: dict, record: dict, field: Field) -> tuple[int, int, int]:
    """How many are right, too many, and missing."""
    one = compared(gold, record).counts[field]
    return one.right, one.extra, one.missed


def act(text: str, kind: str = "approved", **more) -> dict:
    return {"type": kind, "text": text, "span": [0, 0], "decision_maker": None, "outcome": None} | more


# ---------------------------------------------------------------- by hand


def test_an_act_is_found_where_an_entry_quotes_its_anchor_whatever_the_white_space():
    gold = {"decisions": [{"type": "approved", "anchor": "hyväksyi suunnitelman"}]}
    assert counts(gold, {"decisions": [act("Jaosto hyväksyi\n suunnitelman.")]}, Field.DECISIONS) == (1, 0, 0)
    assert counts(gold, {"decisions": [act("Jaosto hylkäsi suunnitelman.")]}, Field.DECISIONS) == (0, 1, 1)


def test_an_act_may_be_found_by_another_place_that_states_it_if_its_anchor_is_quoted_nowhere():
    gold = {
        "decisions": [{"type": "granted", "anchor": "myönsi tuen"}, {"type": "noted", "anchor": "merkitsi tiedoksi"}],
        "decision_notes": [{"decision": 0, "also": ["tuki kerholle"]}],
    }
    record = {"decisions": [act("tuki kerholle", "granted"), act("Lautakunta myönsi tuen.", "granted")]}
    told = compared(gold, record)
    assert told.counts[Field.DECISIONS] == Counts(right=1, extra=1, missed=1)
    assert [m.found for m in told.mistakes if m.gold is None] == ["granted: tuki kerholle"]


def test_of_entries_that_hold_the_same_words_the_one_of_the_right_type_answers():
    gold = {"decisions": [{"type": "authorised", "anchor": "valtuutti johtajan"}]}
    both = "Lautakunta myönsi tuen ja valtuutti johtajan."
    record = {"decisions": [act(both, "granted"), act(both, "authorised")]}
    assert counts(gold, record, Field.DECISION_TYPES) == (1, 1, 0)


def test_a_missed_act_lacks_its_type_and_its_maker_too_and_an_extra_one_has_too_many():
    gold = {"decisions": [{"type": "noted", "anchor": "merkitsi tiedoksi", "decision_maker": ["Jaosto"]}]}
    for field in (Field.DECISIONS, Field.DECISION_TYPES, Field.DECISION_MAKERS):
        assert counts(gold, {}, field) == (0, 0, 1)
        assert counts({}, {"decisions": [act("Jaosto kokoontui.")]}, field) == (0, 1, 0)


@pytest.mark.parametrize(
    ("maker", "named", "expected"),
    [
        (["Kunnanhallitus", "Khall"], "institution-1", (1, 0, 0)),
        (["kunnanhallitus"], "Kunnanhallitus", (1, 0, 0)),
        (["Kunnanvaltuusto"], "institution-1", (0, 1, 1)),
        (["Kunnanhallitus"], None, (0, 0, 1)),
        (None, "institution-1", (0, 1, 0)),
        (None, None, (1, 0, 0)),
    ],
)
def test_a_maker_is_right_under_any_of_its_names_and_nobody_is_right_where_nobody_is_named(maker, named, expected):
    gold = {"decisions": [{"type": "noted", "anchor": "merkitsi", "decision_maker": maker}]}
    institutions = [{"id": "institution-1", "name": "Kunnan hallitus", "aliases": ["KHALL", "Kunnanhallitus"]}]
    record = {"decisions": [act("merkitsi", "noted", decision_maker=named)], "institutions": institutions}
    assert counts(gold, record, Field.DECISION_MAKERS) == expected


def test_outcomes_count_only_where_one_side_tells_one():
    gold = {
        "decisions": [{"type": "approved", "anchor": w, "outcome": o} for w, o in (("a1", None), ("b2", "by_vote"))]
    }
    right = [act("a1"), act("b2", outcome="by_vote")]
    assert counts(gold, {"decisions": right}, Field.OUTCOMES) == (1, 0, 0)
    wrong = [act("a1", outcome="by_vote"), act("b2", outcome="as_proposed")]
    assert counts(gold, {"decisions": wrong}, Field.OUTCOMES) == (0, 2, 1)


def test_sums_count_once_each_and_a_range_needs_both_ends():
    gold = {"amounts": [{"value": "4000000", "value_max": "5000000"}, {"value": "100", "per": "month"}]}
    record = {
        "amounts": [
            {"value": "4000000.00", "value_max": "5000000", "currency": "EUR"},
            {"value": "4000000", "value_max": "5000000", "currency": "EUR", "qualifier": "exact"},
            {"value": "100", "per": "year"},
        ]
    }
    assert counts(gold, record, Field.AMOUNTS) == (1, 1, 1)
    assert counts(gold, record, Field.QUALIFIERS) == (1, 0, 0)


def test_an_entry_of_institutions_answers_to_one_institution_only():
    gold = {"institutions": [["Aalto Oy"], ["Ranta ry", "Rannan kerho"], "Kylä"]}
    record = {
        "institutions": [{"id": "1", "name": "AALTO Oy", "aliases": ["Rannan kerho"]}, {"id": "2", "name": "Metsä"}]
    }
    assert counts(gold, record, Field.INSTITUTIONS) == (1, 1, 2)


@pytest.mark.parametrize(
    ("recipients", "role", "expected"),
    [
        (["i-1"], "granted", (1, 0, 0)),
        (["i-2", "i-1"], "committed", (1, 0, 0)),
        (["i-2"], "granted", (0, 1, 1)),
        ([], "granted", (0, 1, 1)),
        (["i-1"], "loan", (0, 0, 1)),
    ],
)
def test_money_given_needs_its_sum_its_role_and_one_right_recipient(recipients, role, expected):
    gold = {"fundings": [{"value": "500", "recipients": [["Kylä ry", "Kylä"]], "years": [[2025, 2025]]}]}
    record = {
        "institutions": [{"id": "i-1", "name": "Kylä ry"}, {"id": "i-2", "name": "Ranta ry"}],
        "amounts": [{"value": "500", "role": role, "recipients": recipients, "years": ["y-1"]}],
        "years": [{"id": "y-1", "start": 2025, "end": 2025}],
    }
    assert counts(gold, record, Field.FUNDINGS) == expected
    assert counts(gold, record, Field.FUNDING_YEARS) == ((1, 0, 0) if expected[0] else (0, 0, 0))


def test_sections_are_compared_by_their_digits_and_case_numbers_also_where_only_a_decision_has_them():
    gold = {"sections": ["§ 12"], "case_numbers": ["ABC 1-2025"]}
    record = {"decisions": [act("x", section="12 §", case_number="abc 1-2025")]}
    assert counts(gold, record, Field.SECTIONS) == (1, 0, 0)
    assert counts(gold, record, Field.CASE_NUMBERS) == (1, 0, 0)


def test_a_document_that_rightly_has_nothing_of_a_field_says_nothing_about_it():
    half, nothing = {"dates": ["2025-01-01", "2025-01-02"]}, {}
    of_all = scores([compared(half, {"dates": [{"value": "2025-01-01"}]}), compared(nothing, {})])
    one = of_all.fields[Field.DATES]
    assert (one.counts.precision, one.counts.recall) == (1, 0.5)
    assert one.f1 == one.per_document == pytest.approx(2 / 3)
    assert of_all.fields[Field.YEARS].per_document == 1
    assert of_all.core.per_document == 1


def test_a_missed_value_is_told_with_the_words_of_the_text():
    text = "Lautakunta päätti asiasta. Kustannusarvio on 1,5 miljoonaa euroa vuosina 2025–2027, ja jaosto hyväksyi sen 2.12.2024."
    gold = {
        "decisions": [{"type": "approved", "anchor": "jaosto hyväksyi"}],
        "amounts": [{"value": "1500000"}],
        "years": [[2025, 2027]],
        "dates": ["2024-12-02"],
        "institutions": [["Lautakunta"]],
    }
    told = {m.field: m.context.words for m in compared(gold, {"text": text}).mistakes if m.context}
    assert told == {
        Field.DECISIONS: "jaosto hyväksyi",
        Field.AMOUNTS: "1,5",
        Field.YEARS: "2025–2027",
        Field.DATES: "2.12.2024",
        Field.INSTITUTIONS: "Lautakunta",
    }


def test_an_extra_value_is_told_with_the_words_that_it_quotes():
    record = {"text": "Kokous alkoi klo 16.15.", "dates": [{"value": "2016-15", "span": [17, 22]}]}
    (mistake,) = compared({}, record).mistakes
    assert (mistake.found, mistake.context.before, mistake.context.words) == ("2016-15", "Kokous alkoi klo ", "16.15")


# ---------------------------------------------------------------- perfect records, and broken ones

NAMES = ("Kunnanhallitus", "Jaosto A", "Kylä ry", "Ranta Oy", "Metsärahasto", "Saaristorahasto", "Koulutuskuntayhtymä")
TYPES = ("approved", "granted", "noted", "decided", "tabled")
years = st.tuples(st.integers(1990, 2030), st.integers(0, 5)).map(lambda pair: (pair[0], pair[0] + pair[1]))
sums = st.fixed_dictionaries(
    {
        "value": st.integers(1, 10**8).map(str),
        "currency": st.just("EUR"),
        "per": st.sampled_from([None, "year", "month"]),
        "qualifier": st.sampled_from(["exact", "about", "at_most"]),
    }
)


def sum_key(entry: dict) -> tuple:
    return entry["value"], entry["per"]


@st.composite
def golds(draw) -> dict:
    """Gold that says something of every field."""
    number = draw(st.integers(1, 4))
    given_money = draw(st.lists(sums, min_size=1, max_size=3, unique_by=sum_key))
    other_money = draw(st.lists(sums, min_size=1, max_size=3, unique_by=sum_key))
    taken = {sum_key(entry) for entry in given_money}
    other_money = [e for e in other_money if sum_key(e) not in taken] or [
        given_money[0] | {"value": "0.5", "per": "day"}
    ]
    spans = draw(st.lists(years, min_size=2, max_size=5, unique=True))
    return {
        "language": "fi",
        "municipality": draw(st.sampled_from([None, "Ilomantsi"])),
        "case_numbers": ["1/2025", "2/2025"][: draw(st.integers(1, 2))],
        "sections": ["§ 1", "§ 22"][: draw(st.integers(1, 2))],
        "decisions": [
            {"type": draw(st.sampled_from(TYPES)), "anchor": f"teko <{n}>", "decision_maker": ["Kunnanhallitus", "Khall"],
             "outcome": draw(st.sampled_from(["by_vote", "as_proposed"])) if n == 0 else None}
            for n in range(number)
        ],
        "amounts": given_money + other_money,
        "years": [list(span) for span in spans],
        "dates": draw(st.lists(st.dates().map(str), min_size=1, max_size=4, unique=True)),
        "institutions": [[name, name.upper() + " 2"] for name in NAMES],
        "fundings": [
            {k: v for k, v in entry.items() if k != "qualifier"}
            | {"recipients": [["Kylä ry"]], "fund": ["Metsärahasto"], "years": [list(spans[0])]}
            for entry in given_money
        ],
    }  # fmt: skip


def perfect(gold: dict) -> dict:
    """The record that says exactly what the gold says."""
    ids = {name: f"institution-{n}" for n, (name, *_) in enumerate(gold["institutions"])}
    funded = {sum_key(entry) for entry in gold["fundings"]}
    return {
        "language": gold["language"],
        "municipality": {"name": gold["municipality"], "code": "000"} if gold["municipality"] else None,
        "case_numbers": gold["case_numbers"],
        "sections": gold["sections"],
        "text": "",
        "decisions": [
            act(d["anchor"], d["type"], outcome=d["outcome"], decision_maker=ids["Kunnanhallitus"]) for d in gold["decisions"]
        ],
        "amounts": [
            a | ({"role": "granted", "recipients": [ids["Kylä ry"]], "fund": ids["Metsärahasto"], "years": ["years-0"]}
                 if sum_key(a) in funded else {"role": "cost", "recipients": [], "fund": None, "years": []})
            for a in gold["amounts"]
        ],
        "years": [{"id": f"years-{n}", "start": a, "end": b} for n, (a, b) in enumerate(gold["years"])],
        "dates": [{"value": value} for value in gold["dates"]],
        "institutions": [{"id": key, "name": name, "aliases": []} for name, key in ids.items()],
    }  # fmt: skip


def f1_by_field(gold: dict, record: dict) -> dict[Field, float]:
    return {field: one.f1 for field, one in scores([compared(gold, record)]).fields.items()}


@settings(max_examples=60)
@given(golds())
def test_a_record_that_says_what_its_gold_says_scores_one_in_every_field(gold):
    told = compared(gold, perfect(gold))
    of_all = scores([told])
    assert set(f1_by_field(gold, perfect(gold)).values()) == {1.0}
    assert (of_all.core.f1, of_all.core.per_document, told.mistakes) == (1, 1, ())


def id_of(record: dict, name: str) -> str:
    return next(one["id"] for one in record["institutions"] if one["name"] == name)


BREAKS = {
    Field.DECISION_TYPES: lambda r: r["decisions"][0].update(type="returned"),
    Field.DECISION_MAKERS: lambda r: r["decisions"][0].update(decision_maker=id_of(r, "Jaosto A")),
    Field.OUTCOMES: lambda r: r["decisions"][0].update(outcome="as_amended"),
    Field.AMOUNTS: lambda r: r["amounts"][-1].update(value="123456789.5"),
    Field.QUALIFIERS: lambda r: r["amounts"][-1].update(qualifier="under"),
    Field.YEARS: lambda r: r["years"][-1].update(end=2999),
    Field.DATES: lambda r: r["dates"].append({"value": "2024-22"}),
    Field.INSTITUTIONS: lambda r: r["institutions"][-1].update(name="Opistoyhtymä"),
    Field.FUNDINGS: lambda r: r["amounts"][0].update(recipients=[id_of(r, "Ranta Oy")]),
    Field.FUNDING_YEARS: lambda r: r["amounts"][0].update(years=["years-0", "years-1"]),
    Field.FUNDING_FUNDS: lambda r: r["amounts"][0].update(fund=id_of(r, "Saaristorahasto")),
    Field.CASE_NUMBERS: lambda r: r.update(case_numbers=[*r["case_numbers"], "3/2025"]),
    Field.SECTIONS: lambda r: r.update(sections=["§ 3"]),
    Field.HEADER: lambda r: r.update(language="sv"),
}


@pytest.mark.parametrize("field", BREAKS, ids=str)
@settings(max_examples=20)
@given(gold=golds())
def test_breaking_one_value_lowers_exactly_its_field(field, gold):
    record = copy.deepcopy(perfect(gold))
    BREAKS[field](record)
    assert {name for name, f1 in f1_by_field(gold, record).items() if f1 < 1} == {field}
    assert {mistake.field for mistake in compared(gold, record).mistakes} == {field}


def test_leaving_out_an_act_lowers_all_that_is_told_of_acts_and_every_field_can_be_broken():
    gold = {"decisions": [{"type": "noted", "anchor": "teko"}]}
    low = {name for name, f1 in f1_by_field(gold, {}).items() if f1 < 1}
    assert low == {Field.DECISIONS, Field.DECISION_TYPES, Field.DECISION_MAKERS}
    assert set(BREAKS) | low == set(Field)


# ---------------------------------------------------------------- the reference scorer


def muddled(rng: random.Random) -> tuple[dict, dict]:
    """Gold and a record of few words, so that much agrees by chance."""

    def some(values, most=3):
        return rng.sample(values, rng.randint(0, min(most, len(values))))

    names = ["Aalto Oy", "aalto oy", "Ranta ry", "”Ranta” ry", "Kylä–säätiö", "Kylä-säätiö", "Jaosto", "JAOSTO"]
    words = ["hyväksyi", "hyväksyi  sen", "myönsi", "merkitsi\ntiedoksi", "päätti"]
    values = ["100", "100.00", "-5", 100, "1e2", "sata"]
    spans = [[2024, 2026], [2025, 2025]]
    dates = ["2024-11-25", "2024-11", "2024-21"]
    per = [None, None, None, "year"]

    def money():
        more = {"value_max": rng.choice(values)} if rng.random() < 0.2 else {}
        return {
            "value": rng.choice(values),
            "currency": rng.choice(["EUR"] * 5 + ["FIM", None]),
            "per": rng.choice(per),
        } | more

    gold_acts = [
        {"type": rng.choice(TYPES), "anchor": rng.choice(words), "decision_maker": some(names) or None,
         "outcome": rng.choice([None, "by_vote", "as_proposed"])}
        for _ in range(rng.randint(0, 4))
    ]  # fmt: skip
    gold = {
        "language": "fi", "published": rng.choice([None, "2024-11"]), "municipality": rng.choice([None, "Kemi"]),
        "meeting_date": rng.choice([None, "2024-11-25"]),
        "case_numbers": some(["HEL 2024-1", "1/2024"]), "sections": some(["§ 1", "§ 2", "§ 2 a"]),
        "decisions": gold_acts,
        "decision_notes": [{"decision": 0, "nth": 1, "also": some(words)}] if gold_acts and rng.random() < 0.5 else [],
        "amounts": [money() | {"qualifier": rng.choice(["exact", "about"])} for _ in range(rng.randint(0, 4))],
        "years": some(spans), "dates": some(dates), "institutions": [some(names) or ["Kemi"] for _ in range(rng.randint(0, 4))],
        "fundings": [
            money() | {"recipients": [some(names) or ["Kemi"] for _ in range(rng.randint(0, 2))], "fund": some(names, 1),
                       "years": some(spans, 2)}
            for _ in range(rng.randint(0, 3))
        ],
    }  # fmt: skip
    ids = [f"institution-{n}" for n in range(rng.randint(0, 4))]
    text = " ".join(rng.choices(words, k=8))

    def span():
        start = rng.randrange(len(text))
        return rng.choice([[start, min(len(text), start + 30)], {"start": start, "end": len(text)}, None])

    def reference():
        return rng.choice([None, *ids, *names, {"id": rng.choice([*ids, "Jaosto"])}, {"name": "Ranta ry"}])

    def years_of():
        return rng.sample(
            ["years-0", "years-1", "years-9", [2024, 2026], {"start": 2025, "end": 2025}], rng.randint(0, 2)
        )

    record = {
        "source": {"uri": "x"}, "language": rng.choice(["fi", "sv"]), "published": rng.choice([None, "2024-11"]),
        "municipality": rng.choice([None, "Kemi", {"name": "Kemi", "code": "240"}]),
        "meeting": rng.choice([None, {"date": "2024-11-25"}, {"date": None}]),
        "case_numbers": some(["hel 2024-1", "1/2024", "2/2024"]), "sections": some(["1 §", "§ 3"]), "text": text,
        "decisions": [
            {"type": rng.choice(TYPES), "text": rng.choice([*words, None]), "span": span(), "decision_maker": reference(),
             "outcome": rng.choice([None, "by_vote"]), "section": rng.choice([None, "§ 2"]),
             "case_number": rng.choice([None, "1/2024"])}
            for _ in range(rng.randint(0, 5))
        ],
        "amounts": [
            money() | {"qualifier": rng.choice(["exact", "about", None]), "role": rng.choice(["granted", "committed", "granted", "cost"]),
                       "recipients": [reference() for _ in range(rng.randint(0, 2))], "fund": reference(), "years": years_of()}
            for _ in range(rng.randint(0, 6))
        ] + [
            entry | {"role": "granted", "recipients": [names[0] for names in entry["recipients"]],
                     "fund": rng.choice([*entry["fund"], None]), "years": rng.choice([entry["years"], years_of()])}
            for entry in gold["fundings"] if rng.random() < 0.5
        ],
        "years": [{"id": f"years-{n}", "start": a, "end": b} for n, (a, b) in enumerate(some(spans))],
        "dates": [{"value": value} for value in some(dates)],
        "institutions": [{"id": key, "name": rng.choice(names), "aliases": some(names, 2)} for key in ids],
    }  # fmt: skip
    return gold, record


def reference_scores(gold: Path, records: Path) -> dict:
    run = subprocess.run(
        [sys.executable, REFERENCE, gold, records, "--json"], capture_output=True, check=True, timeout=120
    )
    return json.loads(run.stdout)


def our_scores(gold: Path, records: Path, folder: Path) -> dict:
    run = CliRunner().invoke(app, ["evaluate", str(gold), str(records), "--json", str(folder / "ours.json")])
    assert run.exit_code == 0, run.output
    return json.loads((folder / "ours.json").read_text("utf-8"))


needs_reference = pytest.mark.skipif(not REFERENCE.is_file(), reason="the reference scorer is not beside this checkout")


@needs_reference
@pytest.mark.parametrize("seed", range(3))
def test_muddled_records_score_as_in_the_reference_scorer_to_the_last_digit(tmp_path, seed):
    rng = random.Random(seed)  # noqa: S311  # nobody's secret
    for name in ("gold", "records"):
        (tmp_path / name).mkdir()
    for number in range(150):
        gold, record = muddled(rng)
        (tmp_path / f"gold/d{number}.json").write_text(json.dumps(gold), "utf-8")
        if number % 15:
            (tmp_path / f"records/d{number}.json").write_text(json.dumps(record), "utf-8")
    theirs = reference_scores(tmp_path / "gold", tmp_path / "records")
    ours = our_scores(tmp_path / "gold", tmp_path / "records", tmp_path)
    assert {key: ours[key] for key in theirs} == theirs
    assert all(0 < theirs["fields"][field]["f1"] < 1 for field in Field)


@needs_reference
def test_the_corpus_scores_as_in_the_reference_scorer_to_the_last_digit(tmp_path):
    """Also in the printed table."""
    (tmp_path / "gold").mkdir()
    for path in sorted((ROOT / "corpus").glob("text/*.expected.json")):
        shutil.copy(path, tmp_path / "gold" / path.name.replace(".expected", ""))
    run = CliRunner().invoke(app, ["parse", str(ROOT / "corpus" / "text"), "-o", str(tmp_path / "records.jsonl")])
    assert run.exit_code in (0, 1), run.output
    gold, records = tmp_path / "gold", tmp_path / "records.jsonl"
    theirs = reference_scores(gold, records)
    assert our_scores(gold, records, tmp_path)["fields"] == theirs["fields"]
    printed = subprocess.run(
        [sys.executable, REFERENCE, gold, records], capture_output=True, check=True
    ).stdout.decode()
    table = CliRunner().invoke(app, ["evaluate", str(gold), str(records)]).output
    rows = {line.split()[0]: line.split()[:7] for line in table.splitlines() if line.split()}
    for line in printed.splitlines()[2:-1]:
        assert rows[line.split()[0]] == line.split()
    assert rows["core"] == printed.splitlines()[-1].split()[:3]


# ---------------------------------------------------------------- files and the command

TEXT = "Lautakunta myönsi <b>Kylä ry:lle</b> 500 euroa. <script>alert(1)</script>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents of one name in two folders, each beside its gold, and the records of both."""
    gold = {
        "municipality": "Kemi",
        "amounts": [{"value": "500"}],
        "decisions": [{"type": "granted", "anchor": "myönsi"}],
    }
    for kind, value in (("text", "500"), ("html", "700")):
        (tmp_path / "corpus" / kind).mkdir(parents=True)
        (tmp_path / f"corpus/{kind}/a.json").write_text("{}", "utf-8")
        (tmp_path / f"corpus/{kind}/a.expected.json").write_text(
            json.dumps(gold | {"amounts": [{"value": value}]}), "utf-8"
        )
    records = [
        {"source": {"uri": f"corpus/{kind}/a.json"}, "kind": kind_of, "text": TEXT, "municipality": {"name": "Kemi"},
         "decisions": [act(TEXT, "granted", span=[0, len(TEXT)])],
         "amounts": [{"value": value, "qualifier": "exact", "role": "cost", "span": [37, 46]}]}
        for kind, value, kind_of in (("html", "700", "minutes"), ("text", "501", "release"))
    ]  # fmt: skip
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    listed = '[[publisher]]\nname = "Kemi"\nsplit = "dev"\n\n[[publisher]]\nname = "Muu"\nsplit = "test"\ndocuments = ["html/"]\n'
    (tmp_path / "corpus/publishers.toml").write_text(listed, "utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, gold: str = "corpus", records: str = "records.jsonl"):
    return CliRunner().invoke(app, ["evaluate", str(folder / gold), str(folder / records), *arguments])


def amounts_of(folder: Path, *arguments: str, **more: str) -> tuple[int, int, int]:
    done = run(folder, "--json", str(folder / "report.json"), *arguments, **more)
    assert done.exit_code == 0, done.output
    row = json.loads((folder / "report.json").read_text("utf-8"))["fields"]["amounts"]
    return round(row["recall"] * row["gold"]), row["gold"], row["found"]


def test_documents_of_one_name_are_told_apart_by_their_folders(folder):
    assert amounts_of(folder) == (1, 2, 2)


def test_records_of_a_folder_go_by_their_files_also_where_a_name_came_twice(folder):
    (folder / "records").mkdir()
    for name, line in zip(("a", "a-2"), (folder / "records.jsonl").read_text("utf-8").splitlines(), strict=True):
        (folder / f"records/{name}.json").write_text(line, "utf-8")
    assert amounts_of(folder, records="records") == (1, 2, 2)


def test_gold_without_a_record_counts_as_an_empty_record(folder):
    (folder / "records.jsonl").write_text("", "utf-8")
    assert amounts_of(folder) == (0, 2, 0)
    assert "2 documents, 2 without a record" in run(folder).output


def test_a_record_without_gold_counts_nothing(folder):
    (folder / "corpus/text/a.expected.json").unlink()
    assert amounts_of(folder) == (1, 1, 1)


def test_one_split_is_scored_alone(folder):
    assert amounts_of(folder, "--split", "test") == (1, 1, 1)
    assert amounts_of(folder, "--split", "dev") == (0, 1, 1)


def test_every_breakdown_is_in_the_report_and_printed_when_asked_for(folder):
    done = run(
        folder,
        "--json",
        str(folder / "r.json"),
        *(a for by in ("format", "publisher", "kind", "split") for a in ("--by", by)),
    )
    by = json.loads((folder / "r.json").read_text("utf-8"))["by"]
    assert {name: list(groups) for name, groups in by.items()} == {
        "format": ["html", "text"],
        "publisher": ["Kemi", "Muu"],
        "kind": ["minutes", "release"],
        "split": ["dev", "test"],
    }
    assert all(f"By {name}" in done.output for name in by)


def test_mistakes_are_shown_with_their_words_as_many_as_asked_for(folder):
    shown = run(folder, "--show", "1").output
    assert "amounts: 2 mistakes, the first 1" in shown
    assert "missed 500 EUR" in shown
    assert "⟦500⟧ euroa" in shown
    assert "extra 501 EUR" not in shown


def test_a_document_without_a_record_does_not_take_that_of_another_folder(folder):
    lines = (folder / "records.jsonl").read_text("utf-8").splitlines()
    (folder / "records.jsonl").write_text(lines[0], "utf-8")
    assert amounts_of(folder) == (1, 2, 1)


def test_the_page_takes_no_word_of_a_document_for_markup_and_loads_nothing(folder):
    (folder / "corpus/text/<script>.expected.json").write_text(
        json.dumps(
            {"municipality": "Kemi", "institutions": ["<script>"], "decisions": [{"type": "<script>", "anchor": "x"}]}
        )
    )
    extra = {"source": {"uri": "<script>.txt"}, "kind": "<script>", "text": "<script>" * 20,
             "dates": [{"value": "<script>", "span": [64, 72]}],
             "decisions": [act("x", "<script>2")]}  # fmt: skip
    with (folder / "records.jsonl").open("a") as stream:
        stream.write(json.dumps(extra))
    assert run(folder, "--html", str(folder / "page.html")).exit_code == 0
    page = (folder / "page.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "http:" not in page
    assert "https:" not in page


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("corpus/text/a.expected.json", '{"decisions": [{"type": "noted"}]}', "decisions.0.anchor"),
        ("corpus/text/a.expected.json", '{"decision": []}', "decision"),
        ("corpus/text/a.expected.json", "{", "Invalid JSON"),
        ("records.jsonl", "{}\n[1]\n", "line 2"),
        ("records.jsonl", '{"amounts": [{"value": []}]}', "amounts.0.value"),
        ("corpus/publishers.toml", '[[publisher]]\nname = "Kemi"\nsplit = "train"\n', "split"),
        ("corpus/publishers.toml", '[[publisher]]\nname = "Kemi"\nsplit = "dev"\n' * 2, "more than once: Kemi"),
        ("corpus/publishers.toml", '[[publisher]]\nname = "Muu"\nsplit = "dev"\n', "publishers has this document"),
        ("floors.json", '{"dev": {"amount": {"f1": 1, "per_document": 1}}}', "no field amount"),
    ],
)
def test_a_malformed_file_is_wrong_usage_and_named_with_the_place(folder, file, content, told):
    (folder / "floors.json").write_text("{}", "utf-8")
    (folder / file).write_text(content, "utf-8")
    done = run(folder, "--floors", str(folder / "floors.json"))
    assert done.exit_code == 2
    assert str(folder) in done.output
    assert told in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["--update-floors"],
        ["--floors", "f.json", "--allow-lower"],
        ["--floors", "nowhere.json"],
        ["--by", "colour"],
        ["--show", "-1"],
        ["--split", "dev", "--publishers", "nowhere.toml"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(folder, arguments):
    done = run(folder, *(str(folder / a) if "." in a else a for a in arguments))
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_report_that_cannot_be_written_is_one_line(folder):
    command = [sys.executable, "-m", "pykala", "evaluate", "corpus", "records.jsonl", "--html", "nowhere/page.html"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_no_gold_and_no_records_are_wrong_usage(folder):
    (folder / "void").mkdir()
    assert run(folder, gold="void").exit_code == 2
    assert run(folder, gold="nowhere").exit_code == 2
    assert run(folder, records="void").exit_code == 2
    assert run(folder, records="nowhere.jsonl").exit_code == 2


# ---------------------------------------------------------------- floors


def floors_of(folder: Path) -> dict:
    return json.loads((folder / "floors.json").read_text("utf-8"))


def better(folder: Path, *, worse: bool = False) -> None:
    """Mend the record that is wrong, or break it again."""
    old, new = ('"500"', '"501"') if worse else ('"501"', '"500"')
    lines = (folder / "records.jsonl").read_text("utf-8").replace(f'"value": {old}', f'"value": {new}')
    (folder / "records.jsonl").write_text(lines, "utf-8")


def test_floors_rise_by_themselves_and_sink_only_when_told(folder):
    floors = ("--floors", str(folder / "floors.json"))
    assert run(folder, *floors, "--update-floors").exit_code == 0
    low = floors_of(folder)
    assert (low["dev"]["amounts"]["f1"], low["test"]["amounts"]["f1"]) == (0, 1)

    better(folder)
    assert run(folder, *floors).exit_code == 0
    assert floors_of(folder) == low
    assert run(folder, *floors, "--update-floors").exit_code == 0
    high = floors_of(folder)
    assert high["dev"]["amounts"]["f1"] == 1

    better(folder, worse=True)
    for arguments in ((), ("--update-floors",)):
        done = run(folder, *floors, *arguments)
        assert done.exit_code == 1
        assert "dev: amounts, f1: 0.0000 is below its floor 1.000" in done.output
        assert floors_of(folder) == high
    assert run(folder, *floors, "--update-floors", "--allow-lower").exit_code == 0
    assert floors_of(folder) == low


def test_a_floor_holds_only_for_its_split_but_does_not_go_with_its_documents(folder):
    floors = ("--floors", str(folder / "floors.json"))
    better(folder)
    run(folder, *floors, "--update-floors")
    better(folder, worse=True)
    assert run(folder, *floors, "--split", "test").exit_code == 0
    assert run(folder, *floors, "--split", "dev").exit_code == 1
    (folder / "corpus/html/a.expected.json").unlink()
    assert "test: amounts, f1: there is a floor of 1.000 but no document" in run(folder, *floors).output
    run(folder, *floors, "--update-floors", "--allow-lower", "--split", "dev")
    assert set(floors_of(folder)) == {"dev", "test"}
    run(folder, *floors, "--update-floors", "--allow-lower")
    assert set(floors_of(folder)) == {"dev"}


def test_floors_beside_bulletins_are_no_bulletin(folder):
    (folder / "corpus/floors.json").write_text("{}", "utf-8")
    (folder / "corpus/text/b.txt").write_text(TEXT, "utf-8")
    done = CliRunner().invoke(app, ["parse", str(folder / "corpus"), "-o", str(folder / "out.jsonl")])
    assert "b.txt" in (folder / "out.jsonl").read_text("utf-8")
    assert "floors.json" not in done.output


def test_without_publishers_floors_are_for_everything(folder):
    (folder / "corpus/publishers.toml").unlink()
    assert run(folder, "--floors", str(folder / "floors.json"), "--update-floors").exit_code == 0
    assert list(floors_of(folder)) == ["all"]
    assert run(folder, "--split", "dev").exit_code == 2


def test_a_floor_is_never_above_the_score_that_it_comes_from(folder):
    for number in range(2):
        shutil.copy(folder / "corpus/text/a.expected.json", folder / f"corpus/text/b{number}.expected.json")
    floors = ("--floors", str(folder / "floors.json"))
    assert run(folder, *floors, "--update-floors").exit_code == 0
    assert run(folder, *floors).exit_code == 0


def test_evaluating_is_of_no_effect_on_the_order_of_results(folder):
    results = evaluate(folder / "corpus", folder / "records.jsonl")
    assert [one.case.path for one in results] == ["html/a", "text/a"]
