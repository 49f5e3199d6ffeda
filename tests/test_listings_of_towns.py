"""Listings of the platforms that towns share, whatever they hold: where they lead, and where they do not."""

import json
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pykala.errors import ReadError
from pykala.read import read
from pykala.read.listing import links
from pykala.settings import Limits

DYNASTY = "https://ranta.example.fi/cgi/DREQUEST.PHP?page=meeting_handlers&id="
CLOUDNC = "https://ranta.example.fi/fi-FI/Toimielimet/Kunnanhallitus"
TWEB = "https://ranta.example.fi/ktwebscr/pk_kokl_tweb.htm"
CASEM = "https://ranta.example.fi/api/opennc/v1/Nodes(10)/SubNodes()?$format=json"
MATTER = "DREQUEST.PHP?page=meetingitem&amp;id=20251031-1"


def page(inside, head=""):
    return f"<html><head>{head}</head><body>{inside}</body></html>".encode()


def addresses(data, address):
    return [link.address for link in links(data, address)]


# ---------------------------------------------------------------- down, never up


def test_a_meeting_leads_to_its_matters_and_not_back_to_its_body():
    data = page(
        '<a href="DREQUEST.PHP?page=meetings&amp;id=11">Kunnanhallitus</a><a href="DREQUEST.PHP?page=meeting&amp;id=8">Edellinen</a>'
        f'<ul><li><a href="{MATTER}">Avustus</a></ul>'
    )
    assert addresses(data, "https://ranta.example.fi/cgi/DREQUEST.PHP?page=meeting&id=20251031") == [
        "https://ranta.example.fi/cgi/DREQUEST.PHP?page=meetingitem&id=20251031-1"
    ]


@pytest.mark.parametrize("around", ["nav", 'div class="breadcrumb"', "header", "footer", "aside", 'ul class="menu"'])
def test_what_a_site_links_on_every_page_is_not_listed(around):
    outer = around.split()[0]
    data = page(f'<{around}><a href="DREQUEST.PHP?page=meetings&amp;id=1">Valtuusto</a></{outer}>')
    assert links(data, DYNASTY) == ()


def test_a_matter_leads_nowhere_though_it_links_its_neighbours():
    label = "<label class='h3'>Kunnanhallitus<br>Pöytäkirja 10.03.2025/Pykälä 44</label>"
    assert links(page(f'{label}<p><a href="{MATTER}">Seuraava asia</a></p>'), DYNASTY) == ()


def test_a_cloudnc_matter_leads_nowhere_though_its_attachments_are_linked():
    inside = "<h2>§ 64 Avustus</h2><h3>Päätös</h3><p>Hyväksyttiin.</p><p><a href='Kokous_1732025/Toinen(12)'>Seuraava</a></p>"
    assert links(page(inside), CLOUDNC + "/") == ()


def test_an_agenda_that_holds_its_proposals_is_a_bulletin():
    inside = "<TABLE><TR><TD>3<TD><a href='fileshow?doctype=3&amp;docid=61'>Tilinpäätös</a><BR>Päätösehdotus: Hyväksytään.</TABLE>"
    assert links(page(inside), TWEB) == ()


def test_an_article_that_points_to_the_minutes_is_no_listing():
    told = f"<p>{'Kunnanhallitus myönsi avustuksen venelaiturin kunnostamiseen ja hyväksyi sen ehdot. ' * 10}</p>"
    pointing = '<p><a href="https://ranta.example.fi/cgi/DREQUEST.PHP?page=meeting&amp;id=20251031">Pöytäkirja</a></p>'
    data = page(f"<h1>Kunnanhallituksen päätöksiä 10.3.2025</h1>{told}{pointing}")
    assert links(data, "https://ranta.example.fi/uutiset/1") == ()
    assert read(data, "x").text


def test_whole_minutes_are_a_bulletin_only_where_no_matter_is_listed():
    whole = '<a href="/download/noname/{01930a9f-aaaa-bbbb-cccc-123456789abc}/42">Pöytäkirja</a>'
    heading = "<h1>Kunnanhallitus, kokous 17.3.2025</h1>"
    (link,) = links(page(heading + whole), f"{CLOUDNC}/Kokous_1732025")
    assert (link.leads_to, link.body, link.day.isoformat()) == ("bulletin", "Kunnanhallitus", "2025-03-17")
    both = page(f"{heading}{whole}<a href='{CLOUDNC}/Kokous_1732025/Avustus(12)'>§ 64 Avustus</a>")
    assert addresses(both, f"{CLOUDNC}/Kokous_1732025") == [f"{CLOUDNC}/Kokous_1732025/Avustus(12)"]


def test_the_further_parts_of_a_long_list_are_listings():
    data = page(
        f'<a href="{CLOUDNC}/Kokous_1732025">17.3.2025</a><div class="pagination"><a href="?page=2">2</a></div>'
    )
    assert [(one.address, one.leads_to) for one in links(data, CLOUDNC)] == [
        (f"{CLOUDNC}/Kokous_1732025", "listing"),
        (f"{CLOUDNC}?page=2", "listing"),
    ]


def test_a_day_of_a_table_that_lays_out_the_whole_page_belongs_to_no_link():
    row = "".join(f'<a href="DREQUEST.PHP?page=meeting&amp;id={n}">Kokous {n}</a>' for n in range(1, 9))
    assert {link.day for link in links(page(f"<table><tr><td>Päivitetty 1.1.2025 {row}</table>"), DYNASTY)} == {None}


