"""What listing pages lead to, whatever they hold."""

import json
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.errors import ListingPage, ReadError
from pykala.read import read
from pykala.read.links import Link
from pykala.read.listing import LISTINGS, links
from pykala.settings import Limits

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
HELA = "https://www.example.fi/static/public/hela/Kaupunginhallitus/Suomi/Paatos/index.html"
NEWS = "https://www.ranta.example/uutiset/"
CASE = "https://paatokset.hel.fi/fi/asia/hel-2023-011874"
KEYS = sorted((CORPUS / "listings").glob("*.links.json"))


def page(inside: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{inside}</body></html>".encode()


def listing_of(key: Path) -> Path:
    stem = key.name.removesuffix(".links.json")
    (found,) = (path for path in key.parent.iterdir() if path.stem == stem and path != key)
    return found


def as_row(link: Link) -> dict:
    day = link.day.isoformat() if link.day else None
    return {"address": link.address, "leads_to": link.leads_to, "title": link.title, "day": day, "body": link.body}


# ---------------------------------------------------------------- the listings of the corpus


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_a_listing_leads_where_its_key_says(key):
    expected = json.loads(key.read_text("utf-8"))
    assert [as_row(link) for link in links(listing_of(key).read_bytes(), expected["address"])] == expected["links"]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_a_listing_is_refused_as_a_bulletin_and_says_what_to_do(key):
    with pytest.raises(ListingPage, match=r"it leads to \d+ .*pykala fetch") as caught:
        read(listing_of(key).read_bytes(), "listing.html")
    assert caught.value.code == "listing"


def test_every_platform_that_lists_has_a_listing_in_the_corpus():
    named = {json.loads(key.read_text("utf-8"))["platform"] for key in KEYS}
    assert {listing.name for listing in LISTINGS} == named


def test_no_bulletin_of_the_corpus_is_taken_for_a_listing():
    markup = [path for path in CORPUS.rglob("*.htm*") if path.parent.name != "listings"]
    assert len(markup) > 100
    for path in markup:
        read(path.read_bytes(), str(path))


# ---------------------------------------------------------------- addresses


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
    "scheme", ["javascript:", "data:text/html,", "file:///", "ftp://example.fi/", "http://[", "//:x/", "http://a:b/"]
)
def test_only_the_web_is_linked(scheme):
    assert links(page(f'<a href="{scheme}/Keha_2019-06-17_Khs_27_Pt/index.html">x</a>'), HELA) == ()


def test_a_base_outside_of_the_web_does_not_count():
    found = links(page('<a href="Keha_2019-06-17_Khs_27_Pt/index.html">x</a>', '<base href="javascript:x">'), HELA)
    assert [urlsplit(link.address).hostname for link in found] == ["www.example.fi"]


def test_a_page_does_not_lead_to_itself():
    own = HELA.replace("index.html", "2019/Keha_2019-06-17_Khs_27_Pk/index.html")
    assert links(page(f'<a href="{own}#ylos">x</a><a href="#alku">y</a>'), own) == ()


# ---------------------------------------------------------------- what is no listing


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


@pytest.mark.parametrize("data", [b"<div>" * 5_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000])
def test_what_nests_too_deep_is_an_error(data):
    with pytest.raises(ReadError):
        links(data, HELA)


def test_an_article_with_teasers_of_others_under_it_is_no_listing():
    story = "<p>" + "Kunnanhallitus myönsi avustuksen kylille. " * 30 + "</p>"
    teasers = "".join(
        f'<article class="teaser"><a href="/uutiset/{n}"><h2>Uutinen {n}</h2></a></article>' for n in "ab"
    )
    assert links(page(f"<h1>Avustukset</h1>{story}{teasers}"), NEWS) == ()
    assert len(links(page(f"<h1>Uutiset</h1>{teasers}"), NEWS)) == 2


def test_a_bulletin_that_links_another_town_s_listing_is_no_listing():
    read(
        page(
            "<h1>Kunnanhallitus</h1><p>Kunnanhallitus myönsi Kylä ry:lle 500 euroa.</p>"
            '<a href="https://paatokset.hel.fi/fi/paattajat/kaupunginhallitus">Helsingin päätökset</a>'
            '<a href="https://www.kunta.example/">Kunta</a><a href="https://www.kunta.example/uutiset">Uutiset</a>'
        ),
        "bulletin.html",
    )


# ---------------------------------------------------------------- platforms


def test_the_page_of_a_case_leads_to_its_handlings_and_is_a_bulletin_all_the_same():
    data = (CORPUS / "paatokset/helsinki-siltavarikko-kasittelyt.html").read_bytes()
    assert [(link.address, link.leads_to, link.day, link.body) for link in links(data, f"{CASE}?x=1")] == [
        (f"{CASE}?paatos=5b2f6c1e-7d10-4a53-9c0e-1f7f0e2a000{n}", "bulletin", day, body)
        for n, day, body in (
            (3, date(2024, 3, 5), "Kaupunkiympäristölautakunta"),
            (2, date(2024, 3, 25), "Kaupunginhallitus"),
            (1, date(2024, 3, 18), "Kaupunginhallitus"),
        )
    ]
    assert read(data, "case.html").format == "paatokset"


