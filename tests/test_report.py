"""The report adds up what is given, each euro once, as SQL over the records does, and shows the words behind each figure."""

import csv
import hashlib
import io
import random
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pykala.cli import app
from pykala.emit.serialise import to_json
from pykala.pages.words import PageLanguage, words
from pykala.record import Record
from pykala.report.counted import Left
from pykala.report.csv_files import as_csv, files
from pykala.report.gathered import gathered
from pykala.report.page import page
from pykala.report.periods import timeline
from pykala.report.totals import By, currencies, totals

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror=\'document.title="taken"\'>'


def record(*given: dict, number: int = 1, day: str | None = "2025-03-04", town: str | None = "Porvoo", **own) -> Record:
    """A record of sums, each a dict of what it says; ``to`` and ``fund`` are names, ``of`` the decision's number."""
    text, amounts, years, names = "", [], {}, {}
    acts = own.pop("acts", {}) | {0: "granted"}
    for place, one in enumerate(given, 1):
        words_ = f"{one['value']} euroa"
        start = len(text) + len("Summa ")
        text += f"Summa {words_} tässä. "
        spans = [years.setdefault(pair, f"years-{len(years) + 1}") for pair in one.get("years", ())]
        ids = [
            names.setdefault(name, f"institution-{len(names) + 1}")
            for name in (*one.get("to", ()), *filter(None, [one.get("fund")]))
        ]
        amounts.append(
            {"id": f"amount-{place}", "rule": "units.euro", "text": words_, "span": (start, start + len(words_)),
             "value": one["value"], "value_max": one.get("value_max"), "currency": one.get("currency", "EUR"), "per": one.get("per"),
             "qualifier": one.get("qualifier", "exact"), "role": one.get("role", "granted"),
             "decision": None if one.get("of", 0) is None else f"decision-{one.get('of', 0)}",
             "recipients": ids[: len(one.get("to", ()))], "payer": None, "fund": ids[-1] if one.get("fund") else None, "years": spans}
        )  # fmt: skip
    quoted = {"text": text[:5], "span": (0, 5)}
    decisions = [
        quoted | {"id": f"decision-{of}", "rule": "verbs.myontaa", "type": act, "outcome": None, "decision_maker": None, "title": None,
                  "section": None, "case_number": own.get("case"), "verb": quoted, "amounts": [], "years": [], "dates": [],
                  "institutions": [], "votes": None}
        for of, act in sorted(acts.items())
    ]  # fmt: skip
    return Record.model_validate(
        {
            "id": f"bulletin-{number}", "source": {"uri": f"{number}.txt", "media_type": "text/plain", "sha256": "0" * 64, "bytes": 1},
            "pipeline": {"version": "0", "rules": "0"}, "kind": "minutes", "language": "fi", "title": own.get("title"), "published": None,
            "municipality": town and {"name": town, "code": "638"}, "publisher": None,
            "meeting": {"body": own.get("body", "Kunnanhallitus"), "date": day}, "case_numbers": (), "sections": (), "text": text,
            "decisions": decisions, "amounts": amounts, "dates": (), "places": (), "warnings": (),
            "years": [quoted | {"id": name, "rule": "years.vali", "start": first, "end": last, "decision": None} for (first, last), name in years.items()],
            "institutions": [{"id": id_, "name": name, "kind": "association", "aliases": (), "identifiers": {}, "mentions": [quoted | {"rule": "forms.ry"}]}
                             for name, id_ in names.items()],
        }
    )  # fmt: skip


def counts(*given: dict, **own) -> list[str]:
    """What counts of each sum of one bulletin."""
    return [str(one.counts) for one in gathered([record(*given, **own)]).sums]


def whys(*records: Record) -> list[Left | None]:
    return [one.why for one in gathered(records).sums]


A, B, C = {"to": ["A ry"]}, {"to": ["B ry"]}, {"to": ["C ry"]}


