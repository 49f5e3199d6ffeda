"""The format is found from the bytes, and what cannot be read is refused in one clear line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.errors import BrokenDocument, EmptyDocument, NoText, ReadError, TooLarge, UnknownFormat
from pykala.read import Limits, read

TEXT = "Kaupunginhallitus päätti hyväksyä suunnitelman."


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (TEXT.encode(), "text/plain"),
        (f"<p>{TEXT}</p>".encode(), "text/html"),
        (f"Alku ilman merkkejä <b>lihava</b> <i>kursiivi</i></p><p>{TEXT}</p>".encode(), "text/html"),
        (f'{{"Title": "Asia", "Content": "<p>{TEXT}</p>"}}'.encode(), "application/json"),
        (f'["{TEXT}"]'.encode(), "application/json"),
        (f"[1] Viite. {TEXT}".encode(), "text/plain"),
        (f"Luku 3 < 4 ja 5 > 4. {TEXT}".encode(), "text/plain"),
    ],
)
def test_the_name_does_not_matter_the_bytes_do(data, media_type):
    bulletin = read(data, "misleading.pdf")
    assert bulletin.source.media_type == media_type
    assert TEXT in bulletin.text
    assert bulletin.source.size == len(data)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00"])
def test_nothing_is_an_empty_document(data):
    with pytest.raises(EmptyDocument):
        read(data, "x")


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"PK\x03\x04word/document.xml", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"{\\rtf1\\ansi Hei}", "rich text"),
        (b"abc\x00\x01\x02\x03\x04\x05" * 20, "binary"),
    ],
)
def test_what_is_no_document_is_refused_by_its_name(data, named):
    with pytest.raises(UnknownFormat, match=named):
        read(data, "x")


@pytest.mark.parametrize(
    ("data", "limits", "named"),
    [
        (b"a" * 101, Limits(bytes=100), "bytes"),
        (b"<div>" * 60 + b"teksti", Limits(depth=50), "depth"),
        (b"<b>" * 50_000, Limits(), "depth"),
        (b'{"a":' * 60 + b'"teksti"' + b"}" * 60, Limits(depth=50), "depth"),
        (b"[" * 100_000, Limits(), "depth"),
        (b"sana " * 100, Limits(characters=99), "characters"),
    ],
)
def test_what_is_too_large_is_refused_by_the_name_of_the_limit(data, limits, named):
    with pytest.raises(TooLarge, match=named):
        read(data, "x", limits=limits)


def test_damaged_json_tells_the_line():
    with pytest.raises(BrokenDocument, match="line 2"):
        read(b'{"Title": "Asia",\n "Content" "teksti"}', "asia.json")


@pytest.mark.parametrize(
    "data", [b"<html><body><script>alert(1)</script></body></html>", b'{"a": 1}', b"<p>&nbsp;</p>"]
)
def test_a_page_that_shows_no_text_is_told_so(data):
    with pytest.raises(NoText):
        read(data, "x")


def test_an_error_names_the_document_the_fault_and_the_remedy_in_one_line():
    with pytest.raises(EmptyDocument) as caught:
        read(b"", "kansio/asia.html")
    assert str(caught.value) == "kansio/asia.html: it is empty (fetch the file again)"


def outcome(data):
    try:
        return read(data, "x")
    except ReadError as error:
        return error


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_a_read_error(data):
    found = outcome(data)
    assert (found.source == "x" and found.remedy) if isinstance(found, ReadError) else found.text.strip()


@given(
    st.recursive(st.none() | st.text() | st.integers(), lambda held: st.lists(held) | st.dictionaries(st.text(), held))
)
def test_no_json_raises_anything_but_a_read_error(value):
    found = outcome(json.dumps(value).encode())
    assert isinstance(found, ReadError) or found.text.strip()
