"""The store keeps every response as it came, once, whatever happens to the process that writes it."""

from __future__ import annotations

import gzip
import itertools
import os
import subprocess
import sys
import zlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from pykala.errors import StoreBusy, StoreDamaged, StoreError
from pykala.fetch import archive
from pykala.fetch.exchange import Exchange
from pykala.fetch.records import Asked
from pykala.fetch.store import Store

PAGE = "https://kyla.example/kokous/1"
ASKED = Asked(
    PAGE, "bulletin", "Kylä", via="https://kyla.example/", day=date(2025, 5, 12), title="Kunnanhallitus 12.5.2025"
)
PLAN = {"sources": ["Kylä"], "since": "2025-05-01"}


TIMES = (datetime(2025, 6, 1, tzinfo=UTC) + timedelta(seconds=n) for n in itertools.count())


def opened(path: Path) -> Store:
    store = Store.open(path, clock=lambda: next(TIMES))
    store.begin(PLAN, "pykala test")
    return store


def said(body: bytes, status: int = 200, *more: tuple[str, str]) -> Exchange:
    headers = (("Content-Type", "text/html"), *more)
    reason = {200: "OK", 304: "Not Modified", 404: "Not Found"}.get(status, "")
    return Exchange(PAGE, status, reason, "HTTP/1.1", headers, body, (), "192.0.2.1", next(TIMES))


def keep(store: Store, body: bytes, status: int = 200, *more: tuple[str, str], asked: Asked = ASKED) -> str:
    return store.keep(asked, said(body, status, *more), body)


