"""Each extractor as a spaCy component, asked for by name with nothing but spaCy imported."""

import subprocess
import sys
from decimal import Decimal

import pytest
import spacy
from spacy.tokens import DocBin

from pykala.model import Act, Amount, Date, Name, Years

TEXT = "Kulttuurilautakunta myönsi 3.12.2024 Meriteatteri ry:lle enintään 15 000,50 euroa vuosille 2025–2026."
EXPECTED = {
    "pykala_amounts": (Amount, ["15 000,50 euroa"]),
    "pykala_years": (Years, ["2025–2026"]),
    "pykala_dates": (Date, ["3.12.2024"]),
    "pykala_institutions": (Name, ["Kulttuurilautakunta", "Meriteatteri ry:lle"]),
    "pykala_decisions": (Act, None),
}


def texts(mentions):
    return [mention.text for mention in mentions]


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("fi")
    for name in EXPECTED:
        nlp.add_pipe(name)
    return nlp


@pytest.mark.parametrize("name", EXPECTED)
def test_component_is_found_by_name_with_only_spacy_imported(name):
    code = f"import spacy; nlp = spacy.blank('fi'); nlp.add_pipe({name!r}); print(list(nlp({TEXT!r}).spans))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == f"['{name}']"


@pytest.mark.parametrize("name", EXPECTED)
def test_spans_hold_what_was_read_and_cover_its_words(nlp, name):
    kind, words = EXPECTED[name]
    doc = nlp(TEXT)
    mentions = [span._.pykala for span in doc.spans[name]]
    assert mentions
    assert all(type(mention) is kind for mention in mentions)
    assert words is None or texts(mentions) == words
    for span, mention in zip(doc.spans[name], mentions, strict=True):
        assert TEXT[mention.start : mention.end] == mention.text
        assert span.start_char <= mention.start < mention.end <= span.end_char


@pytest.mark.parametrize("name", EXPECTED)
def test_document_tells_all_that_a_component_found(nlp, name):
    doc = nlp(TEXT)
    assert getattr(doc._, name) == tuple(span._.pykala for span in doc.spans[name])


def test_values_are_exact_and_labels_tell_rule_kind_or_type(nlp):
    doc = nlp(TEXT)
    amount = doc.spans["pykala_amounts"][0]
    assert amount._.pykala.value == Decimal("15000.50")
    assert amount.label_ == amount._.pykala.rule
    assert [span.label_ for span in doc.spans["pykala_decisions"]] == ["granted"]
    assert [span.label_ for span in doc.spans["pykala_institutions"]] == ["committee", "association"]


def test_a_span_widens_to_whole_tokens_where_the_words_end_within_one(nlp):
    doc = nlp("Vuokra on 5€/m2.")
    (span,) = doc.spans["pykala_amounts"]
    assert span._.pykala.text == "5€"
    assert span.text == "5€/m2"


def test_what_was_found_survives_being_stored(nlp):
    doc = nlp(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (read,) = DocBin(store_user_data=True).from_bytes(stored).get_docs(spacy.blank("fi").vocab)
    for name in EXPECTED:
        assert getattr(read._, name) == getattr(doc._, name)
        assert [span._.pykala for span in read.spans[name]] == [span._.pykala for span in doc.spans[name]]


def test_a_text_without_values_has_empty_groups(nlp):
    doc = nlp("Kokous pidettiin.")
    assert all(len(doc.spans[name]) == 0 and getattr(doc._, name) == () for name in EXPECTED)


def test_spans_of_others_tell_nothing(nlp):
    assert nlp(TEXT)[0:1]._.pykala is None