def test_a_total_and_its_parts_count_once():
    assert counts({"value": "900"}, {"value": "500", **A}, {"value": "400", **B}) == ["0", "500", "400"]


def test_of_a_total_whose_receivers_are_not_all_named_only_the_rest_counts_beside_them():
    assert counts({"value": "900"}, {"value": "300", **A}, {"value": "150", **B}) == ["450", "300", "150"]


def test_what_is_no_more_than_the_named_sums_is_a_part_of_them():
    given = (
        {"value": "150000", **A},
        {"value": "75000", "years": [(2022, 2022)]},
        {"value": "75000", "years": [(2023, 2023)]},
    )
    assert counts(*given) == ["150000", "0", "0"]


def test_a_total_that_its_parts_make_up_exactly_counts_by_its_parts_which_know_their_years():
    given = ({"value": "900"}, {"value": "400", "years": [(2025, 2025)]}, {"value": "500", "years": [(2026, 2026)]})
    assert counts(*given) == ["0", "400", "500"]


def test_sums_of_different_years_that_name_nobody_are_not_parts_of_each_other():
    given = ({"value": "60000", "years": [(2026, 2026)]}, {"value": "55000", "years": [(2027, 2027)]})
    assert counts(*given) == ["60000", "55000"]


def test_a_small_sum_that_names_nobody_counts_as_part_of_a_larger_one():
    assert counts({"value": "150"}, {"value": "750"}) == ["0", "750"]


def test_the_exact_total_of_receivers_named_together_does_not_count_beside_their_own():
    together = {"value": "700", "to": ["A ry", "B ry"]}
    assert counts(together, {"value": "300", **A}, {"value": "400", **B}) == ["0", "300", "400"]
    assert counts(together, {"value": "300", **A}, {"value": "401", **B}) == ["700", "300", "401"]


def test_a_sum_told_twice_in_a_decision_counts_once_and_one_of_another_year_counts():
    twice = {"value": "500", **A, "years": [(2025, 2025)]}
    assert counts(twice, twice, twice | {"years": [(2026, 2026)]}) == ["500", "0", "500"]
    assert whys(record(twice, twice)) == [None, Left.REPEATED]


def test_sums_of_two_decisions_know_nothing_of_each_other():
    assert counts({"value": "900"}, {"value": "500", **A, "of": 1}, acts={1: "granted"}) == ["900", "500"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"value": "500", "per": "year"}, Left.RATE),
        ({"value": "500", "value_max": "900"}, Left.RANGE),
        ({"value": "-500"}, Left.NEGATIVE),
        ({"value": "500", "of": None}, Left.NO_DECISION),
        ({"value": "500", "of": 1}, Left.NOT_GIVEN),
    ],
)
def test_what_may_not_be_added_is_left_out_with_its_reason(given, why):
    found = gathered([record(given, {"value": "7", **A}, acts={1: "proposed"})])
    assert [(str(one.counts), one.why) for one in found.sums] == [("0", why), ("7", None)]
    assert f'href="#sums:why:{why}"' in page(found)


def test_sums_in_other_roles_are_no_matter_of_the_report():
    assert counts(
        {"value": "1", "role": "requested"}, {"value": "2", "role": "loan"}, {"value": "3", "role": "committed"}
    ) == ["3"]


def test_a_bulletin_read_twice_counts_once_with_its_decisions():
    found = gathered([record({"value": "5"}), record({"value": "5"})])
    assert [one.why for one in found.sums] == [None, Left.SAME_BULLETIN]
    assert (found.bulletins, found.read_twice, sum(found.decisions.values())) == (1, 1, 1)


def test_a_case_that_two_bulletins_tell_counts_where_it_is_told_in_most_sums():
    short = record({"value": "900"}, case="KA 1/2025", number=1)
    whole = record({"value": "500", **A}, {"value": "400", **B}, case="KA 1/2025", number=2)
    assert whys(short, whole) == [Left.OTHER_BULLETIN, None, None]
    elsewhere = record({"value": "900"}, case="KA 1/2025", number=3, town="Kotka")
    later = record({"value": "900"}, case="KA 1/2025", number=4, day="2025-03-05")
    assert whys(whole, elsewhere, later) == [None, None, None, None]


