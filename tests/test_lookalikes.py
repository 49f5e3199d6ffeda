"""Strings of digits that only look like money or a year."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pykala.extract import amounts, dates, lookalikes, years
from pykala.rules import load

digits = st.integers(min_value=0, max_value=9).map(str)


def number(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(min_value=low, max_value=high).map(str)


def digits_of(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


YEAR = number(2000, 2039)
CASES = st.one_of(
    st.builds("HEL {}-{} T {} {}".format, YEAR, digits_of(6), digits_of(2), digits_of(2)),
    st.builds("ROIDno-{}-{}".format, YEAR, number(1, 9999)),
    st.builds("TRE:{}/{}.{}.{}/{}".format, number(1, 9999), digits_of(2), digits_of(2), digits_of(2), YEAR),
    st.builds("OUKA/{}/{}.{}.{}/{}".format, number(1, 9999), digits_of(2), digits_of(2), digits_of(2), YEAR),
    st.builds("{}/{}.{}.{}/{}".format, number(1, 9999), digits_of(2), digits_of(2), digits_of(2), YEAR),
    st.builds("{}-{} (010)".format, number(1, 1899), YEAR),
    st.builds("{}/{}".format, number(10000, 20000), YEAR),
)
OTHERS = st.one_of(
    st.builds("§ {}".format, number(1, 2100)),
    st.builds("{} §".format, number(1, 999)),
    st.builds("§ {}/{}".format, number(1, 999), YEAR),
    st.builds("laki ({}/{})".format, number(1, 1999), YEAR),
    st.builds("HE {}/{} vp".format, number(1, 399), YEAR),
    st.builds("KHO:{}:{}".format, YEAR, number(1, 199)),
    st.builds("MAO:{}/{}".format, number(1, 999), YEAR),
    st.builds("tontti {}/{}".format, number(1000, 20799), number(1, 99)),
    st.builds("{}-{}-{}-{}".format, number(1, 992), number(1, 999), number(1, 9999), number(1, 99)),
    st.builds("puh. 0{} {} {}".format, number(40, 50), digits_of(3), digits_of(4)),
    st.builds("+358 {} {} {}".format, number(40, 50), digits_of(3), digits_of(4)),
    st.builds("FI{} {} {} {} {}".format, digits_of(2), digits_of(4), digits_of(4), digits_of(4), digits_of(2)),
    st.builds("({}-{})".format, digits_of(7), digits),
    st.builds("Seppäläntie {}".format, number(1, 199)),
    st.builds("klo {}.{}".format, number(0, 23), number(10, 59)),
    st.builds("{} {} {}".format, number(1, 8), digits_of(2), digits_of(2)),
    st.builds("{} %".format, number(1, 100)),
    st.builds("{} k-m²".format, number(1, 9999)),
    st.builds("{} kpl".format, number(1, 9999)),
    st.builds("{} opiskelijaa".format, number(1900, 2099)),
    st.builds("{},{} miljoonaa m3".format, number(1, 99), digits),
    st.builds("Horizon {}".format, YEAR),
    st.builds("{}-luvulla".format, st.sampled_from(["1970", "1990", "2000", "2020"])),
    st.builds("keskiluku {}".format, number(1900, 2099)),
    st.builds("({} = 100)".format, number(1914, 2015)),
)
CARRIERS = st.sampled_from(
    [
        "Asia {} on vireillä.",
        "Lautakunta myönsi 5 000 euroa, {}.",
        "({}) Päätös",
        "Liitteenä {} ja kartta",
        "Euroa kului, ks. {}, mutta ei enempää.",
    ]
)


@given(CARRIERS, st.one_of(CASES, OTHERS))
def test_no_digits_of_a_lookalike_are_ever_money_or_a_year(carrier: str, lookalike: str) -> None:
    text = carrier.format(lookalike)
    place = range(carrier.index("{"), carrier.index("{") + len(lookalike))
    found = (*amounts.find(text).values, *years.find(text).values)
    assert [m.text for m in found if m.start in place or m.end - 1 in place] == []


@pytest.mark.parametrize(
    ("text", "digits", "reason"),
    [
        ("Asia HEL 2031-001204 T 02 05 01", "2031-001204 T 02 05 01", "case number"),
        ("Kuntalain (410/2015) mukaan", "410/2015", "statute"),
        ("KHO:2020:50", "2020:50", "court case"),
        ("Oy Ab (1234567-1)", "1234567-1", "business id"),
        ("91-17-9903-5", "91-17-9903-5", "real estate id"),
        ("klo 16.15", "16.15", "clock time"),
        ("1951 = 100", "1951 = 100", "index base"),
        ("64,3 miljoonaa m3", "64,3 miljoonaa m3", "measure"),
        ("1 30 02", "1 30 02", "budget item"),
    ],
)
def test_the_reason_says_what_the_digits_are(text: str, digits: str, reason: str) -> None:
    assert [(m.text, m.reason) for m in lookalikes.find(text)] == [(digits, reason)]


FRAMED = [e for e in load("lookalikes")["lookalike"] if "before" in e or "compound" in e]
LEADS = st.sampled_from(["", "a ", "Katso (", "5 "])
LETTERS = st.characters(max_codepoint=0xFF)


@pytest.mark.parametrize("entry", FRAMED, ids=lambda entry: str(entry["id"]))
@given(st.data())
def test_looking_at_the_last_word_first_misses_no_words_that_an_entry_asks_for(
    entry: dict[str, str], data: st.DataObject
) -> None:
    asked = entry.get("before") or entry["compound"]
    text = data.draw(LEADS) + data.draw(st.from_regex(f"(?:{asked})", fullmatch=True, alphabet=LETTERS))
    head = text[-32:]
    heads = [head[word.start() :] for word in re.finditer(r"\S+", head)][-4:]
    assert list(lookalikes._frames(text, len(text))) == lookalikes._entries(heads)


ALONE = [e for e in load("lookalikes")["lookalike"] if "look" in e]


@pytest.mark.parametrize("entry", ALONE, ids=lambda entry: str(entry["id"]))
@settings(max_examples=12)
@given(st.data())
def test_no_number_that_an_entry_matches_fails_its_look(entry: dict[str, str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(entry["at"], alphabet=LETTERS).filter(lambda t: re.match(entry["at"], t)))
    digits = re.match(r"\d+", text)
    assert digits is not None
    alike = lookalikes._alike(text[0] if text[0] == "0" else "1", min(digits.end(), 9), text[digits.end() :][:3])
    assert f"lookalikes.{entry['id']}" in [e.rule for e in alike if e is not None]


def test_a_date_after_a_section_or_a_telephone_stays_a_date() -> None:
    text = "Kh 16.11.2022 § 278, puh. 040 123 4567 25.11.2024, Rantakuja 2.3.2024, 6/07.02.2022"
    assert [d.value for d in dates.find(text).values] == ["2022-11-16", "2024-11-25", "2024-03-02", "2022-02-07"]


def test_a_number_before_a_unit_of_money_is_no_lookalike() -> None:
    text = "kohta 4 500 euroa, Seppäläntie 300 euroa, liite 1,5 miljoonaa euroa"
    assert [str(a.value) for a in amounts.find(text).values] == ["4500", "300", "1500000.0"]


@pytest.mark.parametrize("pattern", ["0", "1 ", "§ ", "1-", "1.1.", "a1", "(1"])
def test_no_pattern_backtracks_over_hostile_text(pattern: str) -> None:
    """Thirty thousand characters take seconds where time grows with length, and many minutes where with its square."""
    code = (
        "import sys; from pykala.extract import amounts, dates, lookalikes, years\n"
        f"for reader in (lookalikes, dates, years, amounts): reader.find({pattern!r} * {30_000 // len(pattern)})"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)
