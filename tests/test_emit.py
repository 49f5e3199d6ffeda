"""Files that are never half written, and names that are never taken twice."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.batch.inputs import WrongInput, collect
from pykala.emit.files import failures_path, whole_file
from pykala.emit.places import WrongOutput, check_out
from pykala.emit.sinks import open_sink


def test_a_write_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), whole_file(path) as stream:
        stream.writelines([b"half", None])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_run_that_breaks_off_leaves_the_old_records(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), open_sink(str(path), unit="bulletin"):
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("-", "without -o"),
        ("", "without -o"),
        ("records.zip", "OUT is a name that ends in"),
        ("mysql://clerk:secret@host/records", r"mysql://clerk:\*\*\*@host/records: OUT is"),
        ("sqlite:///", "name the file of the database"),
        ("sqlite:///:memory:", "name the file of the database"),
        ("postgresql://clerk:secret@host/", r"clerk:\*\*\*@host/: name the database"),
        ("postgresql://clerk:secret@[host/records", r"clerk:\*\*\*@\[host/records: "),
        ("taken", "OUT is a name that ends in"),
        ("folder.jsonl", "is a folder"),
        ("folder.csv", "is a folder"),
        ("sqlite:///folder.csv", "is a folder"),
    ],
)
def test_what_can_be_no_output_is_refused_without_a_password(tmp_path, monkeypatch, out, said):
    monkeypatch.chdir(tmp_path)
    Path("taken").touch()
    for name in ("folder.jsonl", "folder.csv"):
        Path(name).mkdir()
    with pytest.raises(WrongOutput, match=said) as caught:
        check_out(out)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("out", ["records.parquet", "sqlite:///records.db", "postgresql://clerk@host/records"])
def test_what_is_not_installed_is_named_with_its_remedy(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pykala.emit.places.find_spec", lambda _name: None)
    with pytest.raises(WrongOutput, match=r"pip install 'pykala\[(parquet|database)\]'"):
        check_out(out)


def test_failures_lie_beside_every_kind_of_output(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert [
        failures_path(out).as_posix() for out in ("a.csv", "b/c.parquet", "sqlite:///d/e.db", "postgresql://h/f")
    ] == [
        "a.csv.failures.jsonl",
        "b/c.parquet.failures.jsonl",
        "d/e.db.failures.jsonl",
        "f.failures.jsonl",
    ]
    assert failures_path(".") == tmp_path.parent / f"{tmp_path.name}.failures.jsonl"


def test_a_written_file_has_the_rights_of_any_other(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    with whole_file(tmp_path / "whole"):
        pass
    assert (tmp_path / "whole").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_is_walked_level_by_level_in_sorted_order(tmp_path):
    for name in ("b.txt", "a/z.html", "a/b/c.PDF", "c.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [Path(one.uri).relative_to(tmp_path).as_posix() for one in collect([str(tmp_path)])]
    assert found == ["a/b/c.PDF", "a/z.html", "b.txt", "c.json"]


def test_links_to_folders_are_not_followed(tmp_path):
    (tmp_path / "a.txt").touch()
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(collect([str(tmp_path)])) == 1


def test_an_empty_folder_is_wrong_input(tmp_path):
    with pytest.raises(WrongInput, match="holds no"):
        collect([str(tmp_path)])


@given(names=st.lists(st.sampled_from(["a.txt", "A.txt", "a-2.txt", "a.html", "b.txt", "a-2-2.txt"]), max_size=12))
def test_every_document_has_a_name_of_its_own(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("names")
    for name in names:
        (folder / name).touch()
    found = [one.name.casefold() for one in collect([str(folder / name) for name in names])]
    assert len(set(found)) == len(names)
