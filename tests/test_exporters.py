"""Exports as their own projects would read them: JSON-LD that expands, fields that the specifications name."""

import json
from pathlib import Path

import jsonschema
import msgspec_schemaorg.models as vocabulary
import pytest
from pyld import jsonld

from pykala import parse
from pykala.emit.encoded import Encoded
from pykala.emit.exporters import open_decisions, popolo, schema_org
from pykala.emit.forms import Form
from pykala.emit.load import records
from pykala.emit.places import WrongOutput, check_out
from pykala.emit.rendering import as_document, as_lines
from pykala.emit.schemas import schema
from pykala.emit.sinks import open_sink
from pykala.errors import NoRecords

CORPUS = Path(__file__).parents[1] / "corpus"
BULLETINS = [path for path in CORPUS.glob("*/*.html") if path.with_suffix(".expected.json").exists()]
GRANTS = parse(
    "Porvoon kaupunginhallituksen elinkeinojaosto myönsi 12.5.2025 Rantakylän Yrityshautomo Oy:lle innovaatiorahastosta "
    "enintään 250 000 euroa vuodessa vuosille 2025–2027. Samalla jaosto myönsi Kylätalo ry:lle 5 000–6 000,50 euroa."
)
VOTED = parse(
    "Lohjan kaupunginvaltuusto\n\nKokous 10.3.2025\n\n§ 14 Uimahallin korjaus\nDiaarinumero 231/2025\n\nPäätös\n\n"
    "Kaupunginvaltuusto hyväksyi <uimahallin> hankesuunnitelman äänestyksen jälkeen äänin 25–18."
)
WEB = GRANTS.model_copy(
    update={"source": GRANTS.source.model_copy(update={"uri": "https://porvoo.example/2025/05/paatokset"})}
)
READ = [GRANTS, VOTED, WEB, *(parse(path) for path in sorted(BULLETINS)[::25])]
each_record = pytest.mark.parametrize("record", READ, ids=lambda record: record.id)


def only(exported):
    (one,) = exported
    return one


# ---------------------------------------------------------------- schema.org


def context(_url, _options):
    """What https://schema.org serves as its context, as far as these documents need it."""
    document = {"@context": {"@vocab": "http://schema.org/"}}
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": "https://schema.org",
        "document": document,
    }


def nodes(value):
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


@each_record
def test_the_json_ld_expands_with_every_word_in_the_vocabulary(record):
    expanded = only(jsonld.expand(only(schema_org.export(record)), {"documentLoader": context}))
    assert expanded["@id"] == f"urn:pykala:{record.id}"
    for node in nodes(expanded):
        for key in node:
            assert key.startswith(("@", "http://schema.org/")), key
    for node in nodes(only(schema_org.export(record))):
        if "@type" in node:
            fields = getattr(vocabulary, node["@type"]).__struct_encode_fields__
            assert set(node) <= set(fields), node["@type"]


@each_record
def test_what_the_json_ld_refers_to_is_in_it(record):
    exported = only(schema_org.export(record))
    described = {node["@id"] for node in nodes(exported) if "@type" in node and "@id" in node}
    assert {node["@id"] for node in nodes(exported) if "@id" in node} == described


def test_each_funding_is_a_grant_with_who_gives_and_gets_it():
    exported = only(schema_org.export(GRANTS))
    names = {node["@id"]: node["name"] for node in exported["mentions"]}
    first, second = exported["about"]
    assert first["@type"] == "MonetaryGrant"
    assert names[first["funder"]["@id"]] == "Porvoon kaupunginhallituksen elinkeinojaosto"
    assert names[first["sponsor"]["@id"]] == "innovaatiorahasto"
    assert [names[one["@id"]] for one in first["fundedItem"]] == ["Rantakylän Yrityshautomo Oy"]
    assert first["amount"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "maxValue": 250000, "unitText": "EUR/year"},
        "validFrom": "2025-01-01",
        "validThrough": "2027-12-31",
    }
    assert second["amount"] == {"@type": "MonetaryAmount", "currency": "EUR", "minValue": 5000, "maxValue": 6000.5}


