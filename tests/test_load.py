"""Records come back from where they were written, and what holds none says so."""

import gzip
import sqlite3
from contextlib import closing

import pytest

from pykala import parse
from pykala.emit.encoded import Encoded
from pykala.emit.load import records
from pykala.emit.sinks import open_sink
from pykala.errors import NoRecords

TEXTS = (
    "Kunnanhallitus myönsi Kylä ry:lle 500 euroa vuodelle 2025.",
    "Tekniska nämnden i Sibbo beviljade Byalaget rf 1 000 euro för år 2024.",
)
READ = tuple(parse(text) for text in TEXTS)


def write(out, unit="bulletin"):
    with open_sink(str(out), unit=unit) as sink:
        for number, record in enumerate(READ):
            sink.write(f"bulletin-{number}", Encoded.of(record))


@pytest.mark.parametrize("name", ["records.jsonl", "records.jsonl.gz", "records"])
def test_what_was_written_is_read_back(tmp_path, name):
    write(tmp_path / name)
    assert tuple(records(str(tmp_path / name))) == READ


def test_packed_lines_are_the_lines_and_the_same_bytes_each_time(tmp_path):
    for name in ("records.jsonl", "records.jsonl.gz", "again.jsonl.gz"):
        write(tmp_path / name)
    packed = (tmp_path / "records.jsonl.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "records.jsonl").read_bytes()
    assert packed == (tmp_path / "again.jsonl.gz").read_bytes()


def test_a_row_of_a_decision_is_told_from_a_record(tmp_path):
    write(tmp_path / "rows.jsonl", unit="decision")
    with pytest.raises(NoRecords, match=r"rows\.jsonl, line 1: .*--unit decision"):
        list(records(str(tmp_path / "rows.jsonl")))


def test_a_line_that_is_no_record_is_named(tmp_path):
    write(tmp_path / "records.jsonl")
    with (tmp_path / "records.jsonl").open("ab") as stream:
        stream.write(b'{"id": 5}\n')
    found = records(str(tmp_path / "records.jsonl"))
    assert (next(found), next(found)) == READ
    with pytest.raises(NoRecords, match="line 3"):
        next(found)


def test_a_packed_file_that_was_cut_off_is_damaged(tmp_path):
    path = tmp_path / "records.jsonl.gz"
    write(path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(NoRecords, match="damaged"):
        list(records(str(path)))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing.jsonl", "there is no such file or folder"),
        ("nothing.parquet", "there is no such file or folder"),
        ("empty", "holds no .json file"),
        ("records.zip", "cannot be read back from here"),
        ("records.csv", "a CSV file does not hold whole records"),
        ("records.jsonl.gz", "damaged"),
    ],
)
def test_a_file_or_folder_without_records_says_so(tmp_path, name, said):
    (tmp_path / "empty").mkdir()
    (tmp_path / "records.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(NoRecords, match=said):
        list(records(str(tmp_path / name)))


@pytest.mark.parametrize("name", ["-", "ftp://archive/records", "postgresql://clerk:secret@127.0.0.1:1/records"])
def test_a_place_that_is_none_says_so_without_a_password(name):
    with pytest.raises(NoRecords) as caught:
        list(records(name))
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(NoRecords, match="no such file"):
        list(records(f"sqlite:///{tmp_path}/records.db"))
    assert not list(tmp_path.iterdir())


def test_a_database_of_something_else_holds_no_records(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE letters (id)")
    with pytest.raises(NoRecords, match="no table of bulletins"):
        list(records(f"sqlite:///{tmp_path}/other.db"))


def test_a_line_without_end_is_not_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("pykala.emit.load.MAX_RECORD", 100)
    (tmp_path / "records.jsonl").write_bytes(b" " * 101)
    with pytest.raises(NoRecords, match="line 1: the line is too long"):
        list(records(str(tmp_path / "records.jsonl")))
