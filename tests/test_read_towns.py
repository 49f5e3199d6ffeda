"""Platforms that many towns share: what CloudNC, Dynasty, KTweb and CaseM state of a matter, and what of it is decision."""

import json

import pytest

from pykala.errors import ReadError
from pykala.model import PartKind
from pykala.read import read
from pykala.segment import segment

CLOUDNC = """<!DOCTYPE html><html lang="fi-FI"><head><title>{title}</title></head><body>
<nav class="breadcrumb"><a href="/fi-FI/Toimielimet">Toimielimet</a></nav><div id="ContentStart" role="main">
{head}<p class="diary">RANDno-2025-211</p>
<h3>Perustelut</h3><p>Seura on hakenut avustusta veneiden kunnostamiseen.</p>
<h3>Ehdotus</h3><p>Kunnanhallitus päättää myöntää seuralle 900 euroa.</p>
<h3>Kokouskäsittely</h3><p>Aino Salo esitti, että avustus on 500 euroa.</p>
<h3>Päätös</h3><p>{decision}</p>
<p><a href="/fi-FI/Toimielimet/Kunnanhallitus/Kokous_1732025/Toinen(12)">Seuraava asia</a></p></div></body></html>"""
MEETING = (
    "<h1>Kunnanhallitus, kokous 17.3.2025</h1><p>Pöytäkirja on {state}</p><h2>§ 64 Avustus Rannan Soutajat ry:lle</h2>"
)

KTWEB = """<HTML><HEAD><TITLE>Rannan kunta : {kind}</TITLE></HEAD><BODY>
<TABLE WIDTH="100%"><TR><TD COLSPAN=2><B>Rannan kunta</B></TD><TD ALIGN=RIGHT>{paper}</TD></TR>{rows}</TABLE><HR>
<TABLE><TR><TD COLSPAN=2><B>Venelaiturin urakka</B></TD></TR>
<TR><TD>Dno</TD><TD>71/02.05.01/2025</TD></TR>
<TR><TD>P&auml;&auml;t&ouml;sesitys</TD><TD>Lautakunta valitsee halvimman tarjouksen.
<TR><TD>P&auml;&auml;t&ouml;s</TD><TD>P&auml;&auml;t&ouml;sesitys hyv&auml;ksyttiin.</TABLE></BODY></HTML>"""

DYNASTY = """<html><head><title>Rannan kaupunki</title></head><body><h1>Elinvoimajaosto{between}Pöytäkirja 27.03.2025/Pykälä 41</h1>
<div class='data-part meetingitem'><div class='data-part-block-htm'><p><span style="font-weight:bold">{first}</span></p>
<p><span style="font-weight:bold">Venevajojen vuokrat</span></p><p><b>Päätös</b>&nbsp;&nbsp; Jaosto vahvisti vuokran.</p></div></div>
</body></html>"""


def said(data):
    bulletin = read(data if isinstance(data, bytes) else data.encode(), "x")
    for fact in bulletin.facts:
        if fact.start is not None and fact.name in ("title", "body", "case_number", "officer"):
            assert bulletin.text[fact.start : fact.end] == fact.value
    return bulletin, {fact.name: fact.value for fact in bulletin.facts}


def words(bulletin, kind):
    item = segment(bulletin).items[-1]
    return "\n".join(bulletin.text[part.start : part.end] for part in item.parts if part.kind is kind)


# ---------------------------------------------------------------- CloudNC


def test_cloudnc_minutes_state_body_day_section_title_and_case_number():
    page = CLOUDNC.format(title="Rannan kunta", head=MEETING.format(state="tarkastettu"), decision="Hyväksyttiin.")
    bulletin, facts = said(page)
    assert bulletin.format == "cloudnc"
    assert facts == {
        "body": "Kunnanhallitus", "meeting_date": "2025-03-17", "section": "§ 64", "title": "Avustus Rannan Soutajat ry:lle",
        "case_number": "RANDno-2025-211", "status": "minutes", "municipality": "Rannan kunta",
    }  # fmt: skip