def test_currencies_are_never_added():
    found = gathered([record({"value": "5", **A}, {"value": "7", **A, "currency": "FIM"})])
    assert [(one.currency, str(one.total)) for one in totals(found.sums, By.RECIPIENT)] == [("EUR", "5"), ("FIM", "7")]
    assert currencies(found.sums) == ("EUR", "FIM")


def test_one_receiver_is_one_however_it_is_written_and_boards_of_two_places_are_two():
    found = gathered([
        record({"value": "5", "to": ["Kylä ry"]}, number=1),
        record({"value": "7", "to": ["KYLÄ  ry"]}, {"value": "1", "to": ["Kylä ry"]}, number=2, town="Kotka"),
        record({"value": "9", "to": ["Kylä ry"]}, number=3, town=None),
    ])  # fmt: skip
    assert [(one.label, str(one.total)) for one in totals(found.sums, By.RECIPIENT)] == [(("Kylä ry",), "22")]
    assert [one.label[0] for one in totals(found.sums, By.BODY)] == ["3.txt", "Kotka", "Porvoo"]


def test_what_is_told_as_about_or_at_most_is_told_beside_the_total():
    found = gathered(
        [record({"value": "5", **A, "qualifier": "at_most"}, {"value": "7", **A, "years": [(2026, 2027)]})]
    )
    (only,) = totals(found.sums, By.RECIPIENT)
    assert (str(only.total), str(only.inexact)) == ("12", "5")
    assert [one.label for one in totals(found.sums, By.FOR)] == [("2026–2027",), (None,)]


def test_columns_of_time_are_as_fine_as_the_days_allow():
    assert timeline({("granted", "2025-01-07"): 1, ("granted", "2025-02"): 1}).periods == ("2025-01", "2025-02")
    assert timeline({("granted", "2021-01-07"): 1, ("granted", "2025-02"): 1}).periods[::16] == ("2021 Q1", "2025 Q1")
    assert timeline({("granted", "2024"): 1, ("noted", "2025-23"): 1, ("noted", None): 1}).periods == (
        "2024",
        "2025",
        None,
    )


def test_words_that_look_like_formulas_are_none_in_a_csv_file():
    assert as_csv([("=1+1", "-5", Decimal(-5), None)]) == "'=1+1,'-5,-5,\r\n"


# ---------------------------------------------------------------- the same as SQL


