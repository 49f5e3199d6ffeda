"""Cells of tables take the unit of their table, column or row."""

from __future__ import annotations

from pykala.extract import amounts
from pykala.model import Cell, Table


def table(*rows: str, lead: str = "") -> tuple[str, Table]:
    """A text with one table whose rows are given with bars between the cells."""
    body = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)
    text, position, built = f"{lead}\n\n{body}", len(lead) + 2, []
    for index, row in enumerate(rows):
        cells = []
        for column, cell in enumerate(c.strip() for c in row.split("|")):
            cells.append(Cell(position, position + len(cell), index, column, header=index == 0))
            position += len(cell) + 1
        built.append(tuple(cells))
    return text, Table(len(lead) + 2, len(text), tuple(built))


def read(*rows: str, lead: str = "") -> list[tuple[str, str, str | None]]:
    text, made = table(*rows, lead=lead)
    return [(a.text, format(a.value, "f"), a.per) for a in amounts.find(text, tables=(made,)).values]


def test_the_corner_gives_the_unit_and_years_at_the_top_are_no_sums() -> None:
    assert read("1000 € | TP 2023 | 2024", "Tuotot | 12 345 | -20 450", "Osuus % | 12 | 15") == [
        ("12 345", "12345000", None),
        ("-20 450", "-20450000", None),
    ]


def test_the_unit_in_the_corner_may_be_followed_by_a_remark() -> None:
    assert read("1 000 euroa (netto) | TP 2030", "Kirjasto | 13 880") == [("13 880", "13880000", None)]


def test_a_column_gives_the_unit_and_what_its_sums_are_for() -> None:
    assert read("Tarjoaja | Työ, €/tunti | Pisteet", "Sorvi Oy | 58,00 | 96,25", "Jyrsin Oy | - | 80") == [
        ("58,00", "58.00", "hour")
    ]


def test_a_table_of_grants_without_any_unit_is_money_by_its_heads() -> None:
    rows = ("Hakija | Jäseniä | Haettu 2030 | Myönnetty", "Kylä ry | 120 | 5 000 | 3 000", "Metsä ry | 80 | 400 | 0")
    assert [a for a, _, _ in read(*rows, lead="Yhdistysten avustukset")] == ["5 000", "3 000", "400", "0"]


def test_a_table_that_says_nothing_of_money_has_none() -> None:
    assert read("Alue | Asukkaita | Ala", "Ranta | 12 000 | 3 400", lead="Väestö alueittain") == []


def test_a_row_gives_the_unit() -> None:
    assert read("Hankinnan tiedot | ", "Arvo, € | 50 000", "Kesto | 24") == [("50 000", "50000", None)]


def test_a_cell_with_its_own_unit_is_read_once() -> None:
    assert read("Hakija | Avustus (€)", "Kylä ry | 5 000 €") == [("5 000 €", "5000", None)]


def test_a_caption_may_say_that_its_numbers_are_thousands() -> None:
    assert read("| TP 2030", "Tuotot | 12", lead="Luvut tuhansina euroina") == [("12", "12000", None)]


def test_the_lead_gives_the_unit() -> None:
    assert read("| TA 2030 | Muutos", "Palkat ja henkilösivukulut | -136 400 | 350", lead="Kehys, 1 000 euroa:") == [
        ("-136 400", "-136400000", None),
        ("350", "350000", None),
    ]
