"""Lines and sentences: where one ends, and where a full stop ends nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala.model import Block, BlockKind
from pykala.read import read, read_text
from pykala.segment import segment
from pykala.sentences import is_sum_row, lines, sentences, split


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text))]


def of_page(markup: str) -> list[str]:
    document = segment(read(markup.encode(), "x"))
    return [document.text[start:end] for start, end in document.sentences]


# ---------------------------------------------------------------- full stops


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kokous oli 12.5. Helsingissä.", "Lautakunta päätti mm. tuesta."),
        ("Avustus on 1.500 euroa.", "Se maksetaan 1.2.2024."),
        ("Esittelijänä toimi A. Virtanen.", "Kokous päättyi."),
        ("Toinen erä maksetaan 3. Tammikuuta.", "Kolmas jää pois."),
        ("Hinta on n. 5 milj. Euroa.", "Kauppa tehdään."),
        ("Kokouksen pj. Salo avasi sen.", "Läsnä oli valtuusto."),
        ("Tontin omisti Kustaa II. Adolf.", "Nyt sen omistaa kaupunki."),
        ("Nämnden hörde dvs. Borgå.", "Staden köper."),
        ("Nämnden hörde bl.a. Borgå.", "Staden köper."),
        ("Nämnden hörde t.ex. Borgå.", "Staden köper."),
        ("Kaavan nro. 12 hyväksyi valtuusto.", "Asia on selvä."),
        ("Asia kuuluu kohtaan I. Hallinto.", "Se on uusi."),
    ],
)
def test_a_stop_after_a_shortened_word_a_number_or_an_initial_ends_no_sentence(first: str, second: str) -> None:
    assert pieces(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mitä nyt? Asia ratkesi! Hyvä… Seuraava.", ["Mitä nyt?", "Asia ratkesi!", "Hyvä…", "Seuraava."]),
        ("”Päätös on hyvä.” Näin sanoi johtaja.", ["”Päätös on hyvä.”", "Näin sanoi johtaja."]),
        ("Johtaja vastaa (p. 040 123). Asia on esillä.", ["Johtaja vastaa (p. 040 123).", "Asia on esillä."]),
        ("Hinta on 5 000 €. Toinen on 6 000 €.", ["Hinta on 5 000 €.", "Toinen on 6 000 €."]),
        ("Hakijoita oli 125. Lautakunta valitsi.", ["Hakijoita oli 125.", "Lautakunta valitsi."]),
        ("Vuosi oli 2024. Talous kasvoi.", ["Vuosi oli 2024.", "Talous kasvoi."]),
        ("Asia palautettiin. § 13 jäi pöydälle.", ["Asia palautettiin.", "§ 13 jäi pöydälle."]),
        ("Asia palautettiin. – Uusi valmistelu alkaa.", ["Asia palautettiin.", "– Uusi valmistelu alkaa."]),
        pytest.param(
            "Päätös syntyi äänin 6–3. Tontti myydään.",
            ["Päätös syntyi äänin 6–3.", "Tontti myydään."],
        ),
        ("Asia on auki. Äänestys alkaa.", ["Asia on auki.", "Äänestys alkaa."]),
        ("Lautakunta päätti: – ostaa – myydä", ["Lautakunta päätti: – ostaa – myydä"]),
        ("Asia (ks. liite). seuraavaksi", ["Asia (ks. liite). seuraavaksi"]),
        ("", []),
    ],
)
def test_a_sentence_ends_before_a_capital_a_sign_or_a_number(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text(alphabet="aB1 .!?…”)\u00a0§–\n", max_size=60))
def test_sentences_cover_all_but_white_space_and_never_overlap(text: str) -> None:
    position, left = 0, ""
    for start, end in split(text, 0, len(text)):
        assert position <= start < end <= len(text)
        left += text[position:start]
        position = end
    assert (left + text[position:]).strip() == ""


# ---------------------------------------------------------------- lines and blocks


def test_a_sentence_goes_on_over_a_line_break_before_a_small_letter() -> None:
    assert of_page("<p>Lautakunta päätti<br>hyväksyä suunnitelman.<br>Asia on auki<br>Toinen rivi</p>") == [
        "Lautakunta päätti\nhyväksyä suunnitelman.", "Asia on auki", "Toinen rivi",
    ]  # fmt: skip


def test_a_sentence_ends_with_its_block_and_with_a_colon() -> None:
    assert of_page("<p>Lautakunta päätti</p><p>hyväksyä suunnitelman</p>") == [
        "Lautakunta päätti", "hyväksyä suunnitelman",
    ]  # fmt: skip
    assert of_page("<p>Lautakunta päätti:<br>hyväksyä suunnitelman</p>") == [
        "Lautakunta päätti:", "hyväksyä suunnitelman",
    ]  # fmt: skip


def test_a_row_of_a_table_is_one_sentence_whatever_stops_it_holds() -> None:
    markup = "<table><tr><th>Hakija</th><th>Euroa</th></tr><tr><td>Kylä ry. Ranta</td><td>500</td></tr></table>"
    assert of_page(f"<p>Avustukset</p>{markup}") == ["Avustukset", "Hakija\tEuroa", "Kylä ry. Ranta\t500"]


def test_a_line_knows_its_block_and_whether_it_opens_it() -> None:
    text = "Yksi\n\nKaksi\nKolme"
    blocks = (Block(0, 4, BlockKind.HEADING, 1), Block(6, 17, BlockKind.PARAGRAPH))
    found = [(text[x.start : x.end], x.block, x.kind.value, x.level, x.first) for x in lines(text, blocks)]
    assert found == [
        ("Yksi", 0, "heading", 1, True), ("Kaksi", 1, "paragraph", 0, True), ("Kolme", 1, "paragraph", 0, False),
    ]  # fmt: skip
    assert sentences(text, tuple(lines(text, blocks))) == ((0, 4), (6, 11), (12, 17))


@given(st.text(alphabet="aB1. \n", max_size=80))
def test_every_sentence_of_a_plain_text_is_whole_within_it(text: str) -> None:
    if not text.strip():
        return
    document = segment(read_text(text, "x"))
    held = "".join(document.text[start:end] for start, end in document.sentences)
    assert "".join(held.split()) == "".join(document.text.split())
    assert list(document.sentences) == sorted(document.sentences)


# ---------------------------------------------------------------- rows of sums


@pytest.mark.parametrize(
    "row",
    [
        "Kylä ry 4 000 euroa",
        "Kylä ry: 4 000 €",
        "Kylä ry 4.000,50 e;",
        "Kylä ry 4 000",
        "Rannan r.f. 4 000 euro",
        "Onnen ry 300 euroa (haettu 600 euroa),",
    ],
)
def test_a_name_and_a_sum_without_a_verb_are_a_row(row: str) -> None:
    assert is_sum_row(row)


@pytest.mark.parametrize(
    "words",
    [
        "Lautakunta myönsi 4 000 euroa.",
        "Kylä ry sai 4 000 euroa",
        "Hinta on 4 000 euroa",
        "Lautakunta päätti maksaa 4 000 euroa",
        "Kylä ry",
        "Kylä ry 4 000 euroa ja lisäksi talkoot",
        "Kylä ry. Hanke jatkuu hyvin. 4 000 euroa",
        f"{'Kylä' * 40} 4 000 euroa",
    ],
)
def test_a_sentence_or_a_name_alone_is_no_row_of_a_sum(words: str) -> None:
    assert not is_sum_row(words)
