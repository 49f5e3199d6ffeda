"""Names of institutions: where they begin and end, in which case they stand, and which of them mean the same one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.extract import institutions
from pykala.model import Name


def read(text: str, **context: str) -> tuple[Name, ...]:
    names = institutions.find(text, **context).values  # type: ignore[arg-type]
    for name in names:
        assert text[name.start : name.end] == name.text
    return names


def entities(text: str, **context: str) -> list[str]:
    """The fullest name of each entity, in order of its first mention."""
    grouped: dict[str, list[str]] = {}
    for name in read(text, **context):
        grouped.setdefault(name.key, []).append(name.name)
    return [max(names, key=len) for names in grouped.values()]


def cases(text: str, **context: str) -> list[tuple[str, str | None]]:
    return [(name.name, name.case) for name in read(text, **context)]


# ---------------------------------------------------------------- bodies and offices


def test_a_chain_of_genitives_is_one_body() -> None:
    assert entities("Kaupunginhallituksen elinkeinojaosto hyväksyi linjauksen.") == [
        "Kaupunginhallituksen elinkeinojaosto"
    ]


def test_only_the_last_part_of_a_chain_inflects() -> None:
    assert cases("Asia siirtyi kaupunginhallituksen maajaostolle.") == [("kaupunginhallituksen maajaosto", "allative")]


def test_a_short_form_means_the_body_named_in_full() -> None:
    text = "Kaupunginhallituksen maajaosto kokoontui. Maajaosto päätti vuokrasta. Jaosto kuuli selvityksen."
    assert len(entities(text)) == 1
    assert [n.bare for n in read(text)] == [False, False, True]


def test_a_bare_head_means_nothing_where_no_body_is_named() -> None:
    assert entities("Jaosto kokoontuu, ja lautakunta lausuu. Hallitus vaihtuu.") == []


def test_parts_of_a_listed_compound_belong_to_one_body() -> None:
    assert entities("Lausunnon antoi sosiaali-, terveys- ja pelastuslautakunta.") == [
        "sosiaali-, terveys- ja pelastuslautakunta"
    ]


def test_plural_heads_with_several_owners_are_several_bodies() -> None:
    text = "Lausunnot antoivat Uudenmaan ja Hämeen liitot sekä Lahden ja Kouvolan kaupungit."
    assert entities(text) == ["Uudenmaan liitto", "Hämeen liitto", "Lahden kaupunki", "Kouvolan kaupunki"]


def test_shares_in_brackets_do_not_break_a_list_of_towns() -> None:
    text = "Omistajia ovat Lahden (60 %), Kouvolan (30 %) ja Kotkan (10 %) kaupungit."
    assert entities(text) == ["Lahden kaupunki", "Kouvolan kaupunki", "Kotkan kaupunki"]


def test_the_towns_council_is_one_with_and_without_its_town_and_abbreviated() -> None:
    text = "Turun kaupunginvaltuusto kokoontui. Kaupunginvaltuusto päätti. Kv 12.3.2024 § 5."
    assert len({n.key for n in read(text, home="Turku")}) == 1


def test_another_towns_council_is_another() -> None:
    text = "Kaupunginvaltuusto hyväksyy sopimuksen, kun Raision kaupunginvaltuusto on hyväksynyt sen."
    assert len(entities(text, home="Turku")) == 2


def test_an_owner_of_its_own_is_an_entry_beside_its_part() -> None:
    assert entities("Vaatimus jätetään Lahden kaupungin kirjaamoon.") == [
        "Lahden kaupungin kirjaamo",
        "Lahden kaupunki",
    ]


def test_a_municipal_board_in_a_towns_page_is_that_of_the_law() -> None:
    assert entities("Kaupunginhallitus päätti. Lain mukaan kunnanhallitus vastaa valvonnasta.", home="Lahti") == [
        "Kaupunginhallitus"
    ]


def test_a_misspelt_body_is_the_one_named_more_often() -> None:
    text = "Elinkeinojaosto päätti. Elinkeinojaosto kuuli. Pöytäkirja on elineinojaoston sivulla."
    assert len(entities(text)) == 1


def test_a_stray_hyphen_is_quoted_but_not_named() -> None:
    (name,) = read("Valitusoikeus on Pirkan-maan elinkeino-, liikenne- ja ympäristökeskuksella.")
    assert name.text.startswith("Pirkan-maan")
    assert name.name == "Pirkanmaan elinkeino-, liikenne- ja ympäristökeskus"


def test_the_header_names_what_its_text_calls_by_the_bare_head() -> None:
    (name,) = read("Lautakunta päätti lausunnosta.", body="Vapaa-ajan lautakunta")
    assert "vapaa-ajan lautakunta" in name.aliases


# ---------------------------------------------------------------- companies, associations, foundations


@pytest.mark.parametrize(
    ("text", "name", "case"),
    [
        ("Laina myönnetään Kivi Oy:lle.", "Kivi Oy", "allative"),
        ("Lautakunta kuuli Oy Kivi Ab:ta ennen päätöstä.", "Oy Kivi Ab", "partitive"),
        ("Takaus annetaan Kiinteistö Oy Rannanlinnalle.", "Kiinteistö Oy Rannanlinna", "allative"),
        ("Osakkeet myydään Asunto Oy Rannankatu 3:n osakkaille.", "Asunto Oy Rannankatu 3", "genitive"),
        ("Avustus peritään Sana ja Sävel ry:ltä.", "Sana ja Sävel ry", "ablative"),
        ("Tilan vuokraa Helmi 77 Finland Oy.", "Helmi 77 Finland Oy", "nominative"),
        ("Tarjouksen jätti Suunnittelutoimisto Oy Mäki & Co.", "Suunnittelutoimisto Oy Mäki & Co", "nominative"),
        ("Staden beviljar Skärgårdens Vänner rf bidrag.", "Skärgårdens Vänner rf", "nominative"),
        ("Tontti luovutetaan Osuuskunta Kivelle.", "Osuuskunta Kivi", "allative"),
    ],
)
def test_a_legal_form_shows_a_name_with_its_bounds_and_case(text: str, name: str, case: str) -> None:
    assert (name, case) in cases(text)


def test_an_opening_verb_or_noun_is_no_part_of_a_name() -> None:
    assert entities("Hakija Kivi Oy vastaa kuluista.\nMyönnetään Puu Oy:lle lupa.") == ["Kivi Oy", "Puu Oy"]


def test_two_companies_joined_by_and_stay_two() -> None:
    assert entities("Sopimuksen tekevät Kivi Oy ja Puu Oy sekä Rannan säätiö sr.") == [
        "Kivi Oy",
        "Puu Oy",
        "Rannan säätiö sr",
    ]


def test_a_company_without_its_form_word_is_the_same_one() -> None:
    text = "Lehtolan Asunnoille laina\n\nKaupunki lainaa Lehtolan Asunnot Oy:lle. Lehtolan Asunnot maksaa korkoa."
    assert len({n.key for n in read(text)}) == 1


def test_spelling_with_and_without_a_space_is_one_foundation() -> None:
    assert len(entities("Rannan museo säätiö sr hakee tukea. Rannan Museosäätiö sai sen.")) == 1


def test_an_alias_in_brackets_is_found_later() -> None:
    text = "Sopimus tehdään Suomen Laituripalvelut Oy:n (jäljempänä Sigma) kanssa. Sopimus velvoittaa Sigmaa."
    assert len({n.key for n in read(text)}) == 1
    assert read(text)[-1].name == "Sigma"


def test_a_business_id_is_kept_if_its_check_digit_is_right() -> None:
    assert read("Tontti varataan Kivi Oy:lle (Y-tunnus 0201256-6).")[0].business_id == "0201256-6"
    assert read("Tontti varataan Kivi Oy:lle (Y-tunnus 0201256-7).")[0].business_id is None


def test_two_languages_of_one_association_are_one_name() -> None:
    assert len(entities("Rannan Kyläseura ry – Strands byaförening rf 5 000 euroa")) == 1


# ---------------------------------------------------------------- towns


def test_a_town_counts_with_its_word_and_bare_where_it_acts() -> None:
    assert entities("Lahden kaupunki osti alueen. Vastuukunta Hollola valitsee jäsenet. Asikkala maksaa osansa.") == [
        "Lahden kaupunki", "Hollola", "Asikkala",
    ]  # fmt: skip


def test_a_town_as_a_place_is_no_institution() -> None:
    assert entities("Tapahtuma järjestetään Lahdessa. Tie kulkee Hollolan kautta Asikkalaan.") == []


def test_towns_listed_for_a_joint_body_are_institutions() -> None:
    text = "Hollolan, Asikkalan ja Padasjoen yhteisessä lautakunnassa on yhdeksän jäsentä."
    assert entities(text) == ["Hollola", "Asikkala", "Padasjoki"]


# ---------------------------------------------------------------- Swedish and English


def test_swedish_names_stay_definite_and_lose_only_the_genitive() -> None:
    text = "Stadsstyrelsens beslut går till nämnden för fostran och utbildning. Helsingfors stad bär kostnaderna."
    assert entities(text, home="Helsinki") == [
        "Stadsstyrelsen",
        "nämnden för fostran och utbildning",
        "Helsingfors stad",
    ]


def test_council_and_board_are_the_same_in_every_language() -> None:
    text = "Helsinki City Board\n\nKaupunginhallitus päätti. Stadsstyrelsen beslutade."
    assert len({n.key for n in read(text, home="Helsinki")}) == 1


# ---------------------------------------------------------------- what is none


@pytest.mark.parametrize(
    "text",
    [
        "Hän teki valtuustoaloitteen hallitusohjelmasta.",
        "Hallituksen esitys on eduskuntakäsittelyssä.",
        "Lautakunnat, yhdistykset ja korkeakoulut lausuvat.",
        "Kaupunkikonsernin tavoitteet hyväksyttiin.",
        "Kansliapäällikkö ja kaupunginjohtaja esittelivät asian.",
        "Uusi koulurakennus valmistuu Rantatielle.",
        "Vihreä silta -hanke jatkuu, ja Puisto-ohjelma päättyy.",
        "Kuntalain ja rahastosäätiölain muutokset tulevat voimaan.",
        "Kivelän koulun tontti myydään.",
        "Aino Salo (kok.) esitti palautusta.",
    ],
)
def test_what_names_no_institution_gives_nothing(text: str) -> None:
    assert entities(text) == []


# ---------------------------------------------------------------- any text

NAMES = st.sampled_from(["Bonava", "Helima", "Tuuliko", "Rasmelo", "Kouvanto"]).flatmap(
    lambda a: st.sampled_from([a, a + " Suomi", "Suomen " + a, a + " & Pojat", a + "-Tekniikka", a + " 24"])
)
FORMS = st.sampled_from(["Oy", "Oyj", "Ky", "ry", "sr", "Ab"])
COLON = st.sampled_from(
    [
        ("", "nominative"),
        (":n", "genitive"),
        (":lle", "allative"),
        (":lta", "ablative"),
        (":sta", "elative"),
        (":lla", "adessive"),
    ]
)
CARRIERS = st.sampled_from(
    [
        "Lautakunta käsitteli asiaa, jossa {} oli osapuolena.",
        "- {} 4 500 euroa",
        "Sopimus: {}.",
        "Päätös koskee yhtiötä {} ja sen osakkaita.",
        "(AK) 10672/1 {} (Y-tunnus 0201256-6)",
        "Tarjous, {}, 12 300 €\nMuut asiat",
        "1. {}",
    ]
)


@given(CARRIERS, NAMES, FORMS, COLON)
def test_an_invented_name_comes_back_from_any_sentence_and_case(
    carrier: str, name: str, form: str, colon: tuple[str, str]
) -> None:
    ending, case = colon
    assert (f"{name} {form}", case) in cases(carrier.format(f"{name} {form}{ending}"))


@given(st.text(max_size=200))
def test_any_text_gives_quotes_in_order(text: str) -> None:
    starts = [n.start for n in read(text)]
    assert starts == sorted(starts)


@given(
    st.lists(
        st.sampled_from(
            [
                "Lahden",
                "kaupungin",
                "lautakunta",
                ",",
                "ja",
                "Oy",
                "-",
                "(",
                ")",
                "ry:n",
                "Kivi",
                "\n",
                "\t",
                "sosiaali-",
            ]
        )
    )
)
def test_any_order_of_the_words_of_names_is_read_without_harm(words: list[str]) -> None:
    text = " ".join(words)
    assert institutions.find(text) == institutions.find(text)
