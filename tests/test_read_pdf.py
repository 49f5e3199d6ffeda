"""PDF by position: labels, wrapped lines, tables, what every page repeats, and files that cannot be read."""

import io

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from pykala.errors import BrokenDocument, NoText, ProtectedDocument, TooLarge
from pykala.read import Limits, read

BOLD, PLAIN = "Helvetica-Bold", "Helvetica"


def pdf(*pages, **options):
    """A PDF whose pages are lists of (x, y, text) or (x, y, text, font) or (x, y, text, font, size)."""
    stream = io.BytesIO()
    paper = canvas.Canvas(stream, pagesize=(595, 842), invariant=1, **options)
    for page in pages:
        for x, y, text, *style in page:
            font, size = (*style, 11)[:2] if style else (PLAIN, 11)
            paper.setFont(font, size)
            paper.drawString(x, y, text)
        paper.showPage()
    paper.save()
    return stream.getvalue()


def column(x, y, *lines, font=PLAIN):
    return [(x, y - 13.5 * at, line, font) for at, line in enumerate(lines)]


def blocks(data):
    bulletin = read(data, "x")
    return [(block.kind.value, bulletin.text[block.start : block.end]) for block in bulletin.blocks]


PROSE = (
    "Kaupunginhallitus myöntää nuorisoseuroille avustusta vuosina",
    "2024-2026 yhteensä 1 250 000 euroa siten, että talousarvion ikä-",
    "ja kielijakauma otetaan huomioon, ja lähettää tämän kaupungin-",
    "valtuuston käsiteltäväksi.",
)
WHOLE = (
    "Kaupunginhallitus myöntää nuorisoseuroille avustusta vuosina 2024-2026 yhteensä 1 250 000 euroa siten, että "
    "talousarvion ikä- ja kielijakauma otetaan huomioon, ja lähettää tämän kaupunginvaltuuston käsiteltäväksi."
)


def test_wrapped_lines_become_one_paragraph_with_whole_words_and_numbers():
    assert blocks(pdf(column(72, 700, *PROSE))) == [("paragraph", WHOLE)]


def test_labels_left_of_the_text_come_before_what_they_stand_beside():
    page = [
        *column(57, 702, "Kaupungin-", "hallituksen", "päätösehdotus", font=BOLD), *column(184, 700, *PROSE),
        (57, 620, "Päätös", BOLD), (184, 618, "Ehdotus hyväksyttiin."),
    ]  # fmt: skip
    assert blocks(pdf(page)) == [
        ("heading", "Kaupunginhallituksen päätösehdotus"), ("paragraph", WHOLE),
        ("heading", "Päätös"), ("paragraph", "Ehdotus hyväksyttiin."),
    ]  # fmt: skip


def test_a_label_that_reaches_over_the_column_is_one_all_the_same():
    page = [*column(57, 740, "Kaupunginhallituksen", "käsittely", font=BOLD), *column(160, 700, *PROSE)]
    assert blocks(pdf(page))[0] == ("heading", "Kaupunginhallituksen käsittely")


def test_two_labels_one_below_the_other_stay_two():
    page = [
        *column(57, 740, "Dno", "Valmistelija", font=BOLD),
        *column(184, 740, "RANDno-2024-7", "Aino Salo"),
        *column(184, 690, *PROSE),
    ]
    assert [text for _, text in blocks(pdf(page))][:4] == ["Dno", "RANDno-2024-7", "Valmistelija", "Aino Salo"]


def test_a_gap_between_lines_parts_paragraphs_and_lines_of_a_list_stay_apart():
    page = [
        *column(72, 700, *PROSE),
        *column(72, 630, "Nuorisolautakunta 1.2.2024 § 12", "Kaupunginhallitus 4.3.2024 § 33"),
    ]
    assert blocks(pdf(page))[1:] == [
        ("paragraph", "Nuorisolautakunta 1.2.2024 § 12"),
        ("paragraph", "Kaupunginhallitus 4.3.2024 § 33"),
    ]


def test_bullets_open_list_items_and_their_lines_are_joined():
    page = column(
        72,
        700,
        *PROSE[:1],
        "- avustus maksetaan kahdessa erässä ja siitä annetaan kirjallinen",
        "selvitys",
        "- tilitys annetaan",
    )
    assert [kind for kind, _ in blocks(pdf(page))][1:] == ["list_item", "list_item"]
    assert blocks(pdf(page))[1][1].endswith("kirjallinen selvitys")


def test_large_type_on_the_first_page_is_the_title():
    bulletin = read(pdf([(72, 760, "Avustukset nuorisoseuroille", BOLD, 16), *column(72, 700, *PROSE)]), "x")
    assert (bulletin.blocks[0].kind.value, bulletin.blocks[0].level) == ("heading", 1)


