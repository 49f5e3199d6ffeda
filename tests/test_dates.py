"""Days, months, seasons and intervals as EDTF."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.extract import dates, years

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTHS = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SWEDISH = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
FORMS = st.sampled_from(
    [
        lambda d: f"{d.day}.{d.month}.{d.year}",
        lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
        lambda d: f"{d.day}. {MONTHS[d.month - 1]}kuuta {d.year}",
        lambda d: f"{MONTHS[d.month - 1].capitalize()}kuun {d.day}. päivänä {d.year}",
        lambda d: f"{d.day} {SWEDISH[d.month - 1]} {d.year}",
        lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}",
        lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
        lambda d: d.isoformat(),
    ]
)
CARRIERS = st.sampled_from(
    [
        "Kokous {} klo 16.15",
        "{} § 278",
        "Päätös ({}, 33 §)",
        "Määräaika on {}.",
        "Haku päättyy {} mennessä 15 000 euroa",
        "Vuonna 2024 {} ja 12 hanketta",
    ]
)


def read(text: str) -> list[str]:
    return [d.value for d in dates.find(text).values]


@given(CARRIERS, DAYS, FORMS)
def test_a_day_in_any_form_is_read_back_and_gives_no_year(carrier: str, day: date, form: object) -> None:
    written = form(day)  # type: ignore[operator]
    text = carrier.format(written)
    assert [(d.value, d.text) for d in dates.find(text).values] == [(day.isoformat(), written)]
    assert all(y.start < carrier.index("{") for y in years.find(text).values)


@given(DAYS, st.integers(1, 400), st.sampled_from(["–", "-", " – ", " - ", ".–", "- "]))
def test_an_interval_of_full_days_is_one(first: date, length: int, dash: str) -> None:
    last = first + timedelta(days=length)
    dash = dash.lstrip(".")
    text = f"Sopimus {first.day}.{first.month}.{first.year}{dash}{last.day}.{last.month}.{last.year} jatkuu"
    assert read(text) == [f"{first.isoformat()}/{last.isoformat()}"]


@given(DAYS, st.integers(1, 300), st.sampled_from(["–", "-", " – ", " - "]))
def test_an_interval_takes_its_year_from_its_end(first: date, length: int, dash: str) -> None:
    last = first + timedelta(days=length)
    text = f"aika {first.day}.{first.month}.{dash}{last.day}.{last.month}.{last.year}"
    assert read(text) == [f"{first.isoformat()}/{last.isoformat()}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11.-12.9.2017", ["2017-09-11/2017-09-12"]),
        ("19. - 22.5.2026", ["2026-05-19/2026-05-22"]),
        ("28.2.23", ["2023-02-28"]),
        ("elo–syyskuussa 2022", ["2022-08/2022-09"]),
        ("kesä-heinäkuussa 2025", ["2025-06/2025-07"]),
        ("elo- ja syyskuussa 2022", ["2022-08", "2022-09"]),
        ("kesäkuun 2017 alusta", ["2017-06"]),
        ("vuoden 2024 kesäkuussa", ["2024-06"]),
        ("vid utgången av maj 2021", ["2021-05"]),
        ("syksylle 2017", ["2017-23"]),
        ("vuoden 2021 keväällä", ["2021-21"]),
        ("loppukesän 2021 aikana", ["2021-22"]),
        ("syksyn 2024 ja kevään 2025", ["2024-23", "2025-21"]),
        ("hösten 2024", ["2024-23"]),
        ("6/07.02.2022", ["2022-02-07"]),
        ("Kaupunginhallitus21311.05.20201", ["2020-05-11"]),
        ("11–22 November 2019", ["2019-11-11/2019-11-22"]),
        ("1 January and 30 June 2019", ["2019-01-01", "2019-06-30"]),
        ("23.–25. helmikuuta 2024", ["2024-02-23/2024-02-25"]),
        ("26.4. vuonna 2021", ["2021-04-26"]),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_a_day_without_a_year_takes_it_from_the_same_day_elsewhere() -> None:
    assert read("Maanantaina 26.4. päätettiin. Esityslista 26.4.2021") == ["2021-04-26", "2021-04-26"]


def test_a_day_without_a_year_takes_it_from_the_end_of_its_list() -> None:
    assert read("28.2., 31.3. ja 30.4.2025") == ["2025-02-28", "2025-03-31", "2025-04-30"]


def test_a_day_whose_year_is_nowhere_or_not_certain_is_no_date() -> None:
    reading = dates.find("Kokous 26.4. ja kokous 27.4., aiemmin 27.4.2020 sekä 27.4.2021")
    assert [d.value for d in reading.values] == ["2020-04-27", "2021-04-27"]
    assert [r.text for r in reading.rejected] == ["26.4.", "27.4."]


def test_a_day_told_with_its_year_apart_gives_no_year() -> None:
    assert years.find("26.4. vuonna 2021").values == ()


def test_an_impossible_day_is_a_warning() -> None:
    reading = dates.find("Toimitus 30.2.2024")
    assert reading.values == ()
    assert [(w.code, w.start, w.end) for w in reading.warnings] == [("impossible-date", 9, 18)]
    assert [r.reason for r in reading.rejected] == ["no such day"]


@pytest.mark.parametrize(
    "text",
    [
        "166/10.02.03/2021",
        "luokka 10.02.03",
        "klo 16.15",
        "luku 3.4.2",
        "yleiskirje 11/2017",
        "date 2026-02-26 Tiedote",
        "syksyllä asia palaa",
        "kesäkuussa",
        "talvella 2024–2025",
    ],
)
def test_no_date(text: str) -> None:
    assert read(text) == []
