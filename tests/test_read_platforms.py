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


# ---------------------------------------------------------------- Helsinki's pages, newsrooms, news

HELA = """<html><head><title>x</title></head><body><table><tr><td>Helsingin kaupunki</td><td>{paper}</td><td>16/2016</td><td>1 (4)</td></tr>
<tr><td>Kaupunginhallitus</td></tr><tr><td>&nbsp;</td><td>Kaj/7</td></tr><tr><td>25.04.2016</td></tr></table>
<p><b>§ 397</b></p><h1>Tontin myynti</h1><p>HEL 2016-002245 T 10 01 01 02</p><h3>Päätös</h3>
<p>Kaupunginhallitus päätti myydä tontin 91-17-9903-5. Asia HEL 2011-000001.</p></body></html>"""

HELA_BULLETIN = """<HTML><BODY><TABLE><TR><TD>Helsingfors stad<TR><TD>Stadsstyrelsen</TABLE><H2>Beslutsmeddelande nr 31</H2>
<P>Sammanträdestid: 7.10.2013 kl. 16.00<P>Sammanträdesplats: Stadshuset<P>1<P>Val av justerare<P>Beslut<BR>Enligt förslaget</BODY></HTML>"""

CASE = """<html><body><main><h1 class="issue__title">Tontin varaaminen</h1><div class="issue__diarynumber">HEL 2023-011874</div>
<select>{options}</select><div class="issue-content__indices">{place}</div>
<div class="issue-content__policymaker-label"><span>Päätöksentekijä:</span> <span>Helsingin kaupunginhallitus</span></div>
<div class="SisaltoSektio"><h3>Päätös</h3><p>Kaupunginhallitus päätti varata tontin Ranta Oy:lle. Ks. HEL 2011-000001.</p></div></main></body></html>"""


def test_hela_minutes_state_all_of_their_head():
    bulletin, said = facts(HELA.format(paper="Pöytäkirja"))
    assert bulletin.format == "hela"
    assert said == {
        "municipality": "Helsingin kaupunki", "body": "Kaupunginhallitus", "status": "minutes", "meeting_number": "16/2016",
        "meeting_date": "2016-04-25", "section": "§ 397", "case_number": "HEL 2016-002245", "title": "Tontin myynti",
    }  # fmt: skip


def test_a_hela_agenda_says_so():
    assert facts(HELA.format(paper="Esityslista"))[1]["status"] == "agenda"


def test_a_hela_bulletin_states_its_number_time_and_place_in_swedish_too():
    bulletin, said = facts(HELA_BULLETIN)
    assert bulletin.format == "hela"
    assert said == {
        "municipality": "Helsingfors stad", "body": "Stadsstyrelsen", "meeting_number": "31", "meeting_date": "2013-10-07",
        "meeting_place": "Stadshuset",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "day"),
    [
        ("<option>Khs, 12/18.03.2024</option><option selected>Khs, 13/25.03.2024</option>", "2024-03-25"),
        ("<option>Khs, 12/18.03.2024</option>", "2024-03-18"),
        ("<option>Khs, 12/18.03.2024</option><option>Khs, 13/25.03.2024</option>", None),
        ("<option selected>Khs, 12/31.02.2024</option>", None),
        ("", None),
    ],
)
def test_the_handling_that_a_case_shows_is_its_meeting(options, day):
    bulletin, said = facts(CASE.format(options=options, place="Asia 9. / 204 §"))
    assert bulletin.format == "paatokset"
    assert said.get("meeting_date") == day
    assert (said["body"], said["section"], said["case_number"]) == (
        "Helsingin kaupunginhallitus",
        "§ 204",
        "HEL 2023-011874",
    )


@pytest.mark.parametrize("place", ["Asia 9. / 204 §", "Ärende 9. / 204 §", "Case 9. / 204 §", "9. / 204 §"])
def test_a_case_states_its_section_in_every_language(place):
    assert facts(CASE.format(options="", place=place))[1]["section"] == "§ 204"


def test_a_case_of_the_older_theme_states_its_meeting():
    markup = """<main><h1 class="case__title">Understöd</h1><div class="decision__section">Ärende 14. / 742 §</div>
        <div class="decision__organization">Helsingfors stadsstyrelse</div><div class="decision__date">Sammanträde 4.12.2023</div>
        <h3>Beslut</h3><p>Stadsstyrelsen beviljade Hundra Skär rf ett understöd.</p></main>"""
    bulletin, said = facts(markup)
    assert (bulletin.format, said["body"]) == ("paatokset", "Helsingfors stadsstyrelse")
    assert (said["section"], said["meeting_date"]) == ("§ 742", "2023-12-04")


def test_a_release_states_its_day_and_its_publisher():
    line = "<div>17.6.2025 09:04:12 EEST | <a href='/x'>Lohjan kaupunki</a> | Tiedote</div>"
    bulletin, said = facts(f"<body><h1>Valtuusto hyväksyi suunnitelman</h1>{line}<p>Valtuusto hyväksyi sen.</p></body>")
    assert bulletin.format == "stt"
    assert (said["published"], said["municipality"]) == ("2025-06-17", "Lohjan kaupunki")


def test_an_article_of_hel_fi_was_published_when_it_says_so_not_when_it_was_changed():
    times = "".join(
        f'<time datetime="2025-03-{day}T10:00" class="content-date__datetime content-date__datetime--{kind}">x</time>'
        for kind, day in (("updated", 12), ("published", 10))
    )
    markup = f'<html><body class="page-type--news-item"><main><h1>Laina</h1>{times}<p>Kaupunginhallitus myönsi lainan.</p></main></body></html>'
    bulletin, said = facts(markup)
    assert (bulletin.format, said["published"]) == ("helfi_news", "2025-03-10")


@pytest.mark.parametrize(
    ("head", "inside"),
    [
        ("", '<time class="entry-date published" datetime="2025-04-08T10:12:44+03:00">eilen</time>'),
        ("", '<span class="date-published">8.4.2025</span>'),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-04-08"}</script>', ""),
        ('<script type="application/ld+json">{"@graph": [{"@type": "Article", "datePublished": "2025-04-08"}]}</script>', ""),
    ],
)  # fmt: skip
def test_an_article_of_a_town_states_when_it_was_published(head, inside):
    markup = f"""<html><head>{head}</head><body class="single single-post"><h1 class="entry-title">Avustus</h1>{inside}
        <p>Kunnanhallitus myönsi avustuksen.</p></body></html>"""
    bulletin, said = facts(markup)
    assert (bulletin.format, said["title"], said["published"]) == ("news", "Avustus", "2025-04-08")


@pytest.mark.parametrize(
    "data", ["{", "[" * 100_000, "7", '{"@type": 7}', '{"@type": "Event", "datePublished": "2025-04-08"}']
)
def test_embedded_data_of_other_kinds_says_nothing(data):
    markup = (
        f'<html><head><script type="application/ld+json">{data}</script></head><body><h1>x</h1><p>y</p></body></html>'
    )
    assert facts(markup)[1] == {"title": "x"}


def test_old_espoo_states_its_case_number():
    markup = DYNASTY.format(label="Pöytäkirja 23.04.2018 Pykälä 131").replace(
        "<p><b>Päätös", '<a href="2018431522.HTM">Pöytäkirja</a><p>1842/2018</p><p>02.05.04</p><p><b>Päätös'
    )
    bulletin, said = facts(markup)
    assert bulletin.format == "espoo"
    assert (said["case_number"], said["section"], said["meeting_date"]) == ("1842/2018", "§ 131", "2018-04-23")
