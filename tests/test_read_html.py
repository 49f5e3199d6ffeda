"""HTML: blocks, headings that only their looks tell, tables of data and of layout, furniture, the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pykala.read import read


def page(markup):
    return read(markup.encode(), "x")


def blocks(markup):
    bulletin = page(markup)
    return [(block.kind.value, bulletin.text[block.start : block.end]) for block in bulletin.blocks]


def grid(bulletin, index=0):
    return [[bulletin.text[cell.start : cell.end] for cell in row] for row in bulletin.tables[index].rows]


def facts(bulletin):
    return {fact.name: fact.value for fact in bulletin.facts}


def test_headings_have_their_level_and_paragraphs_their_own_block():
    bulletin = page("<h1>Otsikko</h1><p>Eka.</p><h3>Väli</h3><div>Toka.</div>")
    assert [(block.kind.value, block.level) for block in bulletin.blocks] == [
        ("heading", 1), ("paragraph", 0), ("heading", 3), ("paragraph", 0),
    ]  # fmt: skip
    assert bulletin.text == "Otsikko\n\nEka.\n\nVäli\n\nToka."


def test_lines_of_the_source_are_no_lines_of_the_text_but_breaks_are():
    assert (
        page("<p>Kaupungin\n   hallitus<br/>päätti <i>asiasta</i>.</p>").text == "Kaupungin hallitus\npäätti asiasta."
    )


def test_two_breaks_end_a_paragraph():
    assert blocks("<div>Eka kappale.<br><br>Toka kappale.</div>") == [
        ("paragraph", "Eka kappale."), ("paragraph", "Toka kappale."),
    ]  # fmt: skip


def test_a_word_broken_by_a_break_is_mended():
    assert page("<p>kaupungin-<br>hallituksen päätös, ikä-<br>ja kielijakauma</p>").text == (
        "kaupunginhallituksen päätös, ikä-\nja kielijakauma"
    )


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<p><span class="ehdotuspaatos">Päätös</span>Ehdotus hyväksyttiin.</p>', ["Päätös", "Ehdotus hyväksyttiin."]),
        ("<p><b>Päätösehdotus</b>&nbsp;&nbsp;&nbsp; Kaupunginjohtaja Aino Salo</p>", ["Päätösehdotus", "Kaupunginjohtaja Aino Salo"]),
        ("<p><strong>Päätös:</strong> Asia pantiin pöydälle.</p>", ["Päätös:", "Asia pantiin pöydälle."]),
        ("<p><b>Päätös</b>: Asia pantiin pöydälle.</p>", ["Päätös", "Asia pantiin pöydälle."]),
        ("<p><b>Päätös</b><br>Asia pantiin pöydälle.</p>", ["Päätös", "Asia pantiin pöydälle."]),
        ('<p><span style="font-weight: bold">Päätös</span><br>Asia pantiin pöydälle.</p>', ["Päätös", "Asia pantiin pöydälle."]),
    ],
)  # fmt: skip
def test_a_label_within_a_paragraph_becomes_a_heading_before_it(markup, expected):
    assert blocks(markup) == [("heading", expected[0]), ("paragraph", expected[1])]


@pytest.mark.parametrize(
    "markup",
    [
        "<p><b>Kaupunginhallitus</b> päätti hyväksyä suunnitelman.</p>",
        "<p><b>Rannan Soutajat ry</b> 5 000 euroa</p>",
        "<p>Avustus on <b>Suuri:</b> jopa 5 000 euroa.</p>",
        '<p><a class="x" href="y">Liite</a>Suunnitelma</p>',
        '<p><span class="jaktyyppi">ao</span>Rannan kaupunki</p>',
        '<p><span class="liite">Liite 1</span>Sopimus.</p>',
    ],
)
def test_bold_or_classed_words_of_a_sentence_stay_in_it(markup):
    assert [kind for kind, _ in blocks(markup)] == ["paragraph"]


def test_a_gap_that_only_the_style_sheet_draws_becomes_a_space():
    assert page('<p><span class="jaktyyppi">ao</span>Rannan kaupunki</p>').text == "ao Rannan kaupunki"


def test_a_short_bold_paragraph_is_a_heading_and_a_long_bold_sentence_is_none():
    assert blocks("<p><b>Asian tausta</b></p><p><b>Tämä on lihavoitu lause.</b></p>") == [
        ("heading", "Asian tausta"), ("paragraph", "Tämä on lihavoitu lause."),
    ]  # fmt: skip


def test_two_bold_words_with_a_wide_gap_are_two_headings():
    assert blocks("<p><b>Selostus</b>&nbsp;&nbsp;&nbsp; <b>Valtuustoaloite</b></p><p>Teksti.</p>")[:2] == [
        ("heading", "Selostus"), ("heading", "Valtuustoaloite"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Lautakunta päätti:</p><ul><li>ostaa</li><li><p>myydä</p></li></ul>",
        "<p>Lautakunta päätti:<br>- ostaa<br>- myydä</p>",
        "<p>Lautakunta päätti:</p><p>• ostaa</p><p>• myydä</p>",
        "<p>Lautakunta päätti:<br>1. ostaa<br>2. myydä</p>",
    ],
)
def test_list_items_stand_each_for_itself(markup):
    assert [kind for kind, _ in blocks(markup)] == ["paragraph", "list_item", "list_item"]


def test_a_table_of_data_keeps_its_cells_with_headers():
    bulletin = page(
        "<table><thead><tr><th>Hakija</th><th>Haettu, €</th></tr></thead><tbody><tr><td><p>Rannan</p><p>Soutajat ry</p></td><td>1&nbsp;200</td></tr>"
        "<tr><td>Kylän Laulajat ry</td><td></td></tr></tbody></table>"
    )
    assert bulletin.text == "Hakija\tHaettu, €\nRannan Soutajat ry\t1\u00a0200\nKylän Laulajat ry"
    assert grid(bulletin) == [["Hakija", "Haettu, €"], ["Rannan Soutajat ry", "1\u00a0200"], ["Kylän Laulajat ry", ""]]
    assert [cell.header for row in bulletin.tables[0].rows for cell in row] == [True, True, False, False, False, False]


def test_an_empty_corner_is_an_empty_cell_and_the_block_starts_with_a_word():
    bulletin = page("<table><tr><td></td><td>2025</td></tr><tr><td>Tulot</td><td>900</td></tr></table>")
    assert grid(bulletin) == [["", "2025"], ["Tulot", "900"]]
    assert bulletin.text == "2025\nTulot\t900"


def test_cells_over_several_rows_or_columns_leave_the_others_in_their_columns():
    bulletin = page(
        "<table><tr><td>Hanke</td><td>Saaja</td><td>Summa</td></tr><tr><td rowspan=2>Valo</td><td>Veto ry</td><td>100</td></tr>"
        "<tr><td>Teho ry</td><td>200</td></tr><tr><td colspan=2>Yhteensä</td><td>300</td></tr></table>"
    )
    assert grid(bulletin)[2:] == [["", "Teho ry", "200"], ["Yhteensä", "", "300"]]


def test_a_table_that_only_lays_out_the_page_gives_ordinary_blocks():
    assert blocks("<table><tr><td><h2>Otsikko</h2><p>Teksti on tässä.</p></td></tr></table>") == [
        ("heading", "Otsikko"), ("paragraph", "Teksti on tässä."),
    ]  # fmt: skip


def test_a_label_cell_beside_prose_is_its_heading():
    prose = "Kaupunginhallitus päätti hyväksyä suunnitelman. " * 10
    assert blocks(f"<table><tr><td>Päätös</td><td>{prose}</td></tr><tr><td>Käsittely</td><td>Ei keskusteltu.</td></tr></table>") == [
        ("heading", "Päätös"), ("paragraph", prose.strip()), ("heading", "Käsittely"), ("paragraph", "Ei keskusteltu."),
    ]  # fmt: skip


def test_a_table_of_data_within_a_table_of_layout_stays_a_table():
    bulletin = page(
        "<table><tr><td><p>Avustukset jaettiin näin.</p><table><tr><td>Veto ry</td><td>100</td></tr>"
        "<tr><td>Teho ry</td><td>200</td></tr></table></td></tr></table>"
    )
    assert grid(bulletin) == [["Veto ry", "100"], ["Teho ry", "200"]]


@pytest.mark.parametrize(
    "markup",
    [
        "<nav><ul><li><a href='/'>Etusivu</a></li></ul></nav>",
        "<script>var teksti = 'Päätös';</script>",
        "<style>p {color: red}</style>",
        "<div class='cookie-banner'><p>Käytämme evästeitä.</p></div>",
        "<div id='main-menu'>Valikko tässä</div>",
        "<p><a href='a'>Toimielimet</a> | <a href='b'>Kaupunginhallitus</a> | <a href='c'>Avaa haku</a></p>",
        "<table><tr><td><a>Edellinen asia</a> | <a>Seuraava asia</a></td><td>Kokousasia&nbsp;PDF-muodossa</td></tr></table>",
        "<a href='#sisalto'>Siirry sisältöön</a>",
        "<button>Sulje</button>",
        "<!-- Päätös: kommentti -->",
    ],
)
def test_what_only_serves_browsing_is_left_out(markup):
    assert (
        page(f"<body>{markup}<p>Kaupunginhallitus päätti asiasta.</p></body>").text
        == "Kaupunginhallitus päätti asiasta."
    )


def test_links_that_name_a_file_format_leave_the_title_whole():
    assert (
        page("<p>Kokouksen avaus <a href='a'>pdf</a> <a href='b'>html</a></p><p>Päätös.</p>").text
        == "Kokouksen avaus\n\nPäätös."
    )


def test_the_main_element_holds_the_document():
    body = "<p>Kaupunginhallitus päätti hyväksyä suunnitelman.</p>" * 6
    assert "Muita uutisia" not in page(f"<div>Muita uutisia</div><main>{body}</main><div>Muita uutisia</div>").text


def test_a_footer_is_furniture_and_a_page_of_nothing_else_is_read_all_the_same():
    assert blocks("<p>Päätös tehtiin.</p><footer><p>Rannan kaupunki</p></footer>")[1] == (
        "page_furniture",
        "Rannan kaupunki",
    )
    assert (
        page("<nav><p>Lautakunta päätti panna asian pöydälle.</p></nav>").text
        == "Lautakunta päätti panna asian pöydälle."
    )


def test_every_block_leads_back_to_its_node():
    markup = "<html><body><div><p>Eka.</p><p>Toka <b>lihava</b>.</p><table><tr><td>a</td><td>1</td></tr></table></div></body></html>"
    root = etree.HTML(markup)
    bulletin = page(markup)
    for block in bulletin.blocks:
        (node,) = root.xpath(block.origin.path)
        shown = bulletin.text[block.start : block.end].replace("\t", "").replace("\n", "")
        assert "".join(node.itertext()) == shown


def test_marks_are_the_names_of_the_node_and_its_ancestors_innermost_first():
    bulletin = page('<div id="Sisalto" class="A b"><p class="Ingressi">Teksti.</p></div>')
    assert bulletin.blocks[0].marks == ("ingressi", "a", "b", "sisalto")


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Rannan kaupunki</title>", "<h1>Avustukset 2025</h1>", "Avustukset 2025"),
        ("<title>Kaupunginhallituksen päätökset maanantaina 3.3.2025 | Rannan kaupunki</title>", "", "Kaupunginhallituksen päätökset maanantaina 3.3.2025"),
        ("<title>Rannan kaupunki</title>", "", None),
    ],
)  # fmt: skip
def test_the_title_is_the_main_heading_else_what_the_page_is_called(head, body, title):
    bulletin = page(f"<html><head>{head}</head><body>{body}<p>Teksti.</p></body></html>")
    assert facts(bulletin).get("title") == title


@pytest.mark.parametrize(
    "stated",
    [
        '<meta property="article:published_time" content="2025-03-04T12:00:00+02:00">',
        '<meta name="DC.date" content="2025-03-04">',
        '<time datetime="2025-03-04T08:00">4.3.2025</time>',
    ],
)
def test_the_day_of_publication_is_read_from_the_metadata(stated):
    assert facts(page(f"<html><body>{stated}<p>Päätös.</p></body></html>"))["published"] == "2025-03-04"


def test_two_different_times_tell_no_day_of_publication():
    assert "published" not in facts(
        page('<p>Päätös.</p><time datetime="2025-03-04">a</time><time datetime="2025-03-05">b</time>')
    )


@pytest.mark.parametrize("title", ["Espoon kaupunki", "Päätökset | Kirkkonummen kunta", "Beslut - Borgå stad"])
def test_the_site_tells_the_municipality(title):
    owner = title.replace("Päätökset | ", "").replace("Beslut - ", "")
    assert facts(page(f"<title>{title}</title><p>Päätös.</p>"))["municipality"] == owner


@given(
    st.recursive(
        st.text(alphabet="aä A1.-:\u00a0\n", max_size=12),
        lambda held: st.builds(
            lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag}>",
            st.sampled_from(["p", "div", "b", "span class=x", "br", "ul", "li", "table", "tr", "td", "h2", "pre"]),
            st.lists(held, max_size=4),
        ),
        max_leaves=20,
    )
)
def test_any_markup_gives_blocks_that_cover_the_text(markup):
    bulletin = page(f"<p>Alku</p>{markup}<p>Loppu</p>")
    pieces = [bulletin.text[block.start : block.end] for block in bulletin.blocks]
    assert "\n\n".join(pieces) == bulletin.text
    assert all(piece and piece == piece.strip() for piece in pieces)


@pytest.mark.parametrize(
    "markup",
    [
        "<h3><button aria-controls='a'>Perustelut</button></h3><div id=a><p>Hakemus tuli ajoissa.</p></div>",
        "<button type='button'><h3>Perustelut</h3></button><p>Hakemus tuli ajoissa.</p>",
        "<button aria-expanded='false'>Perustelut</button><div hidden><p>Hakemus tuli ajoissa.</p></div>",
        "<details><summary>Perustelut</summary><p>Hakemus tuli ajoissa.</p></details>",
        "<dl><dt>Perustelut</dt><dd>Hakemus tuli ajoissa.</dd></dl>",
    ],
)
def test_the_head_of_a_part_that_folds_is_its_heading(markup):
    assert blocks(markup) == [("heading", "Perustelut"), ("paragraph", "Hakemus tuli ajoissa.")]


def test_the_caption_of_a_table_stands_before_it():
    bulletin = page(
        "<table><caption>Avustukset, euroa</caption><tr><td>Veto ry</td><td>100</td></tr><tr><td>Teho ry</td><td>200</td></tr></table>"
    )
    assert bulletin.text == "Avustukset, euroa\n\nVeto ry\t100\nTeho ry\t200"


def test_a_first_row_in_bold_heads_the_columns():
    bulletin = page(
        "<table><tr><td><b>Saaja</b></td><td><b>Summa</b></td></tr><tr><td>Veto ry</td><td>100</td></tr></table>"
    )
    assert [cell.header for row in bulletin.tables[0].rows for cell in row] == [True, True, False, False]


def test_a_name_of_furniture_around_the_whole_document_says_nothing():
    assert (
        page("<body class='navigation sidebar'><h1>Päätöksiä</h1><p>Asia hyväksyttiin.</p></body>").text
        == "Päätöksiä\n\nAsia hyväksyttiin."
    )


def test_a_heading_in_the_footer_is_furniture_too():
    assert blocks("<p>Asia hyväksyttiin.</p><footer><h2>Yhteystiedot</h2></footer>")[1] == (
        "page_furniture",
        "Yhteystiedot",
    )


def test_a_wide_gap_parts_a_label_from_its_text_without_any_style():
    assert blocks("<p>Päätös&nbsp;&nbsp;Lautakunta hyväksyi ehdotuksen.</p>") == [
        ("heading", "Päätös"), ("paragraph", "Lautakunta hyväksyi ehdotuksen."),
    ]  # fmt: skip
    assert blocks("<p>Lautakunta&nbsp;&nbsp;hyväksyi ehdotuksen.</p>") == [
        ("paragraph", "Lautakunta hyväksyi ehdotuksen.")
    ]