# ---------------------------------------------------------------- Popolo

NOTHING_OR_TEXT = {"type": ["string", "null"]}
ID = {"type": "string", "minLength": 1}
LINKS = {"type": "array", "items": {"required": ["url"], "properties": {"url": {"type": "string", "format": "uri"}}}}
DAY = {"type": ["string", "null"], "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}


def collection(required, **properties):
    """A list of closed objects; all of Popolo's properties may be missing but those required."""
    item = {"type": "object", "additionalProperties": False, "required": required, "properties": properties}
    return {"type": "array", "items": item}


COUNTS = collection(["option", "value"], option={"type": "string"}, value={"type": "integer"})
POPOLO = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "areas": collection(
            ["id", "name"], id=ID, name={"type": "string"}, identifier=NOTHING_OR_TEXT, classification=NOTHING_OR_TEXT
        ),
        "organizations": collection(
            ["id", "name"],
            id=ID,
            name={"type": "string"},
            classification=NOTHING_OR_TEXT,
            area_id=NOTHING_OR_TEXT,
            other_names=collection(["name"], name={"type": "string"}),
            identifiers=collection(["identifier"], identifier={"type": "string"}, scheme=NOTHING_OR_TEXT),
            sources=LINKS,
        ),
        "events": collection(
            ["id"],
            id=ID,
            name=NOTHING_OR_TEXT,
            classification=NOTHING_OR_TEXT,
            start_date=DAY,
            location=NOTHING_OR_TEXT,
            organization_id=NOTHING_OR_TEXT,
            sources=LINKS,
        ),
        "motions": collection(
            ["id"],
            id=ID,
            organization_id=NOTHING_OR_TEXT,
            legislative_session_id=NOTHING_OR_TEXT,
            text=NOTHING_OR_TEXT,
            classification=NOTHING_OR_TEXT,
            date=DAY,
            result=NOTHING_OR_TEXT,
            sources=LINKS,
        ),
        "vote_events": collection(
            ["id"],
            id=ID,
            organization_id=NOTHING_OR_TEXT,
            legislative_session_id=NOTHING_OR_TEXT,
            motion_id=NOTHING_OR_TEXT,
            start_date=DAY,
            counts=COUNTS,
            sources=LINKS,
        ),
    },
}


@each_record
def test_popolo_has_the_properties_of_its_specification_and_no_other(record):
    exported = only(popolo.export(record))
    checker = jsonschema.Draft202012Validator(POPOLO, format_checker=jsonschema.FormatChecker())
    assert list(checker.iter_errors(exported)) == []


@each_record
def test_what_popolo_refers_to_is_in_it(record):
    exported = only(popolo.export(record))
    ids = [one["id"] for collected in exported.values() for one in collected]
    assert len(ids) == len(set(ids))
    named = {value for node in nodes(exported) for key, value in node.items() if key.endswith("_id") and value}
    assert named <= set(ids)


def test_a_counted_vote_is_a_vote_event_of_its_motion():
    exported = only(popolo.export(VOTED))
    (motion,) = exported["motions"]
    (vote,) = exported["vote_events"]
    assert vote["motion_id"] == motion["id"]
    assert vote["counts"] == [{"option": "yes", "value": 25}, {"option": "no", "value": 18}]
    assert motion["date"] == vote["start_date"] == "2025-03-10"


# ---------------------------------------------------------------- 6aika

MODEL = {"data_source", "origin_id"}
OPEN_DECISIONS = {
    "organizations": {"classification", "name", "founding_date", "dissolution_date", "parent", "events", "posts"},
    "posts": {"label", "organization"},
    "events": {"name", "organization", "post", "start_date", "end_date"},
    "cases": {"title", "register_id", "function", "geometries", "attachments", "actions"},
    "actions": {
        *("title", "case", "ordering", "article_number", "resolution", "post", "event", "date", "contents"),
        "attachments",
    },
    "contents": {"ordering", "title", "type", "hypertext"},
    "attachments": {"name", "url", "number", "public", "confidentiality_reason"},
}
"""Fields of the API's models, which all have those of MODEL too."""