def entangled(seed: int) -> list[Record]:
    """Bulletins whose sums are totals, parts and repetitions of each other as often as not."""
    chance = random.Random(seed)  # noqa: S311  # the same bulletins in every run
    found = []
    for number in range(200):
        parts = [str(chance.choice((1, 2, 3, 5, 8))) for _ in range(chance.randint(1, 4))]
        values = [
            *parts,
            *(str(sum(map(int, some))) for some in combinations(parts, 2)),
            str(sum(map(int, parts))),
            "0.5",
            "-3",
        ]
        given = [
            {
                "value": chance.choice(values),
                "to": chance.choice(([], [], ["A ry"], ["B ry"], ["A ry", "B ry"], ["a  RY"])),
                "years": chance.choice(((), (), [(2025, 2025)], [(2025, 2026)], [(2026, 2026), (2024, 2024)])),
                "fund": chance.choice((None, None, None, "Rahasto")),
                "per": chance.choice((None,) * 9 + ("year",)),
                "value_max": chance.choice((None,) * 9 + ("99",)),
                "currency": chance.choice(("EUR",) * 9 + ("SEK",)),
                "qualifier": chance.choice(("exact", "exact", "at_most")),
                "role": chance.choice(("granted",) * 5 + ("committed", "loan")),
                "of": chance.choice((0, 0, 0, 0, 1, 2, None)),
            }
            for _ in range(chance.randint(1, 7))
        ]
        found.append(
            record(
                *given, number=chance.choice((number, number, number, number // 2)), case=chance.choice((None, "KA 1/2025", "KA 2/2025")),
                day=chance.choice((None, "2025-03-04", "2025-03-05", "2024")), town=chance.choice((None, "Porvoo", "Kotka")),
                body=chance.choice((None, "Kunnanhallitus", "kunnanhallitus")), acts={1: "approved", 2: "denied"},
            )
        )  # fmt: skip
    return found


LABELS_IN_SQL = {
    By.RECIPIENT: ["nullif(list_aggregate(recipients, 'string_agg', ' + '), '')"],
    By.BODY: ["publisher", "body"],
    By.FUND: ["case when fund is not null then publisher end", "fund"],
    By.DECIDED: ["decided[:4]"],
    By.FOR: [
        "nullif(list_aggregate(list_transform(years, lambda y: concat_ws('–', y.first, nullif(y.last, y.first))), 'string_agg', ', '), '')"
    ],
}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The query of the documentation over the entangled bulletins and those of the corpus."""
    duckdb = pytest.importorskip("duckdb")
    folder = tmp_path_factory.mktemp("sql")
    parsed = folder / "corpus.jsonl"
    some = [ROOT / "corpus" / name for name in ("casem",)]
    subprocess.run(
        [sys.executable, "-m", "pykala", "parse", *map(str, some), "-o", str(parsed)], check=True, capture_output=True
    )
    lines = [to_json(one) for one in entangled(7)] + parsed.read_text("utf-8").splitlines()
    (folder / "records.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    query = (ROOT / "docs/report.sql").read_text("utf-8").replace("'records.jsonl'", f"'{folder / 'records.jsonl'}'")
    with duckdb.connect() as connection:
        connection.execute(query)
        yield connection, gathered(map(Record.model_validate_json, lines))


def test_every_sum_counts_what_sql_says_of_it(database):
    connection, found = database
    ours = [(one.sum.uri, int(one.sum.id.split("-")[1]), one.counts) for one in found.sums]
    assert connection.sql("select uri, place, counts from counted order by reading, place").fetchall() == ours
    assert {one.why for one in found.sums} == {None, *Left}


@pytest.mark.parametrize("by", By)
def test_the_csv_files_have_the_totals_of_sql(database, by):
    connection, found = database
    labels = ", ".join(f"lower(regexp_replace({label}, '\\s+', ' ', 'g'))" for label in LABELS_IN_SQL[by])
    rows = connection.sql(
        f"select {labels}, currency, sum(counts), count(*), coalesce(sum(counts) filter (qualifier <> 'exact'), 0) "  # noqa: S608  # our own words
        "from counted where counts > 0 group by all"
    ).fetchall()
    wanted = Counter((*(label or "" for label in row[:-4]), row[-4], *map(Decimal, row[-3:])) for row in rows)
    _, *written = csv.reader(io.StringIO(as_csv(dict(files(found))[by])))
    told = Counter(
        (*(" ".join(label.lower().split()) for label in row[:-4]), row[-4], *map(Decimal, row[-3:])) for row in written
    )
    assert told == wanted
    assert len(told) > 1


# ---------------------------------------------------------------- the page


def test_the_page_is_the_same_each_time_and_lets_nothing_be_loaded():
    found = gathered([record({"value": "5", "to": [HOSTILE]}, title=HOSTILE, body=HOSTILE)])
    assert page(found) == page(found)
    assert "default-src 'none'" in page(found)
    assert HOSTILE not in page(found)
    assert "http" not in page(found).replace("http-equiv", "").replace("http://", "")


def test_every_word_of_the_page_is_told_in_both_languages():
    english, finnish = (words("pykala.report", language) for language in PageLanguage)
    assert english.keys() == finnish.keys()
    assert all(text.strip() for text in (*english.values(), *finnish.values()))
    assert "Saajittain" in page(gathered([record({"value": "5"})]), PageLanguage.FI)


def test_records_that_give_nothing_say_so():
    assert "No bulletin here says that money was given." in page(gathered([record()]))


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """The page of real records and hostile ones, as the command writes it."""
    folder = tmp_path_factory.mktemp("report")
    hostile = record({"value": "12345.60", "to": [HOSTILE]}, title=HOSTILE, number=99, body=HOSTILE)
    (folder / "records.jsonl").write_text(
        "\n".join(
            map(
                to_json,
                [
                    hostile,
                    *(record({"value": str(n), **A}, {"value": "1", "per": "year"}, number=n) for n in range(1, 61)),
                ],
            )
        )
    )
    command = [sys.executable, "-m", "pykala", "report", "records.jsonl", "-o", "report.html", "--csv", "figures"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


def test_the_command_writes_the_page_and_the_files(written):
    names = {"recipients", "bodies", "funds", "years-decided", "years-for", "decisions", "sums"}
    assert {path.stem for path in (written / "figures").iterdir()} == names
    assert (
        hashlib.sha256((written / "report.html").read_bytes()).hexdigest()
        == hashlib.sha256(
            page(
                gathered(map(Record.model_validate_json, (written / "records.jsonl").read_text().splitlines()))
            ).encode()
        ).hexdigest()
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words_"),
    [
        (["records.jsonl"], 2, "say where the report goes"),
        (["none.jsonl", "-o", "x.html"], 1, "there is no such file"),
        (["records.jsonl", "-o", "figures"], 2, "is a folder"),
        (["records.jsonl", "--csv", "report.html"], 2, "is a file"),
    ],
)
def test_what_cannot_be_is_refused(written, monkeypatch, arguments, code, words_):
    monkeypatch.chdir(written)
    done = CliRunner().invoke(app, ["report", *arguments])
    assert (done.exit_code, words_ in done.output) == (code, True), done.output


@pytest.fixture
def opened(browser, written):
    """The page in a browser that tells of every complaint and lets nothing go to the network."""
    context = browser.new_context()
    tab = context.new_page()
    complaints = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: complaints.append(request.url) if not request.url.startswith("file:") else None)
    tab.goto((written / "report.html").as_uri())
    yield tab
    assert complaints == []
    assert tab.title() == "Who was given how much – pykala"
    context.close()


def test_each_figure_leads_to_the_sums_and_words_that_make_it_up(opened):
    opened.locator("#recipients tbody tr", has_text="A ry").locator("a").click()
    assert (
        opened.locator("#found").inner_text().replace("\u202f", "").replace("\u00a0", " ") == "60 sums; counted: 1830 €"
    )
    assert opened.locator("#only").inner_text().startswith("Only A ry")
    assert opened.locator("#sums li").count() == 50
    opened.locator("#more").click()
    assert opened.locator("#sums li mark").all_inner_texts() == [f"{n} euroa" for n in range(1, 61)]
    opened.locator("#only button").click()
    assert "121 sums" in opened.locator("#found").inner_text()


def test_sums_are_searched_shown_by_reason_and_put_in_order(opened):
    opened.fill("#search", "a RY 60")
    assert opened.locator("#sums li mark").all_inner_texts() == ["60 euroa"]
    opened.fill("#search", "")
    opened.select_option("#order", "sum")
    assert opened.locator("#sums li mark").first.inner_text() == "12345.60 euroa"
    opened.select_option("#show", "rate")
    assert opened.locator("#found").inner_text() == "60 sums; counted: 0"
    assert "how many is not told" in opened.locator("#sums li").first.inner_text()
    opened.fill("#search", "nowhere")
    assert opened.locator("#found").inner_text() == "No sum fits."


def test_words_of_a_bulletin_are_text_on_the_page(opened):
    opened.fill("#search", "onerror")
    assert HOSTILE in opened.locator("#sums li").first.inner_text()
    assert opened.locator("main img").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_runs_out_of_the_page(opened, width):
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") == width
