"""JSON: Ahjo's open interface, lists of decisions, and objects that nobody has described."""

import json

from pykala.read import read

CONTENT = (
    '<div class="paatos"><h1 class="AsiaOtsikko">Avustus Soutajat ry:lle</h1><div class="DnroTmuoto">HEL 2025-000123</div>'
    '<div class="SisaltoSektio"><h3 class="SisaltoOtsikko">Päätös</h3><p>Lautakunta myönsi avustuksen.</p></div></div>'
)
DECISION = {
    "NativeId": "{1}",
    "Title": "Avustus Soutajat ry:lle",
    "CaseIDLabel": "HEL 2025-000123",
    "Section": "12",
    "DateDecision": "2025-03-04T15:30:00",
    "Organization": {"Name": "Liikuntalautakunta", "TypeId": "2"},
    "Meeting": {"MeetingID": "1", "SequenceNumber": "5", "Location": "Rantasali"},
    "Content": CONTENT,
    "Attachments": [{"Title": "Hakemus, joka ei kuulu tähän tekstiin lainkaan"}],
}


def parsed(value):
    return read(json.dumps(value).encode(), "x")


def facts(value):
    return [(fact.name, fact.value) for fact in parsed(value).facts]


def test_an_ahjo_decision_gives_the_text_of_its_content_and_the_facts_of_its_keys():
    bulletin = parsed(DECISION)
    assert (bulletin.format, bulletin.source.media_type) == ("ahjo_json", "application/json")
    assert bulletin.text == "Avustus Soutajat ry:lle\n\nHEL 2025-000123\n\nPäätös\n\nLautakunta myönsi avustuksen."
    assert dict(facts(DECISION)) == {
        "title": "Avustus Soutajat ry:lle", "case_number": "HEL 2025-000123", "section": "§ 12", "meeting_date": "2025-03-04",
        "body": "Liikuntalautakunta", "meeting_number": "5", "meeting_place": "Rantasali", "status": "minutes",
    }  # fmt: skip


def test_every_block_leads_back_to_its_key_and_its_node():
    bulletin = parsed({"decisions": [DECISION]})
    assert bulletin.blocks[-1].origin.path == "/decisions/0/Content#/html[1]/body[1]/div[1]/div[2]/p[1]"
    assert bulletin.blocks[-1].marks[-1] == "content"


def test_a_proposal_is_read_only_where_no_decision_stands_beside_it():
    motion = '<div class="esitys"><h3>Päätösehdotus</h3><p>Lautakunta myöntää avustuksen.</p></div>'
    assert "Päätösehdotus" not in parsed(DECISION | {"Motion": motion}).text
    bulletin = parsed({key: value for key, value in DECISION.items() if key != "Content"} | {"Motion": motion})
    assert bulletin.text.startswith("Avustus Soutajat ry:lle\n\nPäätösehdotus")
    assert ("status", "agenda") in [(fact.name, fact.value) for fact in bulletin.facts]


def test_earlier_handlings_stay_out_of_the_facts():
    history = '<div class="paatos"><div class="Asiapykala">§ 7</div><h3>Päätöshistoria</h3><p>Jaosto puolsi.</p></div>'
    bulletin = parsed(DECISION | {"DecisionHistoryHTML": history})
    assert bulletin.text.endswith("Jaosto puolsi.")
    assert [fact.value for fact in bulletin.facts if fact.name == "section"] == ["§ 12"]


def test_each_decision_of_a_list_gives_its_own_facts():
    second = DECISION | {
        "Title": "Toinen asia",
        "Section": "13",
        "CaseIDLabel": "HEL 2025-000456",
        "Content": "<p>Lautakunta päätti.</p>",
    }
    said = facts([DECISION, second])
    assert [value for name, value in said if name == "section"] == ["§ 12", "§ 13"]
    assert [value for name, value in said if name == "case_number"] == ["HEL 2025-000123", "HEL 2025-000456"]
    assert [value for name, value in said if name == "body"] == ["Liikuntalautakunta"]


def test_a_title_that_the_content_lacks_becomes_its_heading():
    bulletin = parsed({"Title": "Toinen asia", "Content": "<p>Lautakunta päätti.</p>"})
    assert bulletin.text == "Toinen asia\n\nLautakunta päätti."
    assert (bulletin.blocks[0].level, bulletin.blocks[0].origin.path) == (1, "/Title")


def test_a_meeting_gives_the_items_of_its_agenda_in_order():
    meeting = {
        "Name": "Liikuntalautakunta", "DateMeeting": "2025-03-04T15:30:00", "MeetingSequenceNumber": 5,
        "Agenda": [{"AgendaItem": "Eka asia", "Html": "<p>Eka päätös.</p>"}, {"AgendaItem": "Toka asia", "Html": "<p>Toka päätös.</p>"}],
    }  # fmt: skip
    assert parsed(meeting).text == "Eka asia\n\nEka päätös.\n\nToka asia\n\nToka päätös."
    assert ("meeting_date", "2025-03-04") in facts(meeting)


def test_an_object_that_nobody_described_is_read_by_what_its_strings_hold():
    bulletin = parsed({
        "meta": {"url": "https://example.com/a-b-c", "lang": "fi"},
        "osat": [{"otsake": "x", "sisalto": "<p>Lautakunta päätti.</p>"}],
        "huom": "Lautakunta merkitsi tiedoksi katsauksen talouden tilasta.\n\nLisäksi se hyväksyi suunnitelman.",
    })  # fmt: skip
    assert bulletin.text.split("\n\n") == [
        "Lautakunta merkitsi tiedoksi katsauksen talouden tilasta.", "Lisäksi se hyväksyi suunnitelman.", "Lautakunta päätti.",
    ]  # fmt: skip


def test_keys_with_slashes_are_escaped_in_the_way_back():
    bulletin = parsed({"a/b~c": "<p>Lautakunta päätti.</p>"})
    assert bulletin.blocks[0].origin.path == "/a~1b~0c#/html[1]/body[1]/p[1]"
