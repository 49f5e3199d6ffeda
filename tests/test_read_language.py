"""The language is that of most of the running text, whatever the buttons say."""

import pytest

from pykala.read import read, read_text

FINNISH = "Kaupunginhallitus päätti yksimielisesti myöntää yhdistykselle avustuksen vuodelle 2025 esityksen mukaisesti."
SWEDISH = "Stadsstyrelsen beslutade enhälligt bevilja föreningen ett understöd för år 2025 enligt förslaget."
ENGLISH = "The City Board decided to grant the association funding for the year 2025 in line with the proposal."


@pytest.mark.parametrize(("text", "language"), [(FINNISH, "fi"), (SWEDISH, "sv"), (ENGLISH, "en")])
def test_a_sentence_tells_its_language(text, language):
    assert read_text(text).language == language


def test_headings_and_buttons_of_another_language_do_not_count():
    page = f"<h1>Avustuksen myöntäminen Sjöräddarna rf:lle vuodelle 2025</h1><h3>Päätös</h3><p>{SWEDISH}</p><p>Sulje ikkuna</p>"
    assert read(page.encode(), "x").language == "sv"


def test_short_lines_beside_running_text_do_not_count():
    labels = "".join(
        f"<p>Lisätietoja asiasta antaa {name} virastossa</p>" for name in ("Aino", "Oiva", "Toivo", "Helmi")
    )
    assert read(f"<div>{labels}</div><p>{SWEDISH}</p>".encode(), "x").language == "sv"


def test_the_longer_part_of_a_mixed_document_tells():
    assert read_text(f"{SWEDISH}\n\n{FINNISH} {FINNISH}").language == "fi"
    assert read_text(f"{FINNISH}\n\n{SWEDISH} {SWEDISH}").language == "sv"


def test_names_of_another_language_do_not_turn_a_text():
    text = "Avustuksen saivat Emsalö byaförening rf, Svenska kulturfonden i Nyland ja Helsinki Partners Oy."
    assert read_text(f"Kaupunginhallitus myönsi avustukset seuraavasti. {text}").language == "fi"


def test_a_text_of_figures_alone_counts_as_finnish():
    assert read_text("12 000\n\n13 000").language == "fi"
