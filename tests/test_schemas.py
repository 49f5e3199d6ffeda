"""The published schemas: in step with the models, closed, and true of everything that is emitted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pykala import parse, schemas
from pykala.batch.inputs import collect
from pykala.diff import schemas as diff_schemas
from pykala.emit import schemas as emit_schemas
from pykala.emit.failures import failure
from pykala.emit.serialise import document, lines, to_json
from pykala.errors import ProtectedDocument, PykalaError

TEXTS = {name: source.schema_text for source in (emit_schemas, diff_schemas) for name in source.MODELS}
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DOCUMENTS = [Path(one.uri) for one in collect([str(CORPUS)])]
TEXT = "Kulttuurilautakunta myönsi 3.12.2024 Meriteatteri ry:lle enintään 15 000 euroa vuosille 2025–2026.\n"


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas.load(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


def objects(node: object) -> Iterator[dict]:
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


@pytest.mark.parametrize("name", TEXTS)
def test_published_schema_is_what_the_models_say(name):
    assert schemas.text(name) == TEXTS[name](name), "run scripts/schemas"


def test_every_schema_is_shipped():
    assert schemas.names() == tuple(sorted(TEXTS))


@pytest.mark.parametrize("name", TEXTS)
def test_schema_is_a_valid_one_that_names_itself(name):
    schema = schemas.load(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:pykala:schema:{name}:{schema['version']}"
    assert schema["title"]


@pytest.mark.parametrize("name", TEXTS)
def test_every_object_is_closed_and_every_key_required(name):
    for node in objects(schemas.load(name)):
        if node.get("description", "").startswith("what the record says, by key"):  # in a change
            assert node["additionalProperties"] is True
            continue
        assert node["additionalProperties"] is False
        if "business_id" not in node["properties"]:
            assert set(node["properties"]) - {"retrieved_at"} == set(node["required"])


@pytest.mark.parametrize("name", TEXTS)
def test_what_may_be_missing_is_null_in_the_way_of_2020_12(name):
    assert "nullable" not in schemas.text(name)
    assert '"default"' not in schemas.text(name)


def test_an_unknown_key_a_missing_key_and_a_wrong_date_are_refused():
    valid = json.loads(to_json(parse(TEXT)))
    check = validator("bulletin")
    assert check.is_valid(valid)
    assert not check.is_valid(valid | {"mood": "good"})
    assert not check.is_valid({key: value for key, value in valid.items() if key != "title"})
    assert not check.is_valid(valid | {"published": "3.12.2024"})
    assert not check.is_valid(valid | {"source": valid["source"] | {"retrieved_at": "yesterday"}})


def test_a_document_that_was_not_fetched_has_no_time_of_fetching():
    assert "retrieved_at" not in json.loads(to_json(parse(TEXT)))["source"]


def test_failures_are_valid():
    for error in (
        ProtectedDocument("it asks for a password"),
        PykalaError("?"),
        FileNotFoundError(2, "gone"),
        ValueError("x\ny"),
    ):
        validator("failure").validate(json.loads(to_json(failure(error, "a.pdf"))))


def test_an_error_that_nobody_foresaw_is_a_failure_that_says_where():
    try:
        schemas.load("nothing")
    except KeyError as error:
        row = failure(error, "a.pdf")
    assert (row.code, row.message) == ("internal", "KeyError: 'nothing'")
    assert row.place
    assert row.place.startswith("pykala.schemas:")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_record_of_the_corpus_is_valid_and_quotes_exactly(path):
    record = parse(path)
    emitted = json.loads(to_json(record))
    validator("bulletin").validate(emitted)
    for row in lines(record, "decision").splitlines():
        validator("decision").validate(json.loads(row))
    for quoted in quotes(emitted):
        start, end = quoted["span"]
        assert emitted["text"][start:end] == quoted["text"]


def quotes(node: object) -> Iterator[dict]:
    """Everything in a record that has a text and a span."""
    if isinstance(node, dict):
        if "span" in node and "text" in node:
            yield node
        for value in node.values():
            yield from quotes(value)
    elif isinstance(node, list):
        for value in node:
            yield from quotes(value)


def test_an_indented_document_says_the_same_as_its_line():
    record = parse(TEXT)
    assert json.loads(document(record)) == json.loads(lines(record))
    rows = [json.loads(line) for line in lines(record, "decision").splitlines()]
    assert rows
    assert json.loads(document(record, "decision")) == rows


def test_a_decision_row_has_names_where_the_record_has_ids():
    row = json.loads(lines(parse(TEXT), "decision"))
    assert row["decision_maker"] == "Kulttuurilautakunta"
    assert row["type"] == "granted"
    assert row["years"] == [[2025, 2026]]
    assert row["dates"] == ["2024-12-03"]
    amount = row["amounts"][0]
    assert (amount["value"], amount["qualifier"], amount["recipients"]) == ("15000", "at_most", ["Meriteatteri ry"])
    assert {"name": "Meriteatteri ry", "kind": "association", "role": "recipient"} in row["institutions"]
