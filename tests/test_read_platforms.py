"""Platforms: what Ahjo, Turku and Dynasty state by their markup alone."""

import pytest

from pykala.read import read
from pykala.read.platforms import PLATFORMS

AHJO = """<html><body><div class="{kind}"><div class="Otsikonviite">Kaupunginhallitus 13.05.2024</div>
<div class="Asiapykala">{section}</div><h1 class="AsiaOtsikko">Tontin varaaminen Ranta Oy:lle</h1>
<div class="DnroTmuoto">HEL 2024-001937 T 10 01 01 00</div>
<div class="SisaltoSektio"><h3 class="SisaltoOtsikko">Päätös</h3><div><p>Kaupunginhallitus päätti varata tontin.</p></div></div>
<h3 class="EsittelijaTiedot">Esittelijä</h3><div>kansliapäällikkö</div><div>Aino Salo</div>
<h3 class="LisatiedotOtsikko">Lisätiedot</h3><p>Bo Ek, juristi<div>bo.ek@example.com</div></p>
<div class="SahkoinenAllekirjoitusSektio"><div class="Puheenjohtajanimi">Oiva Koski</div>
<div class="Puheenjohtajaotsikko">tonttipäällikkö</div></div></div></body></html>"""

TURKU = """<html><head><title>Esityslistat/pöytäkirjat</title></head><body><table class="ytt">
<tr><td><b>Turun kaupunki</b></td><td>§</td><td>Kokouspvm</td><td>Asia</td><td>1</td></tr>
<tr><td>Kulttuurilautakunta</td><td>84</td><td>02.03.2017</td><td colspan="2">3</td></tr>
<tr><td>Kaupunginhallitus</td><td>195</td><td>09.05.2017</td><td colspan="2">7</td></tr></table>
<p>612-2017 (020)</p><p class="ots">Museon näyttelytilojen vuokraaminen</p><p class="ing">Tiivistelmä: -</p>
<p>Kh § 195</p><p><span class="ehdotuspaatos">Päätös</span>Ehdotus hyväksyttiin.</p></body></html>"""

DYNASTY = """<html><head><title>Rannan kaupunki</title></head><body>
<table><tr><td align="center"><label class="h3">Elinvoimalautakunta<br>{label}</label></td></tr></table>
<p><b>Päätös</b>&nbsp;&nbsp;&nbsp; Lautakunta hyväksyi ehdotuksen.</p></body></html>"""


def facts(markup):
    bulletin = read(markup.encode(), "x")
    for fact in bulletin.facts:
        if fact.start is not None and fact.name in ("title", "body", "case_number", "officer"):
            assert bulletin.text[fact.start : fact.end] == fact.value
    return bulletin, {fact.name: fact.value for fact in bulletin.facts}


def test_ahjo_minutes_state_their_section_title_case_number_and_presenter():
    bulletin, said = facts(AHJO.format(kind="paatos", section="§ 301"))
    assert bulletin.format == "ahjo"
    assert said == {
        "body": "Kaupunginhallitus", "meeting_date": "2024-05-13", "section": "§ 301", "title": "Tontin varaaminen Ranta Oy:lle",
        "case_number": "HEL 2024-001937", "presenter": "kansliapäällikkö Aino Salo", "status": "minutes",
    }  # fmt: skip


def test_an_ahjo_presenter_spans_the_title_and_the_name():
    bulletin, _ = facts(AHJO.format(kind="paatos", section="§ 301"))
    (presenter,) = [fact for fact in bulletin.facts if fact.name == "presenter"]
    assert bulletin.text[presenter.start : presenter.end].split() == ["kansliapäällikkö", "Aino", "Salo"]


@pytest.mark.parametrize(
    ("kind", "status"), [("paatos", "minutes"), ("esitys", "agenda"), ("viranhaltijapaatos", "minutes")]
)
def test_the_class_around_an_ahjo_document_tells_whether_it_is_an_agenda(kind, status):
    assert facts(AHJO.format(kind=kind, section="301 §"))[1]["status"] == status


def test_an_office_holder_is_named_only_in_his_own_decision():
    assert facts(AHJO.format(kind="viranhaltijapaatos", section="57 §"))[1]["officer"] == "tonttipäällikkö"
    assert "officer" not in facts(AHJO.format(kind="paatos", section="57 §"))[1]


def test_an_ahjo_section_may_stand_before_its_sign():
    assert facts(AHJO.format(kind="paatos", section="57 §"))[1]["section"] == "§ 57"


def test_turku_states_the_last_handling_as_the_meeting():
    bulletin, said = facts(TURKU)
    assert bulletin.format == "turku"
    assert said == {
        "municipality": "Turun kaupunki", "body": "Kaupunginhallitus", "section": "§ 195", "meeting_date": "2017-05-09",
        "case_number": "612-2017", "title": "Museon näyttelytilojen vuokraaminen",
    }  # fmt: skip


def test_the_title_of_a_turku_page_is_its_main_heading():
    bulletin, _ = facts(TURKU)
    assert [(b.level, bulletin.text[b.start : b.end]) for b in bulletin.blocks if b.level] == [
        (1, "Museon näyttelytilojen vuokraaminen"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Pöytäkirja 04.12.2023/Pykälä 198", {"meeting_date": "2023-12-04", "status": "minutes", "section": "§ 198"}),
        ("Esityslista 29.05.2017 Asianro 4", {"meeting_date": "2017-05-29", "status": "agenda"}),
        ("Protokoll 5.2.2024/Paragraf 7", {"meeting_date": "2024-02-05", "status": "minutes", "section": "§ 7"}),
        ("Föredragningslista 5.2.2024", {"meeting_date": "2024-02-05", "status": "agenda"}),
    ],
)
def test_dynasty_states_body_day_section_and_status_in_its_label(label, expected):
    bulletin, said = facts(DYNASTY.format(label=label))
    assert bulletin.format == "dynasty"
    assert said == {"body": "Elinvoimalautakunta", "municipality": "Rannan kaupunki", **expected}


def test_a_page_of_no_known_platform_is_plain_html():
    bulletin, said = facts("<h1>Päätöksiä</h1><p>Kaupunginhallitus päätti asiasta.</p>")
    assert (bulletin.format, said) == ("html", {"title": "Päätöksiä"})


def test_an_impossible_day_of_a_meeting_is_no_error():
    assert facts(DYNASTY.format(label="Pöytäkirja 31.02.2023/Pykälä 1"))[1].get("meeting_date") is None


def test_no_two_platforms_bear_the_same_name():
    assert len({platform.name for platform in PLATFORMS}) == len(PLATFORMS)