def test_cloudnc_sections_keep_decision_proposal_handling_and_reasons_apart():
    page = CLOUDNC.format(title="x", head=MEETING.format(state="tarkastettu"), decision="Myönnettiin 900 euroa.")
    bulletin, _ = said(page)
    assert words(bulletin, PartKind.DECISION).endswith("Myönnettiin 900 euroa.")
    assert words(bulletin, PartKind.PROPOSAL).endswith("päättää myöntää seuralle 900 euroa.")
    assert words(bulletin, PartKind.HANDLING).endswith("avustus on 500 euroa.")
    assert words(bulletin, PartKind.REASONS).endswith("veneiden kunnostamiseen.")


def test_a_cloudnc_page_that_says_nothing_of_checked_minutes_has_no_status():
    assert "status" not in said(CLOUDNC.format(title="x", head=MEETING.format(state="tulossa"), decision="-"))[1]


@pytest.mark.parametrize(
    "head",
    [
        "<h1>Vapaa-aikasihteeri</h1><p>Päätöspäivämäärä 4.6.2025</p><h2>Hankintapäätös: § 23 Veneiden kunnostus</h2>",
        "<h1>Vapaa-aikasihteeri, viranhaltijapäätös</h1><dl><dt>Päätöspäivämäärä</dt><dd>4.6.2025</dd></dl><h2>Veneiden kunnostus</h2>",
        "<h1>Viranhaltijapäätös</h1><table><tr><td>Päätöksen tekijä</td><td>Vapaa-aikasihteeri Aino Salo</td></tr>{}".format(
            "<tr><td>Päätöspäivämäärä</td><td>4.6.2025</td></tr></table><h2>Veneiden kunnostus</h2>"
        ),
    ],
)
def test_a_signed_decision_of_cloudnc_names_the_office_and_no_meeting(head):
    bulletin, facts = said(CLOUDNC.format(title="x", head=head, decision="Päätin myöntää 900 euroa."))
    assert (bulletin.format, facts["officer"], facts["title"]) == (
        "cloudnc",
        "Vapaa-aikasihteeri",
        "Veneiden kunnostus",
    )
    assert "meeting_date" not in facts


def test_whole_minutes_on_one_page_have_no_section_of_their_own():
    head = MEETING.format(state="tarkastettu") + "<h3>Päätös</h3><p>Todettiin.</p><h2>§ 65 Toinen asia</h2>"
    assert "section" not in said(CLOUDNC.format(title="x", head=head, decision="Hyväksyttiin."))[1]


# ---------------------------------------------------------------- KTweb


def test_ktweb_states_the_last_handling_as_the_meeting():
    rows = "<TR><TD>Kunnanhallitus</TD><TD>&sect; 88</TD><TD>31.03.2025</TD></TR><TR><TD>Tekninen lautakunta<TD>34 &sect;<TD>9.6.2025"
    bulletin, facts = said(KTWEB.format(kind="Pykälän tiedot", paper="Pöytäkirja", rows=rows))
    assert bulletin.format == "ktweb"
    assert facts == {
        "municipality": "Rannan kunta", "body": "Tekninen lautakunta", "section": "§ 34", "meeting_date": "2025-06-09",
        "status": "minutes", "title": "Venelaiturin urakka",
    }  # fmt: skip
    assert words(bulletin, PartKind.DECISION).endswith("hyväksyttiin.")
    assert words(bulletin, PartKind.PROPOSAL).endswith("halvimman tarjouksen.")


def test_a_ktweb_agenda_says_so():
    rows = "<TR><TD COLSPAN=2>Tekninen lautakunta</TD><TD>09.06.2025</TD></TR>"
    assert said(KTWEB.format(kind="Esityslista", paper="ESITYSLISTA 3/2025", rows=rows))[1]["status"] == "agenda"


def test_a_ktweb_office_holder_meets_nobody():
    rows = "<TR><TD>Rakennusmestari</TD><TD></TD><TD>23.03.2022 &nbsp; 17 &sect;</TD></TR>"
    facts = said(KTWEB.format(kind="Viranhaltijapäätös", paper="Viranhaltijapäätös", rows=rows))[1]
    assert (facts["officer"], facts["section"]) == ("Rakennusmestari", "§ 17")
    assert "meeting_date" not in facts
    assert "body" not in facts