def test_a_row_that_tells_two_days_tells_none():
    row = '<tr><td><a href="DREQUEST.PHP?page=meeting&amp;id=8">Kokous</a><td>1.3.2025<td>8.3.2025</tr>'
    assert links(page(f"<table>{row}</table>"), DYNASTY)[0].day is None


@pytest.mark.parametrize(
    ("address", "href"),
    [
        (DYNASTY, "DREQUEST.PHP?page=meeting&amp;PHPSESSID=9f1c&amp;id=5"),
        (CLOUDNC, "/(S(x1v5uw45))/fi-FI/Toimielimet/Kunnanhallitus/Kokous_1732025"),
        (TWEB, "pk_asil_tweb.htm?sid=9f1c&amp;bid=5"),
    ],
)
def test_the_number_of_a_session_is_no_part_of_an_address(address, href):
    (link,) = links(page(f'<ul><li><a href="{href}">17.3.2025</a></ul>'), address)
    assert "9f1c" not in link.address
    assert "x1v5uw45" not in link.address


def test_a_casem_node_leads_to_its_own_nodes_and_contents():
    found = links(json.dumps({"value": [{"NodeId": "11", "Title": "Kunnanhallitus"}]}).encode(), CASEM)
    root = "https://ranta.example.fi/api/opennc/v1/Nodes(10)/SubNodes(11)"
    assert [link.address for link in found] == [f"{root}/{part}()?$format=json" for part in ("SubNodes", "Contents")]


# ---------------------------------------------------------------- hostile pages

_HREFS = st.sampled_from(
    ["DREQUEST.PHP?page=meeting&id=1", "javascript:location='DREQUEST.PHP?page=meeting&id=1'", "data:text/html,DREQUEST.PHP?page=meeting",
     "//evil.example/cgi/DREQUEST.PHP?page=meetingitem&id=1-1", "http://[/DREQUEST.PHP?page=meeting", "/fi-FI/Toimielimet/../../x(1)",
     "file:///cgi/DREQUEST.PHP?page=meeting&id=1", "http://a:b/ktwebscr/fileshow?docid=1", "pk_asil_tweb.htm?+bid=1", "/kh/2021/0927032x/",
     "/fi-FI/content/1/23", "?page=2", "#", "", "\x00", "https://x.example:99999/fi-FI/content/1/2", "/fi-FI/" + "a" * 3_000]
)  # fmt: skip
_PIECES = st.one_of(
    st.sampled_from(["<table>", "<tr><td>", "</table>", "<li>", "<h1>Kunnanhallitus 1.1.2025</h1>", "<nav>", "<form action=pk_kokl_tweb.htm>"]),
    st.builds(lambda href, text: f'<a href="{href}">{text}</a>', _HREFS, st.text(max_size=12)),
    st.text(max_size=20),
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30), st.sampled_from([DYNASTY, CLOUDNC, TWEB, "http://ah.turku.fi/kh/2021/"]))
@example(["<form action='http://[pk_kokl_tweb.htm'>"], TWEB)
def test_whatever_a_page_holds_its_links_lead_into_the_web_and_each_once(pieces, address):
    try:
        found = links(page("".join(pieces)), address)
    except ReadError:
        return
    assert all(urlsplit(link.address).scheme in ("http", "https") and "#" not in link.address for link in found)
    assert len({link.address for link in found}) == len(found)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["value", "NodeId", "ContentId", "Title", "Name", "Text", "Date", "ExtendedProperties", "odata.nextLink",
                         "PublicDate", "odata.metadata"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(_JSON)
@example({"value": [{"NodeId": "9)/../../x", "Title": 3}], "odata.nextLink": "http://["})
def test_whatever_an_interface_answers_is_links_a_bulletin_or_an_error_that_names_itself(value):
    data = json.dumps(value).encode()
    for reading in (lambda: links(data, CASEM), lambda: read(data, "x")):
        caught = None
        try:
            reading()
        except ReadError as error:
            caught = error
        assert caught is None or caught.source


@pytest.mark.parametrize(
    "inside",
    [
        "<table><tr><td>" * 300 + f'<a href="{MATTER}">x</a>',
        "<div>" * 900 + f'<a href="{MATTER}">x</a>' * 50,
        f'<table><tr><td>{"x " * 1_000_000}<a href="{MATTER}">x</a></table>',
        "".join(f'<tr><td><a href="DREQUEST.PHP?page=meeting&amp;id={n}">1.1.2025</a>' for n in range(4_000)),
        f"<table><tr><td>{''.join(f'<a href=DREQUEST.PHP?page=meeting&amp;id={n}>x</a>' for n in range(4_000))}</table>",
        "<h1>" + "Kunnanhallitus, " * 50_000 + "</h1>" + f'<a href="{MATTER}">x</a>',
    ],
    ids=["nested tables", "nested elements", "a huge row", "many rows", "a row of many", "a huge heading"],
)
def test_an_enormous_page_is_read_or_refused(inside):
    caught = None
    try:
        links(page(inside), DYNASTY)
    except ReadError as error:
        caught = error
    assert caught is None or "deep" in str(caught)


def test_a_page_over_the_limits_is_refused_before_it_is_parsed():
    with pytest.raises(ReadError, match="bytes"):
        links(page(f'<a href="{MATTER}">x</a>'), DYNASTY, limits=Limits(bytes=50))
