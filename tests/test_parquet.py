"""Folders of Parquet files: typed, the same bytes each time, whole or not there."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pykala import parse
from pykala.emit import parquet
from pykala.emit.encoded import Encoded
from pykala.emit.load import records
from pykala.emit.places import WrongOutput
from pykala.emit.sinks import open_sink
from pykala.emit.tables.derive import rows_of
from pykala.emit.tables.layout import TABLES
from pykala.errors import NoRecords

CORPUS = Path(__file__).parents[1] / "corpus"
BULLETINS = [path for path in CORPUS.glob("*/*.html") if path.with_suffix(".expected.json").exists()]
GRANTS = parse(
    "Lohjan kaupunginhallitus myönsi 3.2.2025 Saariston Laivapaja Oy:lle innovaatiorahastosta enintään 200 000,50 euroa."
)
NOTED = parse("Porvoon kaupunginhallitus merkitsi tiedoksi matkailun katsauksen.")


def write(folder, *written):
    with open_sink(str(folder)) as sink:
        for number, record in enumerate(written):
            sink.write(f"bulletin-{number}", Encoded.of(record))


def read(folder, table):
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_each_table_is_a_file_also_where_it_has_no_rows(tmp_path):
    write(tmp_path / "records.parquet", NOTED)
    assert {path.stem for path in (tmp_path / "records.parquet").iterdir()} == {table.name for table in TABLES}
    assert read(tmp_path / "records.parquet", "fundings") == []


def test_sums_are_decimals_and_years_are_numbers(tmp_path):
    write(tmp_path / "records.parquet", GRANTS)
    fundings = pq.read_schema(tmp_path / "records.parquet" / "fundings.parquet")
    assert fundings.field("value").type == pa.decimal128(38, 9)
    assert fundings.field("first_year").type == pa.int64()
    assert not fundings.field("currency").nullable
    assert [str(row["value"].normalize()) for row in read(tmp_path / "records.parquet", "amounts")] == ["200000.5"]


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.pdf"))[:2] + sorted(BULLETINS)[::40], ids=str)
def test_the_rows_of_a_record_have_the_columns_of_their_tables(path):
    record = parse(path)
    columns = {table.name: [column.name for column in table.columns] for table in TABLES}
    required = {table.name: {column.name for column in table.columns if column.required} for table in TABLES}
    for table, row in rows_of(Encoded.of(record)):
        assert list(row) == columns[table]
        assert all(row[name] is not None for name in required[table]), (table, row)


def test_the_same_records_give_the_same_bytes(tmp_path):
    for name in ("once.parquet", "again.parquet"):
        write(tmp_path / name, GRANTS, NOTED)
    assert bytes_of(tmp_path / "once.parquet") == bytes_of(tmp_path / "again.parquet")


def test_the_records_come_back_in_their_order(tmp_path):
    write(tmp_path / "records.parquet", NOTED, GRANTS)
    assert list(records(str(tmp_path / "records.parquet"))) == [NOTED, GRANTS]


def test_of_two_documents_of_the_same_bytes_the_first_counts(tmp_path):
    write(tmp_path / "records.parquet", GRANTS, NOTED, NOTED.model_copy(update={"id": GRANTS.id}))
    assert list(records(str(tmp_path / "records.parquet"))) == [GRANTS, NOTED]


def test_rows_are_written_as_they_come(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "_ROWS", 4)
    copies = [NOTED.model_copy(update={"id": f"bulletin-{number}"}) for number in range(20)]
    with open_sink(str(tmp_path / "records.parquet")) as sink:
        for record in copies:
            sink.write("bulletin", Encoded.of(record))
            assert max(map(len, sink._rows.values())) < 4
    with pq.ParquetFile(tmp_path / "records.parquet" / "bulletins.parquet") as file:
        assert file.num_row_groups > 1
    assert list(records(str(tmp_path / "records.parquet"))) == copies


def test_a_new_run_takes_the_place_of_the_old_folder_and_leaves_nothing_else(tmp_path):
    write(tmp_path / "records.parquet", GRANTS, NOTED)
    write(tmp_path / "records.parquet", NOTED)
    assert list(records(str(tmp_path / "records.parquet"))) == [NOTED]
    assert [path.name for path in tmp_path.iterdir()] == ["records.parquet"]


def test_a_run_that_breaks_off_leaves_the_old_folder(tmp_path):
    def broken():
        with open_sink(str(tmp_path / "records.parquet")) as sink:
            sink.write("bulletin", Encoded.of(NOTED))
            raise KeyboardInterrupt

    write(tmp_path / "records.parquet", GRANTS)
    with pytest.raises(KeyboardInterrupt):
        broken()
    assert list(records(str(tmp_path / "records.parquet"))) == [GRANTS]
    assert [path.name for path in tmp_path.iterdir()] == ["records.parquet"]


@pytest.mark.parametrize("name", ["notes.txt", "records.parquet"])
def test_a_folder_with_other_files_or_a_file_is_not_overwritten(tmp_path, name):
    out = tmp_path / "records.parquet"
    mine = out / name if name == "notes.txt" else out
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(WrongOutput, match="in the way"):
        write(out, GRANTS)
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("content", [None, b"no parquet"])
def test_a_folder_that_is_not_ours_holds_no_records(tmp_path, content):
    out = tmp_path / "other.parquet"
    out.mkdir()
    if content:
        (out / "bulletins.parquet").write_bytes(content)
    with pytest.raises(NoRecords, match=r"other\.parquet: this is no folder of Parquet files of pykala"):
        list(records(str(out)))


def test_text_without_nul_and_the_record_with_it(tmp_path):
    odd = NOTED.model_copy(update={"title": "a\x00b"})
    write(tmp_path / "records.parquet", odd)
    (row,) = read(tmp_path / "records.parquet", "bulletins")
    assert row["title"] == "a\ufffdb"
    assert json.loads(row["record"])["title"] == "a\x00b"
