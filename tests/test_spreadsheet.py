"""CSV that a spreadsheet opens: its separators and numbers, nothing that it would run, and nothing left out."""

import csv
import io
from decimal import Decimal

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala import parse
from pykala.emit.encoded import Encoded
from pykala.emit.sinks import open_sink
from pykala.emit.spreadsheet import COLUMNS, CsvSink
from pykala.record import Record

GRANTS = parse(
    "Lohjan kaupunginhallitus myönsi 3.2.2025 Saariston Laivapaja Oy:lle innovaatiorahastosta 200 000,50 euroa vuodelle 2025 ja "
    "Kylätalo ry:lle 6 000 euroa vuosille 2026–2027. Samalla kaupunginhallitus merkitsi tiedoksi matkailun katsauksen."
)
COST = parse("Lohjan kaupunginhallitus kokoontui. Uimahallin kustannusarvio on 12 miljoonaa euroa.")
SILENT = parse("Lohjan kaupunginhallitus kokoontui. Uimahallin hankesuunnitelma on valmis.")


def written(*records: Record, unit: str = "bulletin") -> bytes:
    stream = io.BytesIO()
    sink = CsvSink(stream, unit)
    for record in records:
        sink.write("bulletin", Encoded.of(record))
    return stream.getvalue()


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_spreadsheet_set_to_finnish_opens_it():
    content = written(GRANTS)
    assert content.startswith(b"\xef\xbb\xbfbulletin;uri;")
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b";200000,5;" in content
    assert b"Saariston Laivapaja Oy" in content


def test_each_sum_is_a_row_and_so_is_a_decision_without_sums():
    rows = cells(written(GRANTS))
    assert [(row["type"], row["value"], row["recipients"], row["fund"], row["amount_years"]) for row in rows] == [
        ("granted", "200000,5", "Saariston Laivapaja Oy", "innovaatiorahasto", "2025"),
        ("granted", "6000", "Kylätalo ry", "innovaatiorahasto", "2026–2027"),
        ("noted", "", "", "", ""),
    ]


def test_a_sum_without_a_decision_and_a_bulletin_without_either_are_rows_too():
    rows = cells(written(COST, SILENT))
    assert [(row["bulletin"], row["decision"], row["value"]) for row in rows] == [
        (COST.id, "", "12000000"),
        (SILENT.id, "", ""),
    ]


def test_by_decision_its_sums_stand_in_one_cell():
    rows = cells(written(GRANTS, unit="decision"))
    assert [(row["type"], row["amounts"]) for row in rows] == [
        ("granted", "200 000,50 euroa; 6 000 euroa"),
        ("noted", ""),
    ]
    assert rows[0]["institutions"].startswith("Lohjan kaupunginhallitus (decision_maker); ")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r\n+", "  =", "＝", "－"])
def test_a_text_that_would_run_as_a_formula_is_a_text(start):
    title = f'{start}HYPERLINK("http://example.invalid";"click")'
    (row,) = cells(written(SILENT.model_copy(update={"title": title})))
    assert row["bulletin_title"] == f"'{title.strip()}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_leaves_its_cell(text):
    (row,) = cells(written(SILENT.model_copy(update={"title": text})))
    assert list(row) == list(COLUMNS["bulletin"])
    assert row["bulletin"] == SILENT.id
    assert row["bulletin_title"].lstrip()[:1] not in tuple("=+-@\t\r")
    assert "\n" not in row["bulletin_title"]
    assert "\x00" not in row["bulletin_title"]


def test_a_negative_sum_stays_a_number():
    amount = GRANTS.amounts[0].model_copy(update={"value": "-949.2"})
    record = GRANTS.model_copy(update={"amounts": (amount, *GRANTS.amounts[1:])})
    assert cells(written(record))[0]["value"] == "-949,2"


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    (row,) = cells(written(SILENT.model_copy(update={"title": "a" * 40_000})))
    assert len(row["bulletin_title"]) == 32_767
    assert row["bulletin_title"].endswith("…")


def test_programs_read_it_too(tmp_path):
    with open_sink(str(tmp_path / "records.csv")) as sink:
        sink.write("bulletin", Encoded.of(GRANTS))
    frame = pd.read_csv(tmp_path / "records.csv", sep=";", decimal=",", dtype={"municipality_code": str})
    assert frame.value.sum() == 206000.5
    assert frame.municipality_code[0] == "444"
    table = duckdb.read_csv(str(tmp_path / "records.csv"), decimal=",")
    assert Decimal(str(table.sum("value").fetchall()[0][0])) == Decimal("206000.5")
