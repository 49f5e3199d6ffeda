"""Every document of the corpus has one publisher, and every publisher stands on one side of the split."""

import json
from pathlib import Path

import pytest

from pykala import rules
from pykala.evaluate.breakdowns import Split
from pykala.evaluate.publishers import Publisher, Publishers, read_publishers

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
PUBLISHERS = read_publishers(CORPUS / "publishers.toml")
DOCUMENTS = {
    path.relative_to(CORPUS).as_posix().removesuffix(".expected.json"): json.loads(path.read_bytes())["municipality"]
    for path in sorted(CORPUS.rglob("*.expected.json"))
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_belongs_to_exactly_one_publisher(document):
    assert PUBLISHERS.of(document, DOCUMENTS[document]) is not None


def test_every_publisher_has_a_document():
    having = {PUBLISHERS.of(document, municipality) for document, municipality in DOCUMENTS.items()}
    assert {one.name for one in PUBLISHERS.known} == {one.name for one in having if one}


def test_a_publisher_is_a_municipality_or_says_which_documents_are_its_own():
    municipalities = {row["name"] for row in rules.load("municipalities")["municipality"]}
    for one in PUBLISHERS.known:
        assert one.documents or one.name in municipalities, one.name


def test_publishers_are_listed_by_name():
    alphabet = str.maketrans("ÅÄÖåäö", "[\\]{|}")
    names = [one.name.translate(alphabet) for one in PUBLISHERS.known]
    assert names == sorted(names)


def test_a_document_that_two_publishers_claim_belongs_to_neither():
    known = tuple(Publisher(name=name, split=Split.DEV, documents=("html/a",)) for name in ("A", "B"))
    assert Publishers(known).of("html/a-1", None) is None
    assert Publishers(known[:1]).of("html/a-1", None) == known[0]


def test_a_claimed_document_belongs_to_its_claimant_whatever_its_gold_names():
    town = Publisher(name="Kemi", split=Split.DEV)
    county = Publisher(name="Alue", split=Split.TEST, documents=("html/alue-",))
    both = Publishers((town, county))
    assert both.of("html/alue-1", "Kemi") == county
    assert both.of("html/kemi-1", "Kemi") == town
    assert both.of("html/muu-1", "Muu") is None