def kinds(path: Path) -> list[str]:
    return [entry.kind for entry in archive.entries(path)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.warc.gz"


def test_a_response_is_kept_as_it_came(path):
    body = gzip.compress("<p>Päätös</p>".encode(), mtime=0)
    headers = (
        ("Content-Type", "text/html; charset=iso-8859-1"),
        ("Content-Encoding", "gzip"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    )
    with opened(path) as store:
        exchange = Exchange(PAGE, 200, "OK", "HTTP/1.1", headers, body, (), "192.0.2.1", next(TIMES))
        store.keep(ASKED, exchange, "<p>Päätös</p>".encode())
    with path.open("rb") as stream:
        record = next(one for one in ArchiveIterator(stream) if one.rec_type == "response")
        assert record.http_headers.statusline == "200 OK"
        assert tuple(record.http_headers.headers) == headers
        assert record.raw_stream.read() == body


def test_any_other_reader_of_warc_finds_the_store_sound(path, capsys):
    with opened(path) as store:
        keep(store, b"one")
        keep(store, b"one")
        keep(store, b"two", 200, ("Transfer-Encoding", "chunked"))
        store.end({"bulletins": 1})
    checker = Checker(type("Arguments", (), {"verbose": True, "inputs": [str(path)]})())
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest failed" not in capsys.readouterr().out
    with path.open("rb") as stream:
        bodies = [one.content_stream().read() for one in ArchiveIterator(stream) if one.rec_type == "response"]
    assert bodies == [b"one", b"two"]


def test_a_page_that_has_not_changed_is_not_stored_twice(path):
    with opened(path) as store:
        assert keep(store, b"<p>the same</p>" * 500) == "new"
        before = path.stat().st_size
        assert keep(store, b"<p>the same</p>" * 500) == "same"
        assert keep(store, b"", 304) == "same"
        first = store.index.pages[PAGE].current
        mentions = [entry for entry in archive.entries(path) if entry.kind == "revisit"]
    assert kinds(path) == ["warcinfo", "response", "revisit", "revisit"]
    assert [one.fields["warc-refers-to"] for one in mentions] == [first.id, first.id]
    assert [one.fields["warc-profile"].rsplit("/", 1)[1] for one in mentions] == [
        "identical-payload-digest",
        "server-not-modified",
    ]
    assert path.stat().st_size - before < 2_000


def test_the_same_page_packed_anew_is_the_same_page(path):
    content = b"<p>Lautakunta</p>" * 99
    with opened(path) as store:
        for level in (1, 9):
            packed = zlib.compress(content, level)
            kept = store.keep(ASKED, said(packed, 200, ("Content-Encoding", "deflate")), content)
    assert kept == "same"


def test_a_page_that_differs_by_its_session_alone_is_the_same_page(path):
    page = '<html><input type=hidden value={0}><a href="x?id=1&amp;PHPSESSID={0}">§ 1</a> {1} <!-- {0} --></html>'
    with opened(path) as store:
        for session in ("3f", "77"):
            kept = keep(store, page.format(session, "Avustus").encode())
        assert kept == "same"
        assert store.content(store.index.pages[PAGE].current, 1000) == page.format("3f", "Avustus").encode()
        assert keep(store, page.format("77", "Laina").encode()) == "changed"


def test_a_changed_bulletin_is_a_new_revision_linked_to_the_old(path):
    with opened(path) as store:
        keep(store, b"first")
        old = store.index.pages[PAGE].current
        assert keep(store, b"second") == "changed"
        page = store.index.pages[PAGE]
        assert page.revisions == 2
        assert page.current.fields["pykala-revision-of"] == old.id
        assert store.content(old, 100) == b"first"
        assert store.content(page.current, 100) == b"second"


def test_a_vanished_bulletin_leaves_a_tombstone_linked_to_what_it_said(path):
    with opened(path) as store:
        keep(store, b"first")
        for _ in range(2):
            assert keep(store, b"no such page", 404) == "absent"
        page = store.index.pages[PAGE]
        assert page.tombstone.fields["warc-refers-to"] == page.current.id
        assert page.tombstone.fields["pykala-reason"] == "gone"
        assert store.content(page.current, 100) == b"first"
    assert kinds(path).count("metadata") == 1
    with Store.open(path) as again:
        assert again.index.pages[PAGE].tombstone is not None


def test_a_bulletin_that_comes_back_stands_again(path):
    with opened(path) as store:
        keep(store, b"first")
        keep(store, b"", 410)
        assert keep(store, b"first") == "same"
        assert store.index.pages[PAGE].tombstone is None


def test_what_a_store_knows_is_in_the_file_itself(path):
    with opened(path) as store:
        keep(store, b"first", 200, ("ETag", '"1"'))
        known = store.index.pages[PAGE]
    with Store.open(path) as again:
        assert again.index.pages[PAGE] == known
        assert again.index.pages[PAGE].current.http["etag"] == '"1"'
        assert again.index.pages[PAGE].asked.day == date(2025, 5, 12)


def test_a_run_that_was_stopped_goes_on_and_one_that_ended_does_not(path):
    with opened(path) as store:
        keep(store, b"first")
    with opened(path) as store:
        assert store.visited(PAGE)
        assert len(store.index.runs) == 1
        store.end({})
    with opened(path) as store:
        assert not store.visited(PAGE)
        assert len(store.index.runs) == 2


def test_a_stopped_run_of_another_plan_is_not_gone_on_with(path):
    with opened(path) as store:
        keep(store, b"first")
    with Store.open(path) as store:
        store.begin({**PLAN, "since": "2025-04-01"}, "pykala test")
        assert not store.visited(PAGE)


@given(st.integers(0, 10_000))
@settings(max_examples=60)
def test_a_record_that_is_torn_at_any_byte_is_cut_off_and_all_before_it_stand(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("torn") / "store.warc.gz"
    with opened(path) as store:
        for number in range(3):
            keep(store, os.urandom(400), asked=Asked(f"{PAGE}{number}", "bulletin", "Kylä"))
    whole = list(archive.entries(path))
    size = path.stat().st_size
    kept = cut % (size + 1)
    os.truncate(path, kept)
    standing = [entry for entry in whole if entry.offset + entry.length <= kept]
    assert [entry.id for entry in archive.entries(path)] == [entry.id for entry in standing]
    with opened(path) as store:
        end = standing[-1].offset + standing[-1].length if standing else 0
        assert store.repaired == kept - end
        assert keep(store, b"goes on") == "new"
    assert [entry.id for entry in archive.entries(path)][: len(standing)] == [entry.id for entry in standing]


def test_what_a_crash_of_the_machine_leaves_behind_the_last_record_is_cut_off(path):
    with opened(path) as store:
        keep(store, b"first")
    with path.open("ab") as stream:
        stream.write(bytes(4096))
    with opened(path) as store:
        assert store.repaired == 4096
        assert store.visited(PAGE)


@given(st.binary(min_size=300, max_size=300), st.floats(0.2, 0.95), st.integers(1, 255))
@settings(max_examples=60)
def test_damage_in_the_middle_is_told_and_nothing_is_cut(tmp_path_factory, body, place, change):
    path = tmp_path_factory.mktemp("damaged") / "store.warc.gz"
    with opened(path) as store:
        for number in range(3):
            keep(store, body, asked=Asked(f"{PAGE}{number}", "bulletin", "Kylä"))
    second = list(archive.entries(path))[1]
    data = bytearray(path.read_bytes())
    data[second.offset + int(second.length * place)] ^= change
    path.write_bytes(data)
    with pytest.raises(StoreDamaged, match=f"byte {second.offset}"):
        Store.open(path)
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    "content",
    [b"notes", bytes(64), gzip.compress(b"notes", mtime=0), gzip.compress(b"notes" * 99, mtime=0)[:-9]],
    ids=["text", "zeros", "gzip", "gzip that breaks off"],
)
def test_a_file_that_is_no_store_is_left_as_it_is(path, content):
    path.write_bytes(content)
    with pytest.raises(StoreError):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_name_that_tells_no_warc_is_refused(tmp_path):
    with pytest.raises(StoreError, match=r"\.warc\.gz"):
        Store.open(tmp_path / "records.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_two_runs_do_not_write_one_store_at_a_time(path):
    code = "import sys; from pathlib import Path; from pykala.fetch.store import Store; Store.open(Path(sys.argv[1]))"
    with opened(path):
        other = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
        assert "StoreBusy" in other.stderr
        with pytest.raises(StoreBusy):
            Store.open(path)
    Store.open(path).close()


def test_nothing_that_a_page_calls_itself_breaks_a_record(path):
    title = "Kaupunginhallitus\r\nPykala-Kind: tombstone\r\n\r\n" + "x" * 10_000
    asked = Asked(PAGE, "bulletin", "Kylä", title=title, body="Förvaltningsnämnden – §")
    with opened(path) as store:
        keep(store, b"first", 200, ("X-Name", "evil\r\nPykala: no"), ("X-Latin", "pöytäkirja"), asked=asked)
        page = store.index.pages[PAGE]
    assert page.asked.kind == "bulletin"
    assert page.asked.body == "Förvaltningsnämnden – §"
    assert len(page.asked.title) <= 2_000
    assert page.current.status == 200
    assert kinds(path) == ["warcinfo", "response"]
