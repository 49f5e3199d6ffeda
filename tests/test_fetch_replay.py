"""What comes out of a WARC file without the web, ours or anyone else's."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pykala.errors import StoreDamaged, StoreError
from pykala.fetch import documents

HTML = "text/html; charset=utf-8"


def foreign(*pages: tuple[str, str, bytes], gzipped: bool = True, **headers: str) -> bytes:
    """A WARC file as other programs write it: requests, responses and a warcinfo record."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("foreign.warc", {"software": "another"}))
    for address, media_type, body in pages:
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "kyla.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(address, "request", http_headers=request))
        named = [("Content-Type", media_type), *((k.replace("_", "-"), v) for k, v in headers.items())]
        http = StatusAndHeaders("200 OK", named, protocol="HTTP/1.1")
        dated = {"WARC-Date": "2024-01-02T03:04:05Z"}
        writer.write_record(
            writer.create_warc_record(
                address, "response", BytesIO(body), len(body), http_headers=http, warc_headers_dict=dated
            )
        )
    return out.getvalue()


@pytest.mark.parametrize("gzipped", [True, False])
def test_anyone_elses_warc_gives_its_pages(tmp_path, gzipped):
    path = tmp_path / ("foreign.warc.gz" if gzipped else "foreign.warc")
    pages = [
        ("https://kyla.example/a", HTML, b"<p>one</p>"),
        ("https://kyla.example/logo", "image/png", b"\x89PNG"),
        ("https://kyla.example/robots.txt", "text/plain", b"User-agent: *"),
        ("https://kyla.example/b.pdf", "application/pdf", b"%PDF-1.7"),
        ("https://kyla.example/c", "application/json", b"{}"),
        ("https://kyla.example/a", HTML, b"<p>two</p>"),
    ]
    path.write_bytes(foreign(*pages, gzipped=gzipped))
    found = [(one.uri.rpartition("/")[2], one.content, one.retrieved_at) for one in documents(path)]
    day = "2024-01-02T03:04:05Z"
    assert found == [("a", b"<p>two</p>", day), ("b.pdf", b"%PDF-1.7", day), ("c", b"{}", day)]


def test_bodies_come_decoded_however_they_were_sent(tmp_path):
    path = tmp_path / "foreign.warc.gz"
    packed = gzip.compress(b"<p>one</p>")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    headers = {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}
    path.write_bytes(foreign(("https://kyla.example/a", HTML, chunked), **headers))
    assert [one.content for one in documents(path)] == [b"<p>one</p>"]


def test_a_body_that_is_not_coded_as_it_says_stops_no_other(tmp_path, capfd):
    path = tmp_path / "foreign.warc.gz"
    pages = [
        ("https://kyla.example/a", HTML, b"\x1f\x8b\x08broken"),
        ("https://kyla.example/b", HTML, gzip.compress(b"two")),
    ]
    path.write_bytes(foreign(*pages, Content_Encoding="gzip"))
    assert [one.content for one in documents(path)] == [b"\x1f\x8b\x08broken", b"two"]
    assert capfd.readouterr() == ("", "")


def test_a_bomb_is_unpacked_no_further_than_a_reader_reads(tmp_path):
    path = tmp_path / "foreign.warc.gz"
    bomb = gzip.compress(bytes(30_000_000))
    path.write_bytes(foreign(("https://kyla.example/a", HTML, bomb), Content_Encoding="gzip"))
    assert [len(one.content) for one in documents(path, limit=1_000)] == [1_001]


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("cut", [1, 5, 40, 300])
def test_a_file_that_breaks_off_gives_what_is_whole(tmp_path, gzipped, cut):
    path = tmp_path / ("foreign.warc.gz" if gzipped else "foreign.warc")
    pages = [(f"https://kyla.example/{name}", HTML, name.encode() * 400) for name in "abc"]
    path.write_bytes(foreign(*pages, gzipped=gzipped)[:-cut])
    assert [one.uri[-1] for one in documents(path)] == ["a", "b"]


@pytest.mark.parametrize(
    "content", [b"<p>page</p>\r\n\r\n" * 99, gzip.compress(b"notes" * 99, mtime=0)], ids=["text", "gzip"]
)
def test_what_is_no_warc_is_told(tmp_path, content):
    path = tmp_path / "notes.warc"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="byte 0"):
        list(documents(path))


def test_a_warc_that_is_packed_as_one_is_told_with_what_to_do(tmp_path):
    path = tmp_path / "foreign.warc.gz"
    path.write_bytes(gzip.compress(foreign(("https://kyla.example/a", HTML, b"one"), gzipped=False)))
    with pytest.raises(StoreDamaged, match="warcio recompress"):
        list(documents(path))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StoreError, match=r"none\.warc"):
        list(documents(tmp_path / "none.warc"))
