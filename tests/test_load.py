"""Records come back from where they were written, and what holds none says so."""

import gzip

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


@pytest.mark.parametrize("name", ["nothing.jsonl", "empty", "records.zip", "-", "ftp://archive/records"])
def test_a_place_without_records_says_so(tmp_path, name):
    (tmp_path / "empty").mkdir()
    place = name if ":" in name or name == "-" else str(tmp_path / name)
    with pytest.raises(NoRecords):
        list(records(place))
