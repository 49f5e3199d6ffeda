"""Sums of money: every written form, what limits them, what they are for, and what is no money."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pykala.extract import amounts

SPACES = [" ", "\u00a0", "\u2009", "\u202f"]


def read(text: str) -> list[tuple[str, str]]:
    """The sums of a text as written and as valued."""
    return [(a.text, _plain(a.value)) for a in amounts.find(text).values]


def values(text: str) -> list[str]:
    return [value for _, value in read(text)]


def only(text: str) -> amounts.Amount:
    found = amounts.find(text).values
    assert len(found) == 1, found
    return found[0]


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


CARRIERS = st.sampled_from(
    [
        "Lautakunta myönsi {} Rannan Kylä ry:lle.",
        "Vuonna 2025 {} käytetään 31.12.2026 mennessä.",
        "Kustannukset: {}",
        "({})",
        "{} on paljon.",
        "Asia HEL 2031-001204, § 4, {} ja 12 hanketta.",
    ]
)
UNITS = st.sampled_from(["euroa", "euron", "eurolla", "euro", "€", "eur", "EUR", "€:n"])


@given(CARRIERS, st.integers(0, 10**9), st.sampled_from([*SPACES, ".", ""]), st.sampled_from([*SPACES, ""]), UNITS)
def test_a_whole_sum_in_any_grouping_is_read_back(
    carrier: str, number: int, separator: str, gap: str, unit: str
) -> None:
    assume(separator or not 1900 <= number <= 2099)  # alone on a line "2024 €" heads a column
    assume(carrier != "({})" or number != 1000)  # alone on a line "(1 000 €)" is the unit of a table
    written = f"{grouped(number, separator)}{gap}{unit}"
    assert read(carrier.format(written)) == [(written, str(number))]


@given(CARRIERS, st.integers(0, 10**7), st.integers(0, 99), st.sampled_from([*SPACES, ".", ""]), UNITS)
def test_cents_are_read_back(carrier: str, number: int, cents: int, separator: str, unit: str) -> None:
    written = f"{grouped(number, separator)},{cents:02d} {unit}"
    found = only(carrier.format(written))
    assert (found.text, found.value) == (written, Decimal(f"{number}.{cents:02d}"))


@given(
    CARRIERS,
    st.decimals("0.1", "999.9", places=1),
    st.sampled_from(
        [
            ("miljoonaa euroa", 6),
            ("milj. euroa", 6),
            ("milj.€", 6),
            ("M€", 6),
            ("MEUR", 6),
            ("miljardia euroa", 9),
            ("t€", 3),
        ]
    ),
)
def test_a_decimal_with_a_multiplier_is_read_back(carrier: str, number: Decimal, unit: tuple[str, int]) -> None:
    written = f"{str(number).replace('.', ',')} {unit[0]}"
    found = only(carrier.format(written))
    assert (found.text, found.value) == (written, number * 10 ** unit[1])


@given(CARRIERS, st.integers(1, 900_000), st.integers(1, 90_000), st.sampled_from(["–", "-", " – ", " - ", "—", "−"]))
def test_a_range_is_one_sum_with_two_ends(carrier: str, low: int, more: int, dash: str) -> None:
    high = low + min(more, low)  # a spaced dash between far apart numbers parts a label from a sum
    written = f"{grouped(low, ' ')}{dash}{grouped(high, ' ')} euroa"
    found = only(carrier.format(written))
    if low < 1000 <= high and high % 1000 == 0 and low < high / 1000:
        return  # "5–10 000" is read with its thousands
    assert (found.text, found.value, found.value_max) == (written, low, high)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("puolitoista miljoonaa euroa", "1500000"),
        ("kolmesataatuhatta euroa", "300000"),
        ("kaksisataaviisikymmentätuhatta euroa", "250000"),
        ("kahden miljoonan euron laina", "2000000"),
        ("kaksi ja puoli miljoonaa euroa", "2500000"),
        ("miljoonan euron hanke", "1000000"),
        ("sata euroa", "100"),
        ("kaksitoista euroa", "12"),
        ("viisi (5) euroa", "5"),
        ("5 000 (viisituhatta) euroa", "5000"),
        ("noin kolme (3) miljoonaa euroa", "3000000"),
        ("en halv miljon euro", "500000"),
        ("två miljoner euro", "2000000"),
        ("femtio tusen euro", "50000"),
        ("half a million euros", "500000"),
        ("EUR 2.5 million", "2500000"),
        ("€1,250.50 was paid and the rest of it", "1250.5"),
        ("$300", "300"),
    ],
)
def test_numbers_in_words_and_other_languages(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("enintään 300–500 euroa", "at_most"),
        ("enintään yhteensä 5 000 euroa", "at_most"),
        ("noin kolme miljoonaa euroa", "about"),
        ("n. 40 euroa", "about"),
        ("arviolta noin 40 euroa", "about"),
        ("reilut 9 000 euroa", "over"),
        ("vajaan 9 000 euron", "under"),
        ("vähintään 280 € / k-m2", "at_least"),
        ("högst 500 euro", "at_most"),
        ("up to EUR 500", "at_most"),
        ("100 000 euroon asti", "at_most"),
        ("Oy:n 500 euroa", "exact"),
        ("Hanke vaatii arvion mukaan 40 euroa", "exact"),
    ],
)
def test_qualifier(text: str, expected: str) -> None:
    assert only(text).qualifier == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,5 miljoonalla eurolla vuodessa", "year"),
        ("vuosittain enintään 500 euroa", "year"),
        ("500 euron vuotuinen maksu", "year"),
        ("kulut ovat vuodessa noin 500 euroa", "year"),
        ("12 €/kk", "month"),
        ("500 euroa (alv 0 %) kuukaudessa", "month"),
        ("40 € + alv / kk", "month"),
        ("5 euroa/m2/vuosi", "m2"),
        ("5 euroa vuodessa neliömetriltä", "m2"),
        ("18,40 euron kerrosneliömetrihinta", "k-m2"),
        ("270-290 € / k-m2 keskiarvoa", "k-m2"),
        ("20 euroa hengeltä", "person"),
        ("295 euroa lapselta", "child"),
        ("410 euro per aktie", "unit"),
        ("6 euroa kerralta", "time"),
        ("25 euroa/h", "hour"),
        ("Vuosivuokra on 500 euroa", "year"),
        ("500 euroa vuonna 2024", None),
        ("500 euroa. Kuukaudessa kokoonnutaan kerran.", None),
    ],
)
def test_per(text: str, expected: str | None) -> None:
    assert only(text).per == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("muutos on -760 698,52 euroa", "-760698.52"),
        ("tulos on – 949,2 milj. euroa", "-949200000"),
        ("alijäämä –1.204.500 euroa", "-1204500"),
        ("- X ry 14 750 euroa", "14750"),
        ("- 500 euroa kirjastolle", "500"),
        ("Kirjasto – 500 euroa", "500"),
        ("alijäämä on 40 euroa", "40"),
    ],
)
def test_a_minus_is_kept_and_a_bullet_is_none(text: str, expected: str) -> None:
    assert values(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Oy:lle 10 000 ja B ry:lle 5 000 euroa", ["10000", "5000"]),
        ("D ry 7 000 euroa (vuokra 3 000 ja palkat 4 000 euroa)", ["7000", "3000", "4000"]),
        ("Säästö on 2,3 miljoonaa kouluista, 80 000 euroa kirjastosta", ["2300000", "80000"]),
        ("kouluihin 2,3 ja kirjastoihin 1,5 miljoonaa euroa", ["2300000", "1500000"]),
        ("hinta nousee 18,9:stä 22,4 miljoonaan euroon", ["18900000", "22400000"]),
        ("1 000 euroa kirjastoon ja 500 museoon", ["1000", "500"]),
        ("A:n 5 eurosta 10 euroon", ["5", "10"]),
        ("Hakemuksia tuli 131, ja niiden summa oli 900 000 euroa", ["900000"]),
        ("Vuosina 2025, 2026 ja 2027 jaetaan 300 euroa", ["300"]),
    ],
)
def test_numbers_that_share_the_unit_of_a_neighbour(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_what_is_said_after_a_series_holds_for_all_of_it() -> None:
    found = amounts.find("Arvoksi saatiin 590 ja 640 euroa kerrosneliömetriltä.").values
    assert [(str(a.value), a.per) for a in found] == [("590", "k-m2"), ("640", "k-m2")]


@pytest.mark.parametrize(
    "text",
    [
        "Kaupungissa on 1,2 miljoonaa asukasta, ja euroja riittää.",
        "Yöpymisiä kertyi 4,6 miljoonaa, ja rahaa kului.",
        "Vettä kului 64,3 miljoonaa m3, mikä maksaa.",
        "Muutaman miljoonan euron hanke",
        "Hinta on 5 %, alv 25,5 %.",
        "Rakennusoikeus on 1 200 k-m² ja kustannus selviää myöhemmin.",
    ],
)
def test_no_money(text: str) -> None:
    assert read(text) == []


def test_a_slip_is_read_as_its_digits_with_a_warning() -> None:
    reading = amounts.find("yhteensä 312 540, 60 euroa")
    assert [str(a.value) for a in reading.values] == ["312540.60"]
    assert [w.code for w in reading.warnings] == ["odd-number"]


def test_a_number_broken_over_two_lines_is_one() -> None:
    assert values("yhteensä 12\n000 euroa") == ["12000"]


def test_the_unit_of_a_table_and_the_year_of_a_column_are_no_sums() -> None:
    reading = amounts.find("Menot (1 000 €)\nRahoitus 2024 €\nTA 2023\n")
    assert reading.values == ()
    assert [r.text for r in reading.rejected] == ["1 000 €", "2024 €"]


def test_rows_under_a_heading_are_money() -> None:
    text = "Avustus, euroa\nRannan Kylä ry\n12 000\nMetsän Nuoret ry 0\n-1 500\n\nLautakunnalla on 1 200 kirjaa, ja kokous päättyi."
    assert values(text) == ["12000", "0", "-1500"]


def test_a_row_may_hold_the_numbers_of_several_columns() -> None:
    text = "Haettu Myönnetty\nRannan Kylä ry 5 000 3 000\nMetsän Nuoret ry 400,00 200,50\n"
    assert values(text) == ["5000", "3000", "400", "200.5"]


def test_rows_under_a_lead_are_money_where_they_look_like_it() -> None:
    text = (
        "Lautakunta myöntää avustukset seuraavasti:\n\n- Rannan Kylä ry 1 200\n- Metsän Nuoret ry 350\n- Jäseniä 120\n"
    )
    assert values(text) == ["1200", "350"]


def test_cells_that_lost_their_table_are_money_under_heads_of_money() -> None:
    text = "Laitosavustukset (TA-kohta 41002)TA 2030Haettu 2031TAE 2031\nRannan museo sr\n6 879 000\n-\n0\n- vuokra-avustus\n33 300\n"
    assert values(text) == ["6879000", "0", "33300"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The board granted 864,200 euros to the arts and 12,500 euros to the rest of the groups.",
            ["864200", "12500"],
        ),
        ("Sähkön hinta on 12,500 euroa, ja se on kiinteä.", ["12.5"]),
    ],
)
def test_a_comma_parts_thousands_in_english_and_decimals_in_finnish(text: str, expected: list[str]) -> None:
    assert values(text) == expected
