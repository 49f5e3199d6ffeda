"""What listing pages lead to, whatever they hold."""

from datetime import date

import pytest

from pykala.errors import ReadError
from pykala.read.limits import Limits
from pykala.read.links import Link
from pykala.read.listing import links

HELA = "https://www.example.fi/static/public/hela/Kaupunginhallitus/Suomi/Paatos/index.html"


def page(inside: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{inside}</body></html>".encode()


def test_an_index_leads_to_minutes_and_bulletins_with_their_day_and_body():
    found = links(
        page(
            '<a href="2019/Keha_2019-06-17_Khs_27_Pk/index.html">27/2019</a>'
            '<A HREF="2019/Keha_2019-06-24_Khs_28_Pt/index.html#alku">28/2019</A>'
        ),
        HELA,
    )
    folder = HELA.removesuffix("index.html") + "2019/"
    assert found == (
        Link(
            f"{folder}Keha_2019-06-17_Khs_27_Pk/index.html",
            "listing",
            "27/2019",
            date(2019, 6, 17),
            "Kaupunginhallitus",
        ),
        Link(
            f"{folder}Keha_2019-06-24_Khs_28_Pt/index.html",
            "bulletin",
            "28/2019",
            date(2019, 6, 24),
            "Kaupunginhallitus",
        ),
    )


def test_links_are_resolved_against_the_base_that_the_page_names():
    found = links(page('<a href="Keha_2019-06-17_Khs_27_Pt/index.html">x</a>', '<base href="/vanha/2019/">'), HELA)
    assert [link.address for link in found] == [
        "https://www.example.fi/vanha/2019/Keha_2019-06-17_Khs_27_Pt/index.html"
    ]


@pytest.mark.parametrize(
    "scheme", ["javascript:", "data:text/html,", "file:///", "ftp://example.fi/", "http://[", "//:x/"]
)
def test_only_the_web_is_linked(scheme):
    assert links(page(f'<a href="{scheme}/Keha_2019-06-17_Khs_27_Pt/index.html">x</a>'), HELA) == ()


def test_a_page_that_lists_nothing_leads_nowhere():
    assert links(page("<h1>Päätös</h1><p>Kunnanhallitus myönsi avustuksen.</p>"), HELA) == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 ...", b"\x89PNG\r\n", b"Kunnanhallitus kokoontui.", b'{"a": ['])
def test_what_is_no_page_is_an_error_that_names_its_address(data):
    with pytest.raises(ReadError) as caught:
        links(data, HELA)
    assert HELA in str(caught.value)


def test_a_page_over_the_limits_is_an_error():
    with pytest.raises(ReadError):
        links(page("x" * 200), HELA, limits=Limits(bytes=100))
