"""What sort of document it is, its items and their parts, and what its head says of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pykala.model import Document, Fact, Header, Item, PartKind
from pykala.read import read, read_text
from pykala.segment import segment
from pykala.segment.cases import own_cases, own_section
from pykala.segment.labels import handling_of, label_of

HEAD = "Sipoon kunta\nKunnanhallitus\nPöytäkirja 4.12.2023\n\n"
RESULT = "\n\nPäätös\nEhdotuksen mukaan."


def of_text(text: str) -> Document:
    return segment(read_text(text, "x"))


def of_page(markup: str) -> Document:
    return segment(read(markup.encode(), "x"))


def parts(document: Document, item: int = -1) -> list[tuple[str, str]]:
    """Kind and words of each part of an item, by default the last, in one line each."""
    found = document.items[item].parts
    return [(part.kind.value, " ".join(document.text[part.start : part.end].split())) for part in found]


def of_kind(document: Document, kind: PartKind) -> list[str]:
    return [words for item in range(len(document.items)) for k, words in parts(document, item) if k == kind.value]


def told(document: Document, item: Item) -> tuple[str | None, list[str], str | None]:
    """Section, case numbers and title of an item."""
    text = document.text
    cases = [text[start:end] for start, end in item.case_numbers]
    return item.section and text[slice(*item.section)], cases, item.title and text[slice(*item.title)]


# ---------------------------------------------------------------- kinds of document


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{HEAD}Päätösehdotus\nKunnanhallitus myy tontin.{RESULT}", "minutes"),
        ("Kommunstyrelsen\nProtokoll 4.12.2023\n\nFörslag\nTomten säljs.\n\nBeslut\nEnligt förslaget.", "minutes"),
        ("Kunnanhallitus\nEsityslista 4.12.2023\n\nPäätösehdotus\nKunnanhallitus myy tontin.", "agenda"),
        ("Kommunstyrelsen\nFöredragningslista 4.12.2023\n\nFörslag\nTomten säljs.", "agenda"),
        ("Kokouskutsu\nValtuusto kokoontuu 4.12.2023.\n\nPäätösehdotus\nTontti myydään.", "agenda"),
        ("Tontin myynti\n\nPäätösehdotus\nKunnanhallitus myy tontin.", "agenda"),
        ("Viranhaltijapäätös\nKulttuurijohtaja\n\nPäätös\nPäätin myöntää Kylä ry:lle 500 euroa.", "officer"),
        ("Kulttuurijohtaja\n\nPäätös\nMyönnän Kylä ry:lle 500 euroa.", "officer"),
        ("Tjänsteinnehavarbeslut\nBildningsdirektören\n\nBeslut\nJag beviljar By rf 500 euro.", "officer"),
        ("Kunnanhallituksen päätöksiä 4.12.2023\n\nTontti\nKunnanhallitus myi tontin.", "bulletin"),
        ("Päätöstiedote nro 11\nKunnanhallitus\n\nTontti\n\nPäätös\nKunnanhallitus myi tontin.", "bulletin"),
        ("Stadsstyrelsens beslut 4.12.2023\n\nTomten\nStadsstyrelsen sålde tomten.", "bulletin"),
        ("Kunnanhallitus 4.12.2023\n\nTontti\nKunnanhallitus myi tontin.", "bulletin"),
        ("Ennakkotiedote kunnanhallituksen päätöksistä\n\nKunnanhallitus myi tontin.", "bulletin"),
        ("Tontti myytiin\n\nKunnanhallitus myi tontin maanantaina 4.12.2023.", "release"),
        ("Koulu etenee\n\nValtuuston on määrä hyväksyä suunnitelma maanantaina.", "preview"),
        ("Koulu etenee\n\nValtuusto kokoontuu päättämään suunnitelmasta.", "preview"),
    ],
)
def test_a_document_is_known_by_its_labels_and_its_own_words(text: str, kind: str) -> None:
    assert of_text(text).kind.value == kind


def test_minutes_without_a_label_are_known_by_a_bare_result() -> None:
    text = f"{HEAD}Päätösehdotus\nKunnanhallitus myy tontin.\n\nKunnanhallitus\nHyväksyttiin."
    assert of_text(text).kind.value == "minutes"


def test_a_pointer_to_the_agenda_makes_no_agenda_of_a_release() -> None:
    text = (
        "Tontti myytiin\n\nKunnanhallitus myi tontin 4.12.2023.\n\nKokouksen esityslista on luettavissa verkkosivuilla."
    )
    assert of_text(text).kind.value == "release"


def test_a_word_of_an_agenda_far_down_or_beside_a_decision_makes_no_agenda() -> None:
    assert of_text(f"{HEAD}Asia oli kokouksen esityslistalla.{RESULT}").kind.value == "minutes"


HELA = (
    "<table><tr><td>Helsingin kaupunki</td><td>Pöytäkirja</td><td>27/2019</td><td>1 (10)</td></tr>"
    "<tr><td>Kaupunginhallitus</td><td></td><td></td><td></td></tr>"
    "<tr><td></td><td>Kaj/10</td><td></td><td></td></tr><tr><td></td><td>9.9.2019</td><td></td><td></td></tr></table>"
    "<h2>§ 595 Lainan myöntäminen</h2><p>HEL 2019-003404 T 02 05 06</p>"
    "<h3>Esitys</h3><p>Kaupunginhallitus esittää kaupunginvaltuustolle seuraavaa:</p><p>Valtuusto myöntää lainan.</p>"
    "<h3>Esittelijä</h3><p>kansliapäällikkö<br>Aino Virta</p>"
)
OWN_PROPOSAL = "<h3>Päätösehdotus</h3><p>Kaupunginhallitus esittää samaa.</p>"


def test_helsinkis_esitys_in_minutes_is_the_bodys_own_act_although_the_proposal_is_printed_after_it() -> None:
    document = of_page(HELA + OWN_PROPOSAL)
    assert document.kind.value == "minutes"
    assert [words[:6] for words in of_kind(document, PartKind.DECISION)] == ["Esitys"]
    assert [words[:13] for words in of_kind(document, PartKind.PROPOSAL)] == ["Päätösehdotus"]


def test_helsinkis_esitys_alone_makes_minutes() -> None:
    assert of_page(HELA).kind.value == "minutes"


def test_helsinkis_esitys_on_an_agenda_is_a_proposal() -> None:
    document = of_page(HELA.replace("Pöytäkirja", "Esityslista") + OWN_PROPOSAL)
    assert (document.kind.value, of_kind(document, PartKind.DECISION)) == ("agenda", [])


def test_an_esitys_elsewhere_is_the_proposal() -> None:
    document = of_text(f"{HEAD}Esitys\nKunnanhallitus myy tontin.{RESULT}")
    assert parts(document)[1:] == [
        ("proposal", "Esitys Kunnanhallitus myy tontin."), ("decision", "Päätös Ehdotuksen mukaan."),
    ]  # fmt: skip


def test_helsinkis_esitys_in_minutes_with_their_status_is_a_decision() -> None:
    markup = (
        '<div class="paatos"><h1 class="AsiaOtsikko">Lainan myöntäminen</h1><div class="DnroTmuoto">HEL 2019-003404</div>'
        '<div class="SisaltoSektio"><h3 class="SisaltoOtsikko">Esitys</h3><p>Kaupunginhallitus esittää lainaa.</p></div></div>'
    )
    document = of_page(markup)
    assert (document.kind.value, of_kind(document, PartKind.DECISION)) == (
        "minutes", ["Esitys Kaupunginhallitus esittää lainaa."],
    )  # fmt: skip


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize(
    ("line", "part", "rest"),
    [
        ("Päätös", "decision", ""),
        ("Päätös:", "decision", ""),
        ("PÄÄTÖSEHDOTUS", "proposal", ""),
        ("Beslutsförslag", "proposal", ""),
        ("Föredragandens motiveringar", "reasons", ""),
        ("Päätös Hyväksyttiin yksimielisesti.", "decision", "Hyväksyttiin yksimielisesti."),
        ("Päätös: hyväksyttiin.", "decision", "hyväksyttiin."),
        ("Kunnanhallituksen päätös:", "decision", ""),
        ("Kaupunginjohtajan ehdotus: Tontti myydään.", "proposal", "Tontti myydään."),
        ("Toimialajohtajan muutettu päätösehdotus:", "proposal", ""),
        ("Sivistys- ja vapaa-aikalautakunnan päätös", "decision", ""),
        ("Nämndens beslut", "decision", ""),
        ("Stadsdirektörens förslag:", "proposal", ""),
        ("Lisätiedot: Aino Virta", "contact", "Aino Virta"),
        ("Muutoksenhaku", "appeal", ""),
    ],
)
def test_a_label_stands_alone_or_opens_its_line_or_names_its_owner(line: str, part: str, rest: str) -> None:
    label = label_of(line)
    assert label is not None
    assert (label.part, line[label.end :], label.alone) == (part, rest, rest == "")


@pytest.mark.parametrize(
    "line",
    [
        "Päätös on ehdotuksen mukainen.",
        "Päätöksen liitteet",
        "päätös Hyväksyttiin",
        "Liite Kartta",
        "Tiedoksi Aino Virralle",
        "Hakemus: Kylä ry",
        "Ehdotuksen mukaan",
        "Kunnanhallitus hyväksyi päätösehdotuksen.",
        "Kokouksen päätös syntyi",
        "",
    ],
)
def test_words_that_only_look_like_a_label_open_nothing(line: str) -> None:
    assert label_of(line) is None


def test_an_owner_of_a_label_is_told() -> None:
    label = label_of("Teknisen lautakunnan päätös")
    assert label is not None
    assert label.owner == "Teknisen lautakunnan"


def test_parts_cover_an_item_without_gaps_and_know_their_heading() -> None:
    document = of_text(
        f"{HEAD}§ 12 Tontti\n\nValmistelija: Bo Ek\n\nSelostus\nTausta.\n\nPäätösehdotus\nTontti myydään.\n\n"
        "Käsittely\nKeskusteltiin.\n\nPäätös: Ehdotuksen mukaan.\n\nPerustelut\nHyvä.\n\nLiitteet\nKartta\n\nTiedoksi\nBo Ek\n\n"
        "Muutoksenhaku\nValitus tehdään 30 päivässä."
    )
    kinds = "header presenter background proposal handling decision reasons attachments distribution appeal".split()
    assert [kind for kind, _ in parts(document)] == kinds
    item = document.items[0]
    assert item.parts[0].start == item.start
    assert item.parts[-1].end == item.end
    headings = [document.text[slice(*p.heading)] for p in item.parts if p.heading]
    assert headings == [
        "Valmistelija", "Selostus", "Päätösehdotus", "Käsittely", "Päätös", "Perustelut", "Liitteet", "Tiedoksi", "Muutoksenhaku",
    ]  # fmt: skip


def test_a_long_line_above_the_first_label_is_text_and_a_short_one_head() -> None:
    long = "Kunta on saanut tarjouksen tontista, jonka pinta-ala on noin kaksi hehtaaria ja joka sijaitsee rannalla"
    document = of_text(f"{HEAD}Tontin myynti\n\n{long}{RESULT}")
    assert [(kind, words) for kind, words in parts(document) if kind == "body"] == [("body", long)]
    assert parts(document)[0][0] == "header"


def test_what_a_word_is_in_appeal_instructions_is_no_label() -> None:
    document = of_text(
        f"{HEAD}Asia{RESULT}\n\nMuutoksenhaku\nValitus\n\nSelvitys\nLiitä selvitys.\n\nEi\nEi saa valittaa."
    )
    assert of_kind(document, PartKind.APPEAL) == ["Muutoksenhaku Valitus Selvitys Liitä selvitys. Ei Ei saa valittaa."]


def test_another_bodys_decision_on_the_page_is_history() -> None:
    document = of_text(
        f"{HEAD}Teknisen lautakunnan päätös:\nLautakunta puolsi.\n\nKunnanhallituksen päätös:\nEhdotuksen mukaan."
    )
    assert [kind for kind, _ in parts(document)] == ["header", "history", "decision"]


@pytest.mark.parametrize("second", ["Päätös", "Päätös:"])
def test_labels_in_the_cells_of_a_table_part_it(second: str) -> None:
    document = of_page(
        "<h1>Tontti</h1><p>Sipoon kunta, kunnanhallitus 4.12.2023</p><table>"
        "<tr><td>Päätösehdotus</td><td>Kunnanhallitus myy tontin.</td></tr>"
        f"<tr><td>{second}</td><td>Ehdotus hyväksyttiin.</td></tr><tr><td>Lisätiedot</td><td>Bo Ek</td></tr></table>"
    )
    assert parts(document)[2:] == [
        ("proposal", "Päätösehdotus Kunnanhallitus myy tontin."),
        ("decision", f"{second} Ehdotus hyväksyttiin."),
        ("contact", "Lisätiedot Bo Ek"),
    ]


def test_a_row_of_several_heads_is_no_label() -> None:
    document = of_page(
        "<h1>Avustukset</h1><h3>Päätösehdotus</h3><p>Myönnetään:</p><table>"
        "<tr><th>Päätös</th><th>Haettu</th><th>Saatu</th></tr><tr><td>Kylä ry</td><td>500</td><td>400</td></tr></table>"
    )
    assert [kind for kind, _ in parts(document)] == ["title", "proposal"]


def test_a_column_head_is_no_label() -> None:
    document = of_page(
        "<h1>Avustukset</h1><h3>Päätös</h3><p>Myönnettiin:</p><table>"
        "<tr><th>Hakija</th><th>Päätös</th></tr><tr><td>Kylä ry</td><td>500</td></tr></table>"
    )
    assert [kind for kind, _ in parts(document)] == ["title", "decision"]


# ---------------------------------------------------------------- reprinted handlings


@pytest.mark.parametrize(
    ("line", "body", "date", "section"),
    [
        ("Khall 12.06.2023 § 127", "Khall", "2023-06-12", "127"),
        ("Ksylk § 84", "Ksylk", None, "84"),
        ("Kaupunginhallitus 1.6.2015 184 §", "Kaupunginhallitus", "2015-06-01", "184"),
        ("Tekninen lautakunta, 25.11.2020, § 333", "Tekninen lautakunta", "2020-11-25", "333"),
        ("Kunnanhallitus § 15 12.1.2021", "Kunnanhallitus", "2021-01-12", "15"),
    ],
)
def test_a_line_of_body_day_and_section_opens_a_handling(line: str, body: str, date: str | None, section: str) -> None:
    handling = handling_of(line)
    assert handling is not None
    assert (handling.body, handling.date, handling.section) == (body, date, section)


@pytest.mark.parametrize(
    "line",
    [
        "Kuntalaki 136 §",
        "Pykälä 5 §",
        "Hallintolain 45 §",
        "§ 12",
        "Khall päätti 12.6.2023 § 127 myydä",
        "Khall 12.6.2023",
    ],
)
def test_a_statute_a_sentence_or_a_section_alone_opens_no_handling(line: str) -> None:
    assert handling_of(line) is None


TURKU = (
    '<table class="ytt"><tr><td>Kaupunginhallitus</td><td>§</td><td>195</td><td>15.4.2024</td><td>5</td></tr></table>'
    '<p class="ots">Tontin myynti</p><p>Ksylk § 84</p><p><b>Ehdotus</b></p><p>Lautakunta myy.</p><p><b>Päätös</b></p>'
    "<p>Lautakunta hyväksyi ehdotuksen.</p><p>Kh § 195</p><p><b>Ehdotus</b></p><p>Hallitus myy.</p><p><b>Päätös</b></p>"
    "<p>Ehdotus hyväksyttiin.</p>"
)


def test_of_handlings_oldest_first_the_last_is_this_meetings() -> None:
    document = of_page(TURKU)
    assert of_kind(document, PartKind.DECISION) == ["Päätös Ehdotus hyväksyttiin."]
    assert of_kind(document, PartKind.PROPOSAL) == ["Ehdotus Hallitus myy."]
    assert "Päätös Lautakunta hyväksyi ehdotuksen." in of_kind(document, PartKind.HISTORY)


@pytest.mark.parametrize("last", [True, False])
def test_of_dated_handlings_the_one_of_the_pages_own_section_and_day_is_this_meetings(last: bool) -> None:
    old = "Tekla 12.06.2023 § 127\nPäätösehdotus\nLautakunta myy tontin.\n\nPäätös\nLautakunta hyväksyi ehdotuksen."
    own = "Khall 04.12.2023 § 198\nPäätösehdotus\nHallitus myy tontin.\n\nPäätös\nEhdotuksen mukaan."
    rounds = f"{old}\n\n{own}" if last else f"{own}\n\n{old}"
    document = of_text(f"Sipoon kunta\nKunnanhallitus\nPöytäkirja 4.12.2023/Pykälä 198\n\nTontin myynti\n\n{rounds}")
    assert of_kind(document, PartKind.DECISION) == ["Päätös Ehdotuksen mukaan."]
    assert of_kind(document, PartKind.PROPOSAL) == ["Päätösehdotus Hallitus myy tontin."]


def test_of_rounds_without_any_mark_the_last_is_this_meetings() -> None:
    document = of_text(
        f"{HEAD}§ 70 Laina\n\nKaupunginhallituksen käsittely\nPäätösesitys: Hallitus esittää lainaa.\nPäätös: Esitys hyväksyttiin."
        "\n\nPäätösesitys: Valtuusto myöntää lainan.\nPäätös: Valtuusto hyväksyi esityksen."
    )
    assert of_kind(document, PartKind.DECISION) == ["Päätös: Valtuusto hyväksyi esityksen."]
    assert of_kind(document, PartKind.PROPOSAL) == ["Päätösesitys: Valtuusto myöntää lainan."]


def test_a_section_headed_history_is_history() -> None:
    document = of_text(f"{HEAD}Päätöshistoria\nValtuusto hyväksyi aiemmin.{RESULT}")
    assert parts(document)[1:] == [
        ("history", "Päätöshistoria Valtuusto hyväksyi aiemmin."), ("decision", "Päätös Ehdotuksen mukaan."),
    ]  # fmt: skip


# ---------------------------------------------------------------- items of whole minutes

WHOLE = (
    f"{HEAD}Käsitellyt asiat\n§ 12 Kokouksen laillisuus\n§ 13 Avustus kylälle\n§ 14 Tontin myynti\n\n"
    f"§ 12 Kokouksen laillisuus\n\nPäätös\nKokous todettiin lailliseksi.\n\n"
    f"§ 13 Avustus kylälle\n\n34/02.05.01/2023\n\nPäätösehdotus\nKylä ry:lle myönnetään 500 euroa.{RESULT}\n\n"
    "§ 14 Tontin myynti\n\nSIPDno-2023-35\n\nSelostus\nKuntalain 14 § koskee valtuustoa.\n\n15 § Valtuusto valitsee hallituksen."
    "\n\nPäätös\nAsia pantiin pöydälle."
)


def test_items_of_whole_minutes_are_told_apart_whatever_the_table_of_contents_and_statutes_say() -> None:
    document = of_text(WHOLE)
    decided = [i for i in document.items if any(p.kind is PartKind.DECISION for p in i.parts)]
    assert [told(document, item) for item in decided] == [
        ("12", [], "Kokouksen laillisuus"),
        ("13", ["34/02.05.01/2023"], "Avustus kylälle"),
        ("14", ["SIPDno-2023-35"], "Tontin myynti"),
    ]


def test_items_cover_the_text_in_order() -> None:
    document = of_text(WHOLE)
    edges = [(item.start, item.end) for item in document.items]
    assert edges[0][0] == 0
    assert edges[-1][1] == len(document.text)
    assert all(a[1] <= b[0] and not document.text[a[1] : b[0]].strip() for a, b in pairwise(edges))


def test_items_of_one_body_without_sections_of_their_own_are_told_by_their_marks() -> None:
    document = of_page(
        "<p>Kaupunginhallitus</p><p>Pöytäkirja 10.5.2021</p>"
        "<h2>Tontin myynti</h2><p>Kh § 143</p><h3>Päätös</h3><p>Myytiin.</p>"
        "<h2>Avustus</h2><p>Kh § 144</p><h3>Päätös</h3><p>Myönnettiin.</p>"
    )
    assert [told(document, item)[::2] for item in document.items if item.section] == [
        ("143", "Tontin myynti"), ("144", "Avustus"),
    ]  # fmt: skip


def test_consecutive_sections_of_two_bodies_are_handlings_of_one_matter() -> None:
    document = of_page(TURKU.replace("Ksylk § 84", "Ksylk § 194"))
    assert len(document.items) == 1
    assert of_kind(document, PartKind.DECISION) == ["Päätös Ehdotus hyväksyttiin."]


def test_a_line_of_text_above_a_mark_is_no_title() -> None:
    document = of_page(
        "<p>Kaupunginhallitus</p><p>Pöytäkirja 10.5.2021</p><h2>Tontin myynti</h2><p>Kh § 143</p><h3>Päätös</h3>"
        "<p>Myytiin kylän hyväksi.</p><p>Kh § 144</p><h3>Päätös</h3><p>Myönnettiin.</p>"
    )
    assert of_kind(document, PartKind.DECISION) == ["Päätös Myytiin kylän hyväksi.", "Päätös Myönnettiin."]


def test_the_presenters_title_is_kept_and_not_the_name() -> None:
    document = of_text(f"{HEAD}Tontti\n\nEsittelijä\nkansliapäällikkö Aino Virta{RESULT}")
    assert document.items[0].presenter == "kansliapäällikkö"


# ---------------------------------------------------------------- case numbers and sections


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("HEL 2024-009117 T 00 00 03", ["HEL 2024-009117"]),
        ("ROIDno-2020-2129", ["ROIDno-2020-2129"]),
        ("TRE:6026/10.03.01/2016", ["TRE:6026/10.03.01/2016"]),
        ("OUKA/899/02.06.01.04/2017", ["OUKA/899/02.06.01.04/2017"]),
        ("VD/1545/00.04.00/2017", ["VD/1545/00.04.00/2017"]),
        ("Dnro 166/10.02.03/2021", ["166/10.02.03/2021"]),
        ("9/00.02.10.00/2021", ["9/00.02.10.00/2021"]),
        ("3700/11.01.00 /2011", ["3700/11.01.00 /2011"]),
        ("5024-2017 (010)", ["5024-2017"]),
        ("499-2023 (00 01 01)", ["499-2023"]),
        ("Diaarinumero: 11145/2023", ["11145/2023"]),
        ("11145/2023", ["11145/2023"]),
        ("Ärendenummer 34/02.05.01/2023", ["34/02.05.01/2023"]),
    ],
)
def test_a_line_that_states_a_case_number_gives_it(line: str, numbers: list[str]) -> None:
    assert [line[start:end] for start, end in own_cases(line, labelled=False)] == numbers


@pytest.mark.parametrize(
    "line",
    [
        "Päätös koskee asiaa HEL 2024-009117 ja sen kaavaa.",
        "MAO:536/2023",
        "KHO:2020:50",
        "Kuntalaki (410/2015)",
        "Hallituksen esitys HE 251/2016",
        "Kokous 12.6.2023",
        "Puhelin 09 1234-2017",
        "Tontti 20798/1",
    ],
)
def test_a_case_that_a_sentence_refers_to_a_statute_or_a_ruling_is_none_of_its_own(line: str) -> None:
    assert own_cases(line, labelled=False) == []


@pytest.mark.parametrize("above", ["Pöytäkirja", "Esityslista", "Päätöstiedote"])
def test_the_number_of_the_minutes_is_no_case_number(above: str) -> None:
    document = of_text(f"Sipoon kunta\nKunnanhallitus\n{above}\n12/2023\n\nAsia{RESULT}")
    assert told(document, document.items[0])[1] == []


def test_a_short_number_below_its_label_is_a_case_number() -> None:
    line = "5316/2016 00.01.01"
    assert [line[start:end] for start, end in own_cases(line, labelled=True)] == ["5316/2016"]
    document = of_text(f"{HEAD}Dno\n5316/2016{RESULT}")
    assert told(document, document.items[0])[1] == ["5316/2016"]


@pytest.mark.parametrize(
    ("line", "number", "rest"),
    [
        ("§ 12 Avustukset vuodelle 2024", "12", "Avustukset vuodelle 2024"),
        ("124 § Talousarvio", "124", "Talousarvio"),
        ("124 §", "124", ""),
        ("§ 176/2023 Tontti", "176", "Tontti"),
        ("Pöytäkirja 04.12.2023/Pykälä 198", "198", ""),
        ("Protokoll 12.03.2024/Paragraf 58", "58", ""),
        ("Pykälä 5", "5", ""),
        ("Asia 4. / 25 §", "25", ""),
        ("Ärende 5. / 86 §", "86", ""),
        ("4. / 25 §", "25", ""),
    ],
)
def test_a_section_opens_its_line_in_many_forms(line: str, number: str, rest: str) -> None:
    found = own_section(line)
    assert found is not None
    assert (line[found[0] : found[1]], line[found[2] :]) == (number, rest)


@pytest.mark.parametrize(
    "line", ["16.11.2022 § 278", "§ 14 momentti 2", "Kuntalain 14 § koskee", "Asianro 4", "6/07.02.2022", "§§ 149–165"]
)
def test_a_reference_or_the_number_of_an_agenda_is_no_section(line: str) -> None:
    assert own_section(line) is None


@pytest.mark.xfail(strict=True, reason="glued digits are cut after four")
def test_a_case_number_glued_to_its_section_is_parted_by_the_handling() -> None:
    document = of_text(
        "Sipoon kunta\nKunnanhallitus\nPöytäkirja 04.12.2023/Pykälä 24511325/10.00.02/2021\n\nTontti\n\n"
        f"Khall 04.12.2023 § 245\nPäätösehdotus\nTontti myydään.{RESULT}"
    )
    section, cases, _ = told(document, document.items[0])
    assert (section, cases) == ("245", ["11325/10.00.02/2021"])


def test_a_head_whose_cells_are_glued_gives_body_section_and_day() -> None:
    document = of_text(f"Kaupunginhallitus21311.05.20201\n\nTontin myynti\n\nEhdotus\nTontti myydään.{RESULT}")
    header = document.header
    assert (header.body, header.meeting_date) == ("Kaupunginhallitus", "2020-05-11")
    assert told(document, document.items[0])[0] == "213"


# ---------------------------------------------------------------- news


STT = (
    "Koulun remontti alkaa\n\n23.2.2026 19:52:38 EET | Sipoon kunta | Tiedote\n\nJaa\n\n"
    "Sipoon kunnanhallitus hyväksyi maanantaina 23.2.2026 suunnitelman.\n\nKustannukset nousevat\n\n"
    "Remontti maksaa 2 miljoonaa euroa.\n\nPäätökset löytyvät kokonaisuudessaan päätöstiedotteesta.\n\n"
    "Avainsanat\nkoulu\n\nYhteyshenkilöt\nBo Ek\n\nTietoja julkaisijasta\nSipoon kunta myönsi viime vuonna tukea.\n\n"
    "Muita julkaisuja tiedottajalta\nKunnanhallitus hyväksyi tontin myynnin."
)


def test_a_release_has_a_title_a_lead_subheadings_a_pointer_and_furniture() -> None:
    found = parts(of_text(STT))
    assert found[:7] == [
        ("title", "Koulun remontti alkaa"),
        ("header", "23.2.2026 19:52:38 EET | Sipoon kunta | Tiedote"),
        ("boilerplate", "Jaa"),
        ("lead", "Sipoon kunnanhallitus hyväksyi maanantaina 23.2.2026 suunnitelman."),
        ("subheading", "Kustannukset nousevat"),
        ("body", "Remontti maksaa 2 miljoonaa euroa."),
        ("pointer", "Päätökset löytyvät kokonaisuudessaan päätöstiedotteesta."),
    ]
    assert [kind for kind, _ in found[7:]] == ["boilerplate"]


def test_a_news_page_may_share_before_its_lead_without_ending_there() -> None:
    document = of_text(
        "Otsikko\n\nJaa\n\nKunnanhallitus myi tontin maanantaina.\n\nKauppa tehdään pian, sanoo johtaja."
    )
    assert [kind for kind, _ in parts(document)] == ["title", "boilerplate", "lead", "body"]


@pytest.mark.parametrize(
    "pointer",
    [
        "Kaikki päätökset löytyvät pöytäkirjasta.",
        "Päätöksen liitteet ovat luettavissa kunnan verkkosivuilla.",
        "Lue lisää päätöksestä.",
        "Besluten kan läsas i protokollet.",
    ],
)
def test_where_to_read_more_is_a_pointer(pointer: str) -> None:
    document = of_text(f"Otsikko\n\nKunnanhallitus myi tontin maanantaina 4.12.2023.\n\n{pointer}")
    assert parts(document)[-1] == ("pointer", pointer)


def test_a_long_paragraph_without_a_stop_is_the_lead_and_a_short_one_is_not() -> None:
    long = "Kunnanhallitus myi tontin maanantaina kokouksessaan, ja kauppa tehdään pian"
    assert [kind for kind, _ in parts(of_text(f"Otsikko\n\nUutinen\n\n{long}"))] == ["title", "header", "lead"]


def test_a_receiver_with_its_sum_that_looks_like_a_heading_is_body() -> None:
    document = of_page("<h1>Avustukset</h1><p>Lautakunta myönsi tukea.</p><h3>Kylä ry 500 euroa</h3>")
    assert [kind for kind, _ in parts(document)] == ["title", "lead", "body"]


# ---------------------------------------------------------------- the head


def head(text: str) -> Header:
    return of_text(text).header


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Porvoon kaupunki\nKaupunginhallitus", "Porvoo"),
        ("Borgå stad\nStadsstyrelsen", "Porvoo"),
        ("City of Porvoo\nCity Board", "Porvoo"),
        ("Porvoo City Board met.", "Porvoo"),
        ("Sipoon kunnanhallitus kokoontui.", "Sipoo"),
        ("SIPOON KUNTA\nKUNNANHALLITUS", "Sipoo"),
        ("MÄNTTÄ-VILPPULAN KAUPUNKI", "Mänttä-Vilppula"),
        ("Esbo stadsstyrelse sammanträdde.", "Espoo"),
        ("Helsingfors stadsstyrelse sammanträdde.", "Helsinki"),
        ("Uudenkaupungin kaupunginhallitus päätti.", "Uusikaupunki"),
        ("Mänttä-Vilppulan kaupunki", "Mänttä-Vilppula"),
        ("Jakobstads stad", "Pietarsaari"),
        ("Kaupunginhallitus, HEL 2024-009117.", "Helsinki"),
        ("Lue lisää www.porvoo.fi.", "Porvoo"),
        ("Ota yhteyttä: aino@turku.fi", "Turku"),
        ("Lautakunta, ROIDno-2020-2129.", "Rovaniemi"),
    ],
)
def test_the_municipality_is_told_in_three_languages_by_its_registry_or_its_address(text: str, name: str) -> None:
    assert head(text).municipality == name


@pytest.mark.parametrize(
    "text",
    [
        "Kanta-Hämeen hyvinvointialue\nAluehallitus\n\nTurku mainitaan.",
        "Vantaan ja Keravan hyvinvointialue\nAluehallitus kokoontui.",
        "Västra Nylands välfärdsområde\nStyrelsen sammanträdde i Esbo.",
        "Uudenmaan liitto\nMaakuntahallitus kokoontui Helsingissä.",
        "Aluehallitus kokoontui.",
        f"Varsinais-Suomen hyvinvointialue\nAluehallitus\n\n{'Hoito ja hoiva paranevat. ' * 20}Talon omistaa Turun kaupunki.",
    ],
)
def test_a_county_or_a_joint_authority_is_no_municipality(text: str) -> None:
    assert head(text).municipality is None


def test_the_head_weighs_more_than_a_town_named_once_or_twice() -> None:
    assert head("Sipoon kunta\nKunnanhallitus\n\nAsia\n\nLausunnon antoi Porvoon kaupunki.").municipality == "Sipoo"


@pytest.mark.xfail(strict=True, reason="a neighbour in an item's title and in its background outvotes the head")
def test_the_head_weighs_more_than_a_town_that_asks_for_a_statement() -> None:
    background = "Porvoon kaupunki pyytää lausuntoa. Kaavan on laatinut Porvoon kaupungin kaavoitus. Porvoon kaupunki kuulee kuntia."
    text = f"{HEAD}§ 12 Lausunto yleiskaavasta\n\nPorvoon kaupungin lausuntopyyntö\n\n{background}{RESULT}"
    assert head(text).municipality == "Sipoo"


@pytest.mark.parametrize(
    "line",
    [
        "Kokousaika: 4.12.2023 klo 16.15",
        "Kokouspäivämäärä 4.12.2023",
        "Aika maanantai 4.12.2023",
        "Aika ma 4.12.2023 klo 16",
        "Pöytäkirja 4.12.2023/Pykälä 198",
        "Pöytäkirja 12/2023 4.12.2023",
        "Sammanträdesdatum 4.12.2023",
        "Protokoll 4.12.2023/Paragraf 2",
        "4.12.2023",
        "§ 143–145 4.12.2023",
    ],
)
def test_the_day_of_the_meeting_is_read_from_any_line_of_the_head(line: str) -> None:
    header = head(f"Sipoon kunta\nKunnanhallitus\n{line}{RESULT}")
    assert (header.body, header.meeting_date) == ("Kunnanhallitus", "2023-12-04")


@pytest.mark.parametrize(
    "first", ["Kunnanhallitus, kokous 4.12.2023", "Kunnanhallitus 4.12.2023", "Kunnanhallitus 4.12.2023 klo 16"]
)
def test_the_day_of_the_meeting_may_stand_beside_the_body(first: str) -> None:
    header = head(f"Sipoon kunta\n{first}{RESULT}")
    assert (header.body, header.meeting_date) == ("Kunnanhallitus", "2023-12-04")


@pytest.mark.parametrize(
    "lead",
    [
        "Sipoon kunnanhallitus päätti kokouksessaan 4.12.2023 myydä tontin.",
        "Sipoon kunnanhallitus päätti maanantaina 4.12.2023 pidetyssä kokouksessa myydä tontin.",
        "Sipoon kunnanhallitus päätti maanantaina 4.12.2023 myydä tontin.",
        "Sibbo kommunstyrelse beslutade måndagen den 4 december 2023 sälja tomten.",
        "At its meeting on 4 December 2023 the Sipoo municipal board sold a plot.",
    ],
)
def test_the_day_of_the_meeting_is_read_from_a_lead(lead: str) -> None:
    assert head(f"Tontti myytiin\n\n{lead}").meeting_date == "2023-12-04"


def test_the_next_or_the_last_meeting_is_not_this_one() -> None:
    assert head("Tontti myytiin\n\nSipoon kunnanhallitus myi tontin. Seuraava kokous 8.1.2024.").meeting_date is None


def test_a_day_without_a_year_takes_it_from_the_release() -> None:
    text = "Tontti myytiin\n\n{}\n\nSipoon kunnanhallitus myi maanantaina 4.12. tontin."
    assert head(text.format("Julkaistu 5.12.2023")).meeting_date == "2023-12-04"
    assert head(text.format("Tiedote")).meeting_date is None


def test_an_impossible_day_is_no_day_of_a_meeting() -> None:
    assert head(f"Sipoon kunta\nKunnanhallitus\nKokouspäivä 30.2.2023{RESULT}").meeting_date is None


def test_an_office_holder_meets_nobody() -> None:
    text = "Viranhaltijapäätös\nKulttuurijohtaja\n4.12.2023\n\nPäätös\nPäätin myöntää tukea."
    assert head(text).meeting_date is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Julkaistu 4.12.2023", "2023-12-04"),
        ("Julkaistu: maanantaina 4.12.2023", "2023-12-04"),
        ("Publicerad 4.12.2023", "2023-12-04"),
        ("4.12.2023 15:30", "2023-12-04"),
        ("4.12.2023", "2023-12-04"),
        ("23.2.2026 19:52:38 EET | Sipoon kunta | Tiedote", "2026-02-23"),
        ("4 December 2023", "2023-12-04"),
        ("4 december 2023", "2023-12-04"),
        ("Luettu 400 kertaa", None),
    ],
)
def test_the_day_of_publication_is_read_from_the_pages_own_line(line: str, day: str | None) -> None:
    assert head(f"Tontti myytiin\n\n{line}\n\nSipoon kunnanhallitus myi tontin.").published == day


def test_a_crawls_stamp_tells_when_it_was_published_and_is_no_text() -> None:
    document = of_text(" date 2024-11 Tontti myytiin\n\nSipoon kunnanhallitus myi tontin.")
    assert document.header.published == "2024-11"
    assert document.text.startswith("Tontti myytiin")


def test_minutes_tell_when_they_were_published_at_their_end() -> None:
    text = f"{HEAD}Tontti{RESULT}\n\nPöytäkirja on julkaistu yleisessä tietoverkossa 11.12.2023."
    assert (head(text).published, head(text).meeting_date) == ("2023-12-11", "2023-12-04")


def test_number_and_place_of_a_meeting_are_read() -> None:
    header = head(
        "Kunnanhallitus\nPäätöstiedote nro 11\nKokousaika: 4.12.2023 klo 16\nKokouspaikka: Valtuustosali, Kuja 1"
    )
    assert (header.meeting_number, header.meeting_place) == ("11", "Valtuustosali, Kuja 1")


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Sivistys- ja vapaa-aikalautakunta 4.12.2023", "Sivistys- ja vapaa-aikalautakunta"),
        ("Tekninen lautakunta, kokous 4.12.2023", "Tekninen lautakunta"),
        ("Kaupunginhallituksen elinkeinojaosto", "Kaupunginhallituksen elinkeinojaosto"),
        ("Stadsstyrelsen 4.12.2023", "Stadsstyrelsen"),
        pytest.param(
            "Nämnden för fostran och utbildning",
            "Nämnden för fostran och utbildning",
        ),
        ("VANTAAN KAUPUNKI PÖYTÄKIRJA 6/2022 12 Kaupunginhallitus 14.06.2022", "Kaupunginhallitus"),
        pytest.param(
            "VANTAAN KAUPUNKI PÖYTÄKIRJA 6/2022 12 Kaupunkikulttuurin lautakunta 14.06.2022",
            "Kaupunkikulttuurin lautakunta",
            marks=pytest.mark.xfail(strict=True, reason="in a running head a body of two words is not known"),
        ),
    ],
)
def test_the_body_that_met_is_read_whole_from_its_line(line: str, body: str) -> None:
    document = of_text(f"{line}\n\nTontti{RESULT}")
    assert document.header.body == body
    assert document.header.body_span is not None
    assert document.text[slice(*document.header.body_span)] == body


def test_a_sentence_that_names_a_body_is_not_the_one_that_met() -> None:
    assert head(f"Tontti\n\nKunnanhallitus käsitteli asiaa viime vuonna.{RESULT}").body is None


def test_a_label_is_no_title() -> None:
    assert head(f"{HEAD}§ 12 Tontin myynti{RESULT}").title in (None, "Tontin myynti", "§ 12 Tontin myynti")


def test_what_the_markup_states_outweighs_what_the_text_says() -> None:
    stated = {
        "title": "Tontin myynti", "body": "Tekninen lautakunta", "municipality": "Porvoo", "meeting_date": "2024-01-15",
        "meeting_number": "3/2024", "meeting_place": "Sali", "published": "2024-01-20", "officer": "rehtori",
    }  # fmt: skip
    bulletin = read_text(f"{HEAD}Kokouspaikka: Kunnantalo\nJulkaistu 6.12.2023\n\nAsia{RESULT}", "x")
    header = segment(replace(bulletin, facts=tuple(Fact(name, value) for name, value in stated.items()))).header
    assert header.title == "Tontin myynti"
    assert (header.body, header.municipality, header.published) == ("Tekninen lautakunta", "Porvoo", "2024-01-20")
    assert (header.meeting_number, header.meeting_place, header.officer) == ("3/2024", "Sali", "rehtori")
    stated.pop("officer")
    header = segment(replace(bulletin, facts=tuple(Fact(name, value) for name, value in stated.items()))).header
    assert header.meeting_date == "2024-01-15"


# ---------------------------------------------------------------- whatever comes

LINES = st.lists(
    st.sampled_from(
        [
            *WHOLE.split("\n"),
            *STT.split("\n"),
            "Khall 04.12.2023 § 198",
            "Kh § 12",
            "Jaa",
            "Ei",
            "Esitys",
            "Päätös: Kyllä",
            "§ 9999",
        ]
    ),
    min_size=1,
    max_size=25,
)


@given(LINES)
def test_however_the_lines_are_shuffled_items_and_parts_cover_the_text(chosen: list[str]) -> None:
    text = "\n\n".join(chosen)
    if not text.strip():
        return
    document = of_text(text)
    spans = [(part.start, part.end) for item in document.items for part in item.parts]
    assert spans == sorted(spans)
    position, left = 0, ""
    for start, end in spans:
        assert position <= start < end
        left += document.text[position:start]
        position = end
    assert not (left + document.text[position:]).strip()