@each_record
def test_the_open_decisions_have_the_fields_of_the_api(record):
    exported = only(open_decisions.export(record))
    actions = exported["actions"]
    inner = {key: [one for action in actions for one in action[key]] for key in ("contents", "attachments")}
    for name, collected in {**exported, **inner}.items():
        for one in collected:
            assert set(one) == OPEN_DECISIONS[name] | MODEL, name
            assert all(len(one.get(field) or "") <= 255 for field in ("title", "name", "label"))
    origins = {name: {one["origin_id"] for one in collected} for name, collected in exported.items()}
    assert {action["event"] for action in actions} <= origins["events"] | {None}
    assert {action["case"] for action in actions} <= origins["cases"] | {None}
    assert {action["post"] for action in actions} <= origins["posts"] | {None}


def test_an_action_keeps_the_join_keys_and_escapes_its_words():
    exported = only(open_decisions.export(VOTED))
    (action,) = exported["actions"]
    assert (action["article_number"], action["case"], action["resolution"]) == ("§ 14", "231/2025", "approved")
    assert [case["register_id"] for case in exported["cases"]] == ["231/2025"]
    assert "&lt;uimahallin&gt;" in action["contents"][0]["hypertext"]


# ---------------------------------------------------------------- Elasticsearch


@pytest.mark.parametrize(("unit", "name"), [("bulletin", "bulletin"), ("decision", "decision")])
def test_the_bulk_lines_are_pairs_of_an_action_and_a_document(unit, name):
    content = b"".join(as_lines(unit, Form.ELASTICSEARCH)(Encoded.of(record)) for record in (GRANTS, VOTED))
    assert content.endswith(b"\n")
    lines = [json.loads(line) for line in content.splitlines()]
    actions, documents = lines[::2], lines[1::2]
    assert len(actions) == len(documents) == (2 if unit == "bulletin" else 3)
    assert all(list(action) == ["index"] and set(action["index"]) == {"_index", "_id"} for action in actions)
    assert len({action["index"]["_id"] for action in actions}) == len(actions)
    for document in documents:
        jsonschema.validate(document, schema(name))


# ---------------------------------------------------------------- outputs


@pytest.mark.parametrize("form", Form)
def test_an_export_holds_no_whole_records_and_says_so(tmp_path, form):
    out = str(tmp_path / "export.jsonl")
    with open_sink(out, form=form) as sink:
        sink.write("bulletin", Encoded.of(GRANTS))
    with pytest.raises(NoRecords, match=f"an export --as {form}"):
        list(records(out))


@pytest.mark.parametrize("form", [Form.SCHEMA_ORG, Form.POPOLO, Form.OPEN_DECISIONS])
def test_a_folder_has_the_same_document_indented(tmp_path, form):
    with open_sink(str(tmp_path / "export"), form=form) as sink:
        sink.write("bulletin", Encoded.of(GRANTS))
    written = (tmp_path / "export" / "bulletin.json").read_bytes()
    assert written == as_document("bulletin", form)(Encoded.of(GRANTS))
    assert json.loads(written) == json.loads(as_lines("bulletin", form)(Encoded.of(GRANTS)))


@pytest.mark.parametrize(
    ("out", "unit", "form", "said"),
    [
        ("records.csv", "bulletin", Form.POPOLO, "not into .csv"),
        ("sqlite:///records.db", "bulletin", Form.POPOLO, "not into sqlite:///"),
        ("records", "bulletin", Form.ELASTICSEARCH, "not for a folder"),
        ("records.jsonl", "decision", Form.SCHEMA_ORG, "leave out --unit"),
        ("records.parquet", "decision", None, "leave out --unit"),
        ("sqlite:///records.db", "decision", None, "leave out --unit"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path, monkeypatch, out, unit, form, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongOutput, match=said):
        check_out(out, unit=unit, form=form)