def test_a_row_s_day_is_not_that_of_its_neighbour():
    rows = '<li><a href="TELIN-1.HTM">A</a></li><li>1.2.2020 <a href="20201234.HTM">x</a></li><li><a href="20205678.HTM">y</a></li>'
    found = links(page(f"<ul>{rows}</ul>"), "http://espoo.example/kokous/TELIN-9.HTM")
    assert [link.day for link in found] == [None, date(2020, 2, 1), None]


def test_the_file_of_an_item_that_is_there_as_a_page_is_not_linked():
    rows = '<a href="20201234-1.PDF">x</a> <a href="20201234-1.HTM">x</a> <a href="20201234-2.PDF">y</a>'
    found = links(page(rows), "http://espoo.example/kokous/20201234.HTM")
    assert [link.address.rpartition("/")[2] for link in found] == ["20201234-1.HTM", "20201234-2.PDF"]


def test_an_entry_of_the_interface_without_an_address_gets_one_by_its_id():
    data = json.dumps({"decisions": [{"NativeId": "{A/B}", "Title": "x"}, {"NativeId": 7}]}).encode()
    found = links(data, "https://ahjo.example/ahjorest/v1/decisions?size=2")
    assert [link.address for link in found] == ["https://ahjo.example/ahjorest/v1/decisions/%7BA%2FB%7D"]


def test_a_secret_paper_is_not_linked():
    paper = {"FileURI": "https://a.example/1.pdf", "PublicityClass": "Salassa pidettävä"}
    agenda = [{"AgendaItem": "x", "PDF": paper}, {"AgendaItem": "y", "PDF": paper | {"PublicityClass": "Julkinen"}}]
    found = links(json.dumps({"MeetingID": "1", "Agenda": agenda}).encode(), "https://a.example/meetings/1")
    assert [link.title for link in found] == ["y"]


def test_a_decision_with_its_text_lists_nothing():
    entry = {"NativeId": "{A}", "Content": "<div><p>Kaupunginhallitus päätti asiasta.</p></div>"}
    assert links(json.dumps({"decisions": [entry]}).encode(), "https://a.example/decisions/A") == ()


def test_a_release_lists_nothing_though_it_leads_to_others():
    assert links((CORPUS / "stt/lohja-kaupunginvaltuusto-koulu.html").read_bytes(), "https://www.sttinfo.fi/x") == ()


def test_an_atom_feed_leads_to_its_entries():
    data = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>P\xc3\xa4\xc3\xa4t\xc3\xb6s</title>
        <link href="/uutiset/a"/><published>2025-04-08T10:00:00Z</published></entry></feed>"""
    assert links(data, NEWS) == (Link("https://www.ranta.example/uutiset/a", "bulletin", "Päätös", date(2025, 4, 8)),)


def test_no_entity_of_a_feed_is_expanded():
    data = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yyyy">]>
        <rss><channel><item><title>a&x;&y;</title><link>https://ranta.example/a</link></item></channel></rss>"""
    assert [link.title for link in links(data, NEWS)] == ["a"]


# ---------------------------------------------------------------- whatever a page holds

HREFS = st.sampled_from([
    "javascript:x()", "data:text/html,x", "/uutiset/a", "//b.example/c", "http://[", "?page=2", "#x", "TELIN-1.HTM", "20201234.HTM",
    "20201234-1.HTM", "Keha_2019-06-17_Khs_27_Pt/index.html", "Keha_2019-99-99_Khs_27_Pk/index.html", "/fi/uutiset/a", "/tiedote/1/a",
    "/fi/asia/hel-2023-011874?paatos=x", "/fi/paattajat/kaupunginhallitus", "mailto:a@b.example", "https://a.example:99999/x", "\x00", "",
]) | st.text(max_size=12)  # fmt: skip
OPEN = st.sampled_from([
    "<ul>", "<li>", "</li>", "<article>", "</article>", '<div class="card teaser">', "</div>", "<table><tr><td>", "<select>", "<option>",
    '<ul class="news-listing">', "<p>", "<h1>", '<div class="issue__header">', "<time datetime='2024-99-01'>", "3.4.2024", "31.2.2024",
    "<!--", "-->", "<a", '<base href="x">', "<base href='http://['>", "<link rel=canonical href='http://['>", "&nbsp;", "§ 12",
    '<script type="application/ld+json">[{"@type":"Article"', "</script>", '<meta property="og:site_name" content="STT Info">',
])  # fmt: skip
PIECES = st.lists(OPEN | HREFS.map(lambda href: f'<a href="{href}">Otsikko</a>'), max_size=30)


@given(PIECES)
def test_whatever_a_page_holds_its_links_lead_into_the_web_once_each(pieces):
    data = page("".join(pieces))
    try:
        found = links(data, NEWS)
    except ReadError:
        return
    addresses = [link.address for link in found]
    assert len(set(addresses)) == len(addresses)
    assert all(
        urlsplit(one).scheme in ("http", "https") and urlsplit(one).hostname and "#" not in one for one in addresses
    )
    assert links(data, NEWS) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "http://[", "/a", "2024-02-30", "<p>x</p>"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([
                "decisions", "meetings", "cases", "links", "rel", "href", "NativeId", "MeetingID", "CaseID", "Agenda", "PDF", "FileURI",
                "Records", "Handlings", "Title", "title", "rendered", "link", "date", "Organization", "Content", "Type",
            ]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_whatever_some_json_holds_its_links_lead_into_the_web(data):
    for link in links(json.dumps([{"a": 1}, data]).encode(), "https://a.example/ahjorest/v1/meetings"):
        assert urlsplit(link.address).scheme in ("http", "https")
