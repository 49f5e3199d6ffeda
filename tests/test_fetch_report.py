"""What a report makes of the records of a run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pykala import parse
from pykala.errors import NoText
from pykala.fetch import Fetched
from pykala.fetch.history import at_most, falls
from pykala.fetch.survey import FIELDS, ranges, survey

MINUTES = """<html lang="fi"><body><h1>Kunnanhallitus</h1><p>Pöytäkirja 12.05.2025/Pykälä {0}</p><h2>Avustus {0}</h2>
<h3>Päätös</h3><p>Kunnanhallitus myönsi Rannan Soutajat ry:lle 500 euroa.</p></body></html>"""


def read(document):
    return parse(document.content, uri=document.uri)


def minutes(*sections):
    return [Fetched(f"https://ranta.example/{n}", MINUTES.format(n).encode(), "2025-06-01T00:00:00Z") for n in sections]


def test_numbers_that_are_missing_between_sections_are_gaps():
    seen = survey(minutes(3, 4, 8, 10), read)
    assert seen.gaps() == [{"body": "Kunnanhallitus", "year": "2025", "missing": "5–7, 9"}]
    assert (seen.documents, len(seen.meetings)) == (4, 1)
    assert survey(minutes(3, 4, 5), read).gaps() == []


def test_a_document_that_cannot_be_read_is_told_and_stops_no_other():
    def fragile(document):
        if document.uri.endswith("4"):
            raise NoText("its pages hold no text")
        if document.uri.endswith("5"):
            raise ZeroDivisionError
        return read(document)

    seen = survey(minutes(3, 4, 5, 6), fragile)
    assert [(one.address[-1], one.code) for one in seen.unread] == [("4", "no-text"), ("5", "internal")]
    assert seen.documents == 2


def history(documents, share):
    fields = {name: round(documents * share) for name in FIELDS}
    return [
        {"sources": [{"id": "1", "documents": documents, "fields": fields}, {"id": "2", "documents": 99, "fields": {}}]}
    ]


@pytest.mark.parametrize(
    ("before", "share", "now", "count", "fell"),
    [
        (50, 1.0, 20, 8, True),
        (50, 1.0, 20, 19, False),  # one page of twenty
        (50, 0.5, 20, 7, False),  # chance
        (50, 0.5, 200, 60, True),
        (5, 1.0, 20, 0, False),  # too little is known
        (50, 1.0, 0, 0, False),
        (50, 0.2, 20, 20, False),
    ],
)
def test_a_field_falls_where_chance_does_not_explain_it(before, share, now, count, fell):
    found = falls("1", now, {"decisions": count}, history(before, share))
    assert [one.field for one in found] == (["decisions"] if fell else [])


@given(st.integers(0, 60), st.floats(0.01, 0.99))
def test_the_chances_of_all_counts_make_one(draws, share):
    sums = [at_most(count, draws, share) for count in range(draws + 1)]
    assert sums == sorted(sums)
    assert sums[-1] == pytest.approx(1.0)


@given(st.sets(st.integers(0, 300)))
def test_ranges_name_each_number_once(numbers):
    named = []
    for part in ranges(numbers).split(", ") if numbers else []:
        first, _, last = part.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(numbers)
