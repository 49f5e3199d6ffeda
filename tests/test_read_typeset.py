"""White space, hyphens and broken words are set once, and numbers survive it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.read import typeset


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_a_single_narrow_or_unbreakable_space_between_digits_stays(space):
    assert typeset.line(f"1{space}250{space}000 euroa") == f"1{space}250{space}000 euroa"


@pytest.mark.parametrize("gap", ["  ", "\u00a0\u00a0", " \u00a0", "\t", "\u2003\u2003\u2003", "\u3000"])
def test_wider_white_space_becomes_one_plain_space(gap):
    assert typeset.line(f"{gap}Päätös{gap}Ehdotus{gap}") == "Päätös Ehdotus"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("kaupungin\u00adhallitus", "kaupunginhallitus"),
        ("kaupungin\u00ad\nhallitus", "kaupunginhallitus"),
        ("kaupungin\u00ad hallitus", "kaupunginhallitus"),
        ("ikä\u00ad ja kielijakauma", "ikä- ja kielijakauma"),
        ("650\u00ad000", "650000"),
        ("o\ufb01sielt\u200bä", "ofisieltä"),
        ("ka\u0308ra\u0308ja\u0308t", "käräjät"),
        ("ensin\r\ntoiseksi\rkolmanneksi", "ensin\ntoiseksi\nkolmanneksi"),
    ],
)
def test_characters_without_width_go_and_the_word_is_whole(written, read):
    assert typeset.characters(written) == read


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        ("Kaupungin-", "hallitus päätti", "Kaupunginhallitus päätti"),
        ("talous-", "arvio", "talousarvio"),
        ("ikä-", "ja kielijakauma", "ikä- ja kielijakauma"),
        ("tulli-", "tai poliisivalvonta", "tulli- tai poliisivalvonta"),
        ("social-", "och hälsovården", "social- och hälsovården"),
        ("Etelä-", "Savon käräjäoikeus", "Etelä-Savon käräjäoikeus"),
        ("EU-", "rahoitus", "EU-rahoitus"),
        ("raja-", "arvo", "raja-arvo"),
        ("vuosina 2024-", "2026", "vuosina 2024-2026"),
        ("vuosina 2024–", "2026", "vuosina 2024–2026"),
        ("Valo 100 -", "juhlavuosi", "Valo 100 -juhlavuosi"),
        ("noin 312", "540 euroa", "noin 312 540 euroa"),
        ("vuonna 2025", "300 000 euroa", "vuonna 2025 300 000 euroa"),
        ("päätös –", "vaikka myöhässä", "päätös – vaikka myöhässä"),
    ],
)
def test_lines_are_joined_as_the_words_are_written(upper, lower, joined):
    assert typeset.join(upper, lower) == joined
    assert typeset.wrapped([upper, lower]) == joined


def test_a_broken_word_is_mended_but_other_lines_stay_apart():
    assert typeset.lines("Kaupungin-\nhallitus\n\nRantatie 1\nikä-\nja") == "Kaupunginhallitus\nRantatie 1\nikä-\nja"


@given(st.text())
def test_set_text_is_set_already(text):
    once = typeset.lines(typeset.characters(text))
    assert all(line == typeset.line(line) for line in once.split("\n"))


@given(st.text())
def test_no_set_line_starts_or_ends_with_white_space(text):
    assert all(line == line.strip() for line in typeset.lines(typeset.characters(text)).split("\n"))


@given(st.lists(st.text(alphabet="abå ", min_size=1), min_size=1))
def test_wrapping_loses_no_letter(pieces):
    assert typeset.wrapped(pieces).replace(" ", "") == "".join(pieces).replace(" ", "")
