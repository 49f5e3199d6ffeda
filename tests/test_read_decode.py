"""Text comes out right whatever encoding the bytes are in and whatever they say of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.read.decode import decode, unmojibake

SENTENCE = "Kaupunginhallitus päätti myöntää 5 000 € – lähes yhtä paljon kuin Åbo Akademi sai § 12:n mukaan."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "utf-32"]
)
def test_any_usual_encoding_is_found_by_trial(encoding):
    assert decode(SENTENCE.encode(encoding)).text == SENTENCE


@pytest.mark.parametrize(
    ("declared", "used"),
    [("utf-8", "windows-1252"), ("windows-1252", "utf-8"), ("iso-8859-1", "windows-1252"), ("nonsense", "utf-8")],
)
def test_a_lying_declaration_does_not_matter(declared, used):
    page = f'<meta charset="{declared}"><p>{SENTENCE}</p>'
    assert decode(page.encode(used)).text == page


def test_a_declared_latin_9_gives_its_euro_sign():
    page = '<meta charset="iso-8859-15"><p>Vyöhykelippu maksaa 3 €, päivälippu 9 €.</p>'
    assert decode(page.encode("iso-8859-15")).text == page


def test_old_dos_text_is_told_from_windows_text():
    text = "Lautakunta päätti hyväksyä pöytäkirjan."
    assert decode(text.encode("cp850")).text == text


def test_utf_8_once_read_as_windows_1252_is_put_right_and_reported():
    mangled = SENTENCE.encode().decode("windows-1252")
    found = decode(mangled.encode())
    assert (found.text, found.repaired) == (SENTENCE, "mojibake")


def test_mangled_words_among_right_ones_are_put_right_alone():
    assert unmojibake("Päätös: hyvÃ¤ksyttiin Ã¤Ã¤nin 7â€“4") == "Päätös: hyväksyttiin äänin 7–4"


def test_a_few_bytes_of_another_encoding_in_a_utf_8_page_are_read_and_reported():
    data = "Päätös tehtiin äänin. ".encode() + "Pöytäkirja".encode("windows-1252")
    found = decode(data)
    assert (found.text, found.repaired) == ("Päätös tehtiin äänin. Pöytäkirja", "mixed")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_utf_8_is_never_mended_beyond_mangled_pairs(text):
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text


@given(st.text(alphabet="abcåäöé. 0123456789", min_size=1, max_size=60))
def test_windows_text_comes_back_as_it_was_written(text):
    assert decode(text.encode("windows-1252")).text == text


@given(st.binary(max_size=300))
def test_no_bytes_at_all_make_the_decoder_fail(data):
    assert isinstance(decode(data).text, str)
