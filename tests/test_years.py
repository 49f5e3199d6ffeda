"""Years and spans of years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.extract import amounts, years

YEAR = st.integers(1900, 2099)
DASHES = st.sampled_from(["–", "-", " – ", "- ", "—", "−", " - "])
FRAMES = st.sampled_from(
    [
        "vuonna {}",
        "vuosina {}.",
        "kaupunkistrategia {}",
        "({})",
        "Talousarvio {} ja suunnitelma",
        "v. {} talous",
        "för år {}",
        "the {} budget",
        "Ilmasto-ohjelma {}\nPäätös",
        "31.12.2040 ja {}, § 4",
        "{}",
    ]
)


def spans(text: str) -> list[tuple[int, int]]:
    return [(y.first, y.last) for y in years.find(text).values]


@given(FRAMES, YEAR)
def test_a_year_in_any_frame_is_read_back(frame: str, year: int) -> None:
    assert spans(frame.format(year)) == [(year, year)]


@given(FRAMES, st.integers(1900, 2089), st.integers(1, 10), DASHES)
def test_a_span_with_any_dash_is_read_back(frame: str, first: int, length: int, dash: str) -> None:
    found = years.find(frame.format(f"{first}{dash}{first + length}")).values
    assert [(y.first, y.last, y.text) for y in found] == [(first, first + length, f"{first}{dash}{first + length}")]


@given(st.integers(2000, 2080), st.integers(1, 10), st.sampled_from(["–", "-", "−"]))
def test_a_span_with_a_short_end_is_read_back(first: int, length: int, dash: str) -> None:
    assert spans(f"v. {first}{dash}{(first + length) % 100:02d} aikana") == [(first, first + length)]


@given(YEAR, st.integers(1, 999))
def test_a_year_before_a_sum_is_no_part_of_it(year: int, thousands: int) -> None:
    text = f"vuonna {year} {thousands} 000 euroa"
    assert spans(text) == [(year, year)]
    assert [int(a.value) for a in amounts.find(text).values] == [thousands * 1000]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vuosien 2026 ja 2027", [(2026, 2026), (2027, 2027)]),
        ("vuosina 2025, 2026 ja 2027", [(2025, 2025), (2026, 2026), (2027, 2027)]),
        ("vuosien 2021-2022 ja 2023", [(2021, 2022), (2023, 2023)]),
        ("2021:ssä", [(2021, 2021)]),
        ("Myönnetty v.-18", [(2018, 2018)]),
        ("lukuvuosi 2024/2025", [(2024, 2025)]),
        ("vuoden 2070 loppuun", [(2070, 2070)]),
        ("rakennettu vuonna 1897", [(1897, 1897)]),
        ("TA 2023Haettu 2024TAE 2025", [(2023, 2023), (2024, 2024), (2025, 2025)]),
        ("Rahoitus 2024 €\n", [(2024, 2024)]),
        ("2027–2025", [(2027, 2027), (2025, 2025)]),
    ],
)
def test_frames_and_series(text: str, expected: list[tuple[int, int]]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "25.11.2024",
        "kesäkuun 2023 aikana",
        "syksyllä 2025",
        "1.1.2024–31.12.2025",
        "2024-11-25",
        "Maksu on 2024 euroa.",
        "2000 opiskelijaa",
        "2000:lle opiskelijalle",
        "2 000 euroa",
        "2020-luvulla",
        "Horizon 2020",
        "liite_2024.pdf",
        "11/2017",
        "keskiluku 1968",
        "(1968 : 1948 x 5 %)",
        "Rannan Urheilijat 1948 ry",
        "date 2024-11 Lautakunta",
        "© 2024 Rantakunta",
    ],
)
def test_no_year(text: str) -> None:
    assert spans(text) == []
