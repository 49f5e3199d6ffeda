"""Plain text: paragraphs, hard wraps, headings, lists, tables and the crawl's stamp."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.model import BlockKind
from pykala.read import read, read_text


def kinds(text):
    bulletin = read_text(text)
    return [(block.kind.value, bulletin.text[block.start : block.end]) for block in bulletin.blocks]


def test_paragraphs_are_parted_by_empty_lines():
    assert read_text("Eka kappale.\n \n\nToka kappale.\n").text == "Eka kappale.\n\nToka kappale."


@pytest.mark.parametrize(("stamp", "published"), [(" date 2024-11 ", "2024-11"), ("date 2023-02-07\n", "2023-02-07")])
def test_a_crawl_stamp_leaves_the_text_and_tells_when_it_was_published(stamp, published):
    bulletin = read_text(f"{stamp}Lautakunta hyväksyi suunnitelman.")
    assert bulletin.text == "Lautakunta hyväksyi suunnitelman."
    assert [(fact.name, fact.value, fact.start) for fact in bulletin.facts] == [("published", published, None)]


def test_the_word_date_in_a_text_is_no_stamp():
    assert read_text("Update 2024-11 tehtiin.").facts == ()


def test_a_short_line_on_its_own_before_prose_is_a_heading():
    text = "Kirjaston aukioloajat\n\nLautakunta päätti pidentää aukioloaikoja.\n\nPäätös\n\nEhdotus hyväksyttiin."
    assert [kind for kind, _ in kinds(text)] == ["heading", "paragraph", "heading", "paragraph"]


def test_labels_between_tight_lines_are_headings():
    text = "Päätös\nLautakunta pani asian pöydälle.\nKäsittely\nPuheenjohtaja esitti, että asia pannaan pöydälle."
    assert kinds(text)[0::2] == [("heading", "Päätös"), ("heading", "Käsittely")]


def test_rows_of_grants_are_no_headings():
    text = "Avustukset:\n\nRannan Soutajat ry 1 000 €\nKylän Laulajat ry 500 €\n\nAvustukset maksetaan kesäkuussa."
    assert [kind for kind, line in kinds(text) if "€" in line] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("line", ["Julkaistu 17.12.2024", "11 February 2025", "Nuorisolautakunta 3.2.2021 § 7"])
def test_a_date_line_or_an_earlier_handling_is_no_heading(line):
    assert ("paragraph", line) in kinds(f"Kaupunginhallitus tiedottaa\n\n{line}\n\nKaupunginhallitus päätti asiasta.")


def test_hard_wrapped_prose_is_joined_and_its_words_and_numbers_mended():
    text = (
        "Urheiluseura Veto ry on hakenut kunnalta avustusta nuorten\n"
        "liikuntatoimintaan vuodelle 2003. Seuralla on noin 312\n"
        "000 euron omaisuus, ja se on kunnanhal-\n"
        "lituksen mielestä hoitanut asiansa hyvin. Hakemus koskee ikä-\n"
        "ja kielijakaumaa.\n"
    )
    assert read_text(text).text == (
        "Urheiluseura Veto ry on hakenut kunnalta avustusta nuorten liikuntatoimintaan vuodelle 2003. Seuralla on noin "
        "312 000 euron omaisuus, ja se on kunnanhallituksen mielestä hoitanut asiansa hyvin. Hakemus koskee ikä- ja "
        "kielijakaumaa."
    )


def test_whole_paragraphs_a_line_each_are_not_joined():
    text = (
        "Kaupunginhallitus päätti panna asian pöydälle seuraavaan kokoukseen saakka.\nLisäksi se merkitsi katsauksen."
    )
    assert len(kinds(text)) == 2


def test_list_lines_stay_apart_and_quotations_are_no_list():
    text = "Lautakunta päätti:\n- hyväksyä suunnitelman\n- kumota päätöksen\n\n– Olen tyytyväinen tähän päätökseen, sanoi johtaja."
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "list_item", "list_item", "paragraph"]


def test_an_underline_makes_a_heading_and_goes():
    assert kinds("Täytäntöönpano\n==============\nOte: seura")[0] == ("heading", "Täytäntöönpano")


def test_a_label_with_a_wide_gap_is_parted_from_its_text():
    text = (
        "Asia                     Kaupunki on saanut hakemuksen.\n\nPäätös\u00a0\u00a0\u00a0\u00a0Ehdotus hyväksyttiin."
    )
    assert kinds(text) == [
        ("heading", "Asia"),
        ("paragraph", "Kaupunki on saanut hakemuksen."),
        ("heading", "Päätös"),
        ("paragraph", "Ehdotus hyväksyttiin."),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "Hakija\tHaettu\tMyönnetty\nVeto ry\t2 000\t1 200\nTeho ry\t\t0",
        "Hakija        Haettu     Myönnetty\nVeto ry        2 000         1 200\nTeho ry          500             0",
        "| Hakija | Haettu | Myönnetty |\n|---|---|---|\n| Veto ry | 2 000 | 1 200 |\n| Teho ry | 500 | 0 |",
    ],
)
def test_columns_make_a_table(rows):
    bulletin = read_text(f"Avustukset:\n\n{rows}\n\nMaksetaan heti.")
    (table,) = bulletin.tables
    cells = [[bulletin.text[cell.start : cell.end] for cell in row] for row in table.rows]
    assert cells[0] == ["Hakija", "Haettu", "Myönnetty"]
    assert cells[1] == ["Veto ry", "2 000", "1 200"]
    assert cells[2][0] == "Teho ry"
    assert cells[2][2] == "0"


def test_lines_that_steer_a_browser_are_furniture():
    assert kinds("Siirry sisältöön\n\nKaupunginhallitus päätti asiasta.")[0][0] == "page_furniture"


def test_a_block_tells_the_line_that_it_starts_on():
    bulletin = read(b"Eka.\n\n\nToka.\nKolmas.", "x.txt")
    assert [block.origin.line for block in bulletin.blocks] == [1, 4, 5]


@given(st.text(alphabet="aä A1.-–•|\t\n:§€\u00a0\u00ad", min_size=1))
def test_blocks_cover_the_text_in_order_without_white_space_at_their_edges(text):
    bulletin = read_text("Alku.\n\n" + text)
    pieces = [bulletin.text[block.start : block.end] for block in bulletin.blocks]
    assert "\n\n".join(pieces) == bulletin.text
    assert all(piece and piece == piece.strip() for piece in pieces)
    for table in bulletin.tables:
        assert any(block.kind is BlockKind.TABLE and block.start == table.start for block in bulletin.blocks)
        assert all(table.start <= cell.start <= cell.end <= table.end for row in table.rows for cell in row)
