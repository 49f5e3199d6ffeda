"""Finnish nominal inflection of names and heads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.extract.endings import nominative_of
from pykala.extract.inflection import colon_case, paradigm
from pykala.extract.proper_nouns import case_as_form_of, case_by_ending, undo_ending

STEMS = st.text("bdfghjklmnprstv", min_size=1, max_size=1).flatmap(
    lambda c: st.sampled_from([c + rest for rest in ("onav", "elim", "urav", "isar", "alon", "umil", "ohel")])
)
ENDINGS = {
    "genitive": "n", "inessive": "ssa", "elative": "sta", "adessive": "lla", "ablative": "lta", "allative": "lle",
    "translative": "ksi",
}  # fmt: skip


@pytest.mark.parametrize(
    ("nominative", "genitive", "form", "case"),
    [
        ("lautakunta", "lautakunnan", "lautakunnalle", "allative"),
        ("lautakunta", "lautakunnan", "lautakuntaan", "illative"),
        ("kaupunki", "kaupungin", "kaupungilta", "ablative"),
        ("oikeus", "oikeuden", "oikeuteen", "illative"),
        ("oikeus", "oikeuden", "oikeutta", "partitive"),
        ("hallitus", "hallituksen", "hallituksesta", "elative"),
        ("hyvinvointialue", "hyvinvointialueen", "hyvinvointialueelle", "allative"),
        ("liitto", "liiton", "liittoa", "partitive"),
        ("keskus", "keskuksen", "keskuksena", "essive"),
        ("säätiö", "säätiön", "säätiöllä", "adessive"),
        ("Lahti", "Lahden", "Lahteen", "illative"),
        ("Espoo", "Espoon", "Espooseen", "illative"),
        ("Kauniainen", "Kauniaisten", "Kauniaisten", "genitive"),
        ("Varkaus", "Varkauden", "Varkaudelle", "allative"),
    ],
)
def test_a_form_of_a_known_noun_shows_its_case(nominative: str, genitive: str, form: str, case: str) -> None:
    assert paradigm(nominative, genitive)[form] == (case, False)


@pytest.mark.parametrize(("form", "plural"), [("lautakunnat", True), ("lautakuntien", True), ("lautakunnan", False)])
def test_a_plural_is_told_from_the_singular(form: str, plural: bool) -> None:
    assert paradigm("lautakunta", "lautakunnan")[form].plural is plural


@given(STEMS, st.sampled_from("aou"), st.sampled_from(sorted(ENDINGS)))
def test_an_invented_name_is_recognised_in_every_case(stem: str, vowel: str, case: str) -> None:
    """A name is compared with a nominative that the document uses."""
    name = (stem + vowel).capitalize()
    assert case_as_form_of(name + ENDINGS[case], name) == case


@given(STEMS, st.sampled_from("aou"), st.sampled_from(sorted(ENDINGS)))
def test_an_ending_is_undone_where_no_nominative_is_known(stem: str, vowel: str, case: str) -> None:
    name = (stem + vowel).capitalize()
    assert undo_ending(name + ENDINGS[case]) == name
    assert case_by_ending(name + ENDINGS[case]) == case


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_words_can_be_compared(word: str, other: str) -> None:
    case_as_form_of(word, other)
    undo_ending(word)
    nominative_of(word)


@pytest.mark.parametrize(
    ("form", "nominative", "case"),
    [
        ("Asunnoille", "Asunnot", "allative"),
        ("Asuntojen", "Asunnot", "genitive"),
        ("Toivosen", "Toivonen", "genitive"),
        ("Helmeltä", "Helmi", "ablative"),
        ("Satamakadulle", "Satamakatu", "allative"),
        ("Kangaksen", "Kangas", "genitive"),
        ("Kankaan", "Kangas", "genitive"),
        ("Rinteelle", "Rinne", "allative"),
        ("Metropoliin", "Metropol", "illative"),
        ("Aurinko", "Auringot", None),
        ("Tahko", "Tähti", None),
    ],
)
def test_proper_nouns_of_many_shapes_are_compared(form: str, nominative: str, case: str | None) -> None:
    assert case_as_form_of(form, nominative) == case


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("Rannanlinnan", "Rannanlinna"),
        ("Kivirinteelle", "Kivirinne"),
        ("Itälahden", "Itälahti"),
        ("Toimitilojen", "Toimitilat"),
        ("Laiturikadulta", "Laiturikatu"),
        ("12:n", "12"),
    ],
)
def test_nouns_that_close_names_show_the_way_back(form: str, nominative: str) -> None:
    assert nominative_of(form)[0] == nominative


@pytest.mark.parametrize(
    ("ending", "case"),
    [("n", "genitive"), ("lle", "allative"), ("ään", "illative"), ("t", "genitive"), ("s", "genitive"), ("foo", None)],
)
def test_an_ending_after_a_colon_shows_the_case(ending: str, case: str | None) -> None:
    assert colon_case(ending) == case
