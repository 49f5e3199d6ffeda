"""Which documents a command line names: folders, patterns, archives, lists and files of texts, read one by one."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.batch import names as naming
from pykala.batch.archives import ArchiveLimits, members
from pykala.batch.bounded import Bounded
from pykala.batch.inputs import Wanted, WrongInput, count, inputs
from pykala.batch.kinds import Kind
from pykala.batch.names import Names, stem
from pykala.batch.source import Source, printable, read_source
from pykala.errors import PykalaError, TooLarge
from pykala.settings import Limits

SMALL = Limits(bytes=1_000)


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tarred(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def found(*arguments: str | Path, lists: tuple[str, ...] = ()) -> list[tuple[str, object]]:
    """What each document is called outside, and its content or the code of what is wrong with it."""
    given_out = inputs(Wanted([str(argument) for argument in arguments], lists))
    return [(one.uri, one.content.code if isinstance(one.content, PykalaError) else one.content) for one in given_out]


def test_a_zip_gives_the_documents_inside_it_under_addresses_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = {"2024/a.html": b"A", "2024/style.css": b"-", ".git/b.html": b"-", "__MACOSX/c.html": b"-", "d.TXT": b"D"}
    zipped(Path("minutes.zip"), files)
    assert found("minutes.zip") == [("minutes.zip!/2024/a.html", b"A"), ("minutes.zip!/d.TXT", b"D")]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress], ids=["tar", "gz", "bz2", "xz"])
def test_a_tar_is_read_however_it_is_packed(tmp_path, pack):
    # Sizes on both sides of the block that tar files are made of: the reader looks back by one byte behind each.
    files = {f"{number}.txt": bytes([65 + number]) * (512 * number + extra) for number in range(4) for extra in (0, 1)}
    path = tmp_path / "minutes.tar"
    path.write_bytes(pack(tarred(files)))
    assert {one.name: one.content for one in members(path, Kind.TAR)} == files


def test_archives_lie_in_folders_like_other_documents(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("minutes").mkdir()
    Path("minutes/a.txt").write_text("A")
    zipped(Path("minutes/b.zip"), {"b.txt": b"B"})
    Path("minutes/records.jsonl").write_text('"no text"\n')
    assert found("minutes") == [("minutes/a.txt", None), ("minutes/b.zip!/b.txt", b"B")]


def test_the_name_of_a_member_never_becomes_a_path(tmp_path):
    files = dict.fromkeys(
        ["../../etc/up.txt", "/absolute.txt", "a\\..\\b.txt", "x/\x07bell.txt", "l" * 400 + ".txt"], b"A"
    )
    zipped(tmp_path / "evil.zip", files)
    names = [one.name for one in inputs(Wanted([str(tmp_path / "evil.zip")]))]
    assert len(set(names)) == len(files)
    for name in names:
        (tmp_path / f"{name}.json").touch(exist_ok=False)
    assert len(list(tmp_path.iterdir())) == len(files) + 1


def test_an_archive_within_an_archive_is_one_failure(tmp_path):
    path = zipped(tmp_path / "outer.zip", {"inner.zip": b"PK", "a.txt": b"A"})
    assert [one[1] for one in found(path)] == ["nested-archive", b"A"]


def test_a_member_that_unpacks_to_too_much_is_one_failure(tmp_path):
    path = zipped(tmp_path / "bomb.zip", {"bomb.txt": bytes(100_000), "a.txt": b"A"})
    contents = [one.content for one in members(path, Kind.ZIP, SMALL)]
    assert isinstance(contents[0], TooLarge)
    assert contents[1] == b"A"


@pytest.mark.parametrize("kind", [Kind.ZIP, Kind.TAR])
def test_an_archive_that_unpacks_to_too_much_is_given_up(tmp_path, kind):
    files = {f"{number}.txt": bytes(900) for number in range(100)}
    path = tmp_path / "bomb"
    if kind is Kind.ZIP:
        zipped(path, files)
    else:
        path.write_bytes(gzip.compress(tarred(files)))
    read = []
    with pytest.raises(TooLarge, match="unpacks to more than"):
        read.extend(iter(members(path, kind, SMALL, ArchiveLimits(unpacked=50_000, ratio=1))))
    with pytest.raises(TooLarge, match="more than 10 files"):
        read.extend(iter(members(path, kind, SMALL, ArchiveLimits(members=10))))


def test_a_tar_that_claims_a_name_of_gigabytes_is_refused_before_it_is_read(tmp_path):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("././@LongLink")
        info.type, info.size = tarfile.GNUTYPE_LONGNAME, 3_000_000_000
        archive.addfile(info)
    (tmp_path / "claims.tar").write_bytes(packed.getvalue())
    assert [one[1] for one in found(tmp_path / "claims.tar")] == ["too-large"]


@pytest.mark.parametrize("ending", ["zip", "tar", "tar.gz"])
def test_a_damaged_archive_is_one_failure_after_what_could_be_read(tmp_path, ending):
    (tmp_path / f"cut.{ending}").write_bytes(b"neither this nor that" * 50)
    whole = tmp_path / "whole.tar"
    whole.write_bytes(tarred({"a.txt": b"A" * 600, "b.txt": b"B" * 60_000})[:20_000])
    assert [one[1] for one in found(tmp_path / f"cut.{ending}")] in (["broken"], ["unreadable"])
    assert [one[0].partition("!/")[2] for one in found(whole)] == ["a.txt", ""]
    assert found(whole)[1][1] == "broken"


def test_an_archive_without_documents_is_loud(tmp_path):
    assert [one[1] for one in found(zipped(tmp_path / "a.zip", {"a.css": b"-"}))] == ["empty"]


def test_a_protected_member_is_one_failure(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.txt": b"A"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag of the table of contents
    path.write_bytes(content)
    assert [one[1] for one in found(path)] == ["protected"]


def test_texts_of_a_file_of_json_lines_each_have_an_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = ['"Ensimmäinen"', "", json.dumps({"text": "Toinen", "uri": "https://x/2"}), '{"title": 1}', "{", "[1]"]
    Path("texts.jsonl").write_text("\n".join(rows), "utf-8")
    assert found("texts.jsonl") == [
        ("texts.jsonl#line=0,1", "Ensimmäinen"),
        ("https://x/2", "Toinen"),
        ("texts.jsonl#line=3,4", "broken"),
        ("texts.jsonl#line=4,5", "broken"),
        ("texts.jsonl#line=5,6", "broken"),
    ]


def test_a_line_that_is_too_long_is_one_failure_and_is_never_held(tmp_path, monkeypatch):
    monkeypatch.setattr("pykala.batch.texts._LONGEST_PATH", 10)
    (tmp_path / "list").write_text("a" * 1_000 + "\nb\n")
    uris = [one[0] for one in found(lists=(str(tmp_path / "list"),))]
    assert [len(uri) for uri in uris] == [11, 1]


def test_a_pattern_that_the_shell_left_alone_is_sorted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b/2.txt", "a/1.txt", "a/c/3.txt", "[x].txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    assert [one[0] for one in found("**/[0-9].txt")] == ["a/1.txt", "a/c/3.txt", "b/2.txt"]
    assert [one[0] for one in found("[x].txt")] == ["[x].txt"]
    with pytest.raises(WrongInput, match="no such file"):
        inputs(Wanted(["*.pdf"]))


def test_what_a_list_names_and_is_not_there_is_a_failure_in_its_turn(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("A")
    Path("list").write_text("a.txt\r\n\nnowhere.txt\n.\n")
    listed = list(inputs(Wanted(lists=["list"])))
    assert [one.uri for one in listed] == ["a.txt", "nowhere.txt", "./a.txt"]
    with pytest.raises(PykalaError, match="No such file"):
        read_source(listed[1])


def test_a_list_is_read_as_it_comes(tmp_path):
    (tmp_path / "list").write_text("a.txt\n" * 3)
    coming = inputs(Wanted(lists=[str(tmp_path / "list")]))
    assert next(coming).uri == "a.txt"
    with (tmp_path / "list").open("a") as stream:
        stream.write("late.txt\n" * 20_000)
    assert sum(one.uri == "late.txt" for one in coming) == 20_000


def test_a_file_that_is_too_large_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(10**12)
    with pytest.raises(TooLarge, match="1,000,000,000,000 bytes"):
        read_source(Source(str(path)))


def test_an_address_that_no_file_can_have_can_still_be_told():
    assert printable("a\udce4.txt") == "a\ufffd.txt"
    assert printable("half \ud800") == "half ?"


def test_how_many_there_will_be_is_told_only_where_it_is_known(tmp_path):
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").touch()
    assert count(Wanted([str(tmp_path), str(tmp_path / "*.txt")])) == 4
    zipped(tmp_path / "c.zip", {"c.txt": b"C"})
    assert count(Wanted([str(tmp_path)])) is None


@given(wanted=st.lists(st.sampled_from("a A a-2 a-3 b a-2-2".split()), max_size=20), held=st.integers(0, 5))
def test_names_are_new_whether_they_are_held_in_memory_or_in_a_file(wanted, held):
    before, naming.HELD = naming.HELD, held
    try:
        names = Names()
        given_out = [names.new(name) for name in wanted]
    finally:
        naming.HELD = before
    assert len({name.casefold() for name in given_out}) == len(wanted)
    assert given_out == [naming.Names.new(fresh, name) for fresh in [Names()] for name in wanted]


@given(st.text(max_size=300))
def test_a_document_is_called_something_that_a_file_can_be_called(uri):
    name = stem(uri)
    assert name
    assert len(name.encode("utf-8", "surrogateescape")) <= 200
    assert not set(name) & set("/\\\0\n")
    assert name.strip(".")


@given(
    content=st.binary(max_size=60),
    steps=st.lists(st.tuples(st.booleans(), st.integers(0, 20)), max_size=12),
)
def test_a_bounded_stream_gives_what_the_stream_gives(content, steps):
    bounded, plain = Bounded(io.BytesIO(content), most=100, at_once=50), io.BytesIO(content)
    for back, size in steps:
        if back and plain.tell():
            target = plain.tell() - 1
            if bounded.tell() == target + 1 and not bounded._again:
                bounded.seek(target)
                plain.seek(target)
        assert bounded.read(size) == plain.read(size)
        assert bounded.tell() == plain.tell()


def test_a_bounded_stream_ends_in_an_error_before_it_gives_too_much():
    with pytest.raises(TooLarge, match="unpacks to more than 10 bytes"):
        Bounded(io.BytesIO(bytes(20)), most=10, at_once=50).read(20)
    with pytest.raises(TooLarge, match="claims more"):
        Bounded(io.BytesIO(bytes(20)), most=10, at_once=5).read(6)
    with pytest.raises(OSError, match="forwards"):
        Bounded(io.BytesIO(bytes(20)), most=100, at_once=50).seek(-3)