def test_another_site_with_a_table_is_not_ktweb():
    rows = "<TR><TD>Tekninen lautakunta</TD><TD></TD><TD>09.06.2025</TD></TR>"
    page = KTWEB.format(kind="x", paper="Pöytäkirja", rows=rows).replace(" : ", " – ")
    assert read(page.encode(), "x").format == "html"


# ---------------------------------------------------------------- Dynasty


@pytest.mark.parametrize("between", ["<br>", " "])
def test_dynasty_takes_the_title_below_a_label_that_is_the_main_heading(between):
    bulletin, facts = said(DYNASTY.format(between=between, first="Valmistelija"))
    assert (bulletin.format, facts["body"], facts["section"]) == ("dynasty", "Elinvoimajaosto", "§ 41")
    assert facts["title"] == "Venevajojen vuokrat"


# ---------------------------------------------------------------- CaseM


def matter(*properties, **more):
    held = [{"Name": name, "Text": text, "Number": None, "Date": None} for name, text in properties]
    return json.dumps({"ContentId": 7, "ExtendedProperties": held} | more).encode()


def test_a_casem_content_states_its_facts_by_the_names_of_its_properties():
    bulletin, facts = said(
        matter(
            ("Organ", "Kunnanhallitus"), ("MeetingDate", "10.3.2025 klo 16"), ("Section", "§ 52"), ("Dno", "RANDno-2025-8"),
            ("Decision", "<p>Hyv&auml;ksyttiin.</p>"), Title="Avustus", PublicDate="2025-03-14T08:30:00",
        )
    )  # fmt: skip
    assert (bulletin.format, bulletin.source.media_type) == ("casem", "application/json")
    assert facts == {
        "title": "Avustus", "published": "2025-03-14", "body": "Kunnanhallitus", "meeting_date": "2025-03-10",
        "section": "§ 52", "case_number": "RANDno-2025-8", "status": "minutes",
    }  # fmt: skip


@pytest.mark.parametrize(("proposal", "decision"), [("Päätösehdotus", "Päätös"), ("Proposal", "Decision")])
def test_casem_sections_keep_decision_and_proposal_apart_whatever_language_names_them(proposal, decision):
    bulletin, _ = said(
        matter(
            ("Kuvaus", "Seura hakee avustusta."), (proposal, "<p>Myönnetään 900 euroa.</p>"), (decision, "<p>Myönnettiin 500.</p>")
        )
    )  # fmt: skip
    assert words(bulletin, PartKind.PROPOSAL).endswith("Myönnetään 900 euroa.")
    assert words(bulletin, PartKind.DECISION).endswith("Myönnettiin 500.")


def test_a_casem_matter_without_a_decision_is_an_agenda():
    assert said(matter(("Päätösehdotus", "<p>Myönnetään 900 euroa.</p>")))[1]["status"] == "agenda"


def test_every_block_of_a_casem_matter_leads_back_to_its_property():
    bulletin, _ = said(matter(("Kuvaus", "<p>Seura hakee.</p><p>Kunta tukee.</p>"), Title="Avustus"))
    assert [block.origin.path for block in bulletin.blocks] == [
        "/Title", "/ExtendedProperties/0/Name", "/ExtendedProperties/0/Text#/html[1]/body[1]/p[1]",
        "/ExtendedProperties/0/Text#/html[1]/body[1]/p[2]",
    ]  # fmt: skip


def test_properties_alone_are_a_matter_too():
    data = json.dumps({"value": [{"Name": "Title", "Text": "Avustus"}, {"Name": "Päätös", "Text": "Myönnettiin."}]})
    bulletin, facts = said(data)
    assert (bulletin.format, facts["title"]) == ("casem", "Avustus")


@pytest.mark.parametrize(
    "held", [[{"Name": 3, "Text": "x"}], [{"Name": "Päätös", "Text": None, "Number": True}], ["x"], {"Name": "Päätös"}]
)
def test_a_casem_matter_without_words_is_an_error_that_names_the_file(held):
    with pytest.raises(ReadError, match="x"):
        read(json.dumps({"ContentId": 7, "ExtendedProperties": held}).encode(), "x")