def test_columns_of_figures_make_a_table_with_wrapped_names_in_one_cell():
    page = [
        *column(72, 700, *PROSE),
        *column(72, 620, "Hakija", "Soutajat ry", "Itäisen saariston", "laulajat ry", "Yhteensä"),
        (330, 620, "Haettu"), (330, 606.5, "2 000,00"), (330, 593, "500"), (330, 566, "2 500,00"),
        (430, 620, "Myönnetty, €"), (430, 606.5, "1 200"), (430, 593, "-"), (430, 566, "1 200"),
    ]  # fmt: skip
    bulletin = read(pdf(page), "x")
    assert [[bulletin.text[c.start : c.end] for c in row] for row in bulletin.tables[0].rows] == [
        ["Hakija", "Haettu", "Myönnetty, €"],
        ["Soutajat ry", "2 000,00", "1 200"],
        ["Itäisen saariston laulajat ry", "500", "-"],
        ["Yhteensä", "2 500,00", "1 200"],
    ]


def test_a_running_header_is_kept_once_and_page_numbers_go():
    def paper(number, *lines):
        return [
            (57, 800, "Rannan kaupunki"), (300, 800, "Pöytäkirja 7/2024"), (500, 800, f"{number} (3)"),
            (57, 785, "Kaupunginhallitus"), (300, 785, "15.4.2024"), (57, 30, f"PL 1, Ranta, sivu {number}"), *column(72, 700, *lines),
        ]  # fmt: skip

    found = blocks(pdf(paper(1, *PROSE), paper(2, "Toinen asia ratkaistiin."), paper(3, "Kolmas asia ratkaistiin.")))
    assert [text for _, text in found] == [
        "Rannan kaupunki Pöytäkirja 7/2024 1 (3)", "Kaupunginhallitus 15.4.2024", WHOLE, "Toinen asia ratkaistiin.",
        "Kolmas asia ratkaistiin.",
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_page_break():
    assert blocks(pdf(column(72, 200, *PROSE[:2]), column(72, 760, *PROSE[2:]))) == [("paragraph", WHOLE)]


def test_a_sentence_that_ends_a_page_does_not_run_into_the_next_one():
    pages = (
        column(72, 200, *PROSE[:3], "Valtuusto päättää asiasta lopullisesti kesäkuussa yksimielisesti."),
        column(72, 760, "Toinen asia."),
    )
    assert blocks(pdf(*pages))[-1] == ("paragraph", "Toinen asia.")


def test_every_block_leads_back_to_its_page_and_box():
    bulletin = read(pdf(column(72, 700, *PROSE), column(72, 500, "Päätös tehtiin.")), "x")
    last = bulletin.blocks[-1].origin
    assert last.page == 2
    left, bottom, right, top = last.box
    assert (round(left), 72 < right < 200, bottom < 500 < top) == (72, True, True)


def test_a_soft_hyphen_that_the_page_shows_is_a_hyphen():
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    assert (
        blocks(pdf([(72, 700, "Suunnitelma koskee vuosia 2024\u00ad2026 kokonaan.", "Vera")]))[0][1].count("2024-2026")
        == 1
    )


def test_words_printed_twice_for_boldness_count_once():
    assert blocks(pdf([(72, 700, "Päätös"), (72.4, 700, "Päätös"), *column(72, 660, *PROSE)]))[0][1] == "Päätös"


def test_noise_before_the_files_mark_does_not_matter():
    assert blocks(b"\r\n\xef\xbb\xbf" + pdf(column(72, 700, *PROSE))) == [("paragraph", WHOLE)]


def test_a_password_is_told_as_such():
    with pytest.raises(ProtectedDocument, match="password"):
        read(pdf([(72, 700, "Salainen")], encrypt=StandardEncryption("auki", ownerPassword="omistaja")), "x")


def test_half_a_file_is_told_to_be_damaged():
    with pytest.raises(BrokenDocument):
        read(pdf(column(72, 700, *PROSE))[:600], "x")


def test_pages_of_pictures_alone_ask_for_text_recognition():
    with pytest.raises(NoText, match="text recognition"):
        read(pdf([], []), "x")


def test_a_page_without_text_among_others_is_a_warning():
    (warning,) = read(pdf(column(72, 700, *PROSE), []), "x").warnings
    assert (warning.code, warning.message) == ("page-without-text", "no text on page 2")


def test_too_many_pages_are_refused_by_the_name_of_the_limit():
    with pytest.raises(TooLarge, match="pages"):
        read(pdf(*[[(72, 700, "Sivu")]] * 3), "x", limits=Limits(pages=2))


def test_a_heading_that_runs_over_both_columns_is_one_over_its_lines():
    page = [
        *column(57, 760, "Takauksen myöntäminen Poronlammen Lämpö Oy:n lainalle ja yhtiön", "avustaminen", font=BOLD),
        *column(184, 700, *PROSE), (57, 620, "Päätös", BOLD), (184, 620, "Ehdotus hyväksyttiin."),
    ]  # fmt: skip
    assert blocks(pdf(page))[0] == (
        "heading",
        "Takauksen myöntäminen Poronlammen Lämpö Oy:n lainalle ja yhtiön avustaminen",
    )


def test_words_far_apart_on_a_line_are_no_part_of_a_sentence():
    page = [
        (57, 800, "RANNAN KAUPUNKI", BOLD),
        (400, 800, "PÖYTÄKIRJA"),
        (57, 786, "Liikuntalautakunta"),
        (400, 786, "14.6.2022"),
        *column(57, 740, *PROSE),
    ]
    assert [text for _, text in blocks(pdf(page))][:2] == ["RANNAN KAUPUNKI PÖYTÄKIRJA", "Liikuntalautakunta 14.6.2022"]
