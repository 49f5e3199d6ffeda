"""Every listing page of corpus/listings leads where the file beside it says, and is no bulletin."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from pykala.batch.inputs import WrongInput, collect
from pykala.errors import ListingPage
from pykala.read import read
from pykala.read.listing import links

FOLDER = Path(__file__).resolve().parents[1] / "corpus" / "listings"
LISTINGS = sorted(FOLDER.glob("*.links.json"))


def rows(found):
    return [asdict(link) | {"day": link.day.isoformat() if link.day else None} for link in found]


@pytest.mark.parametrize("expected", LISTINGS, ids=lambda path: path.name.removesuffix(".links.json"))
def test_a_listing_leads_where_the_file_beside_it_says(expected):
    told = json.loads(expected.read_text("utf-8"))
    assert rows(links((FOLDER / told["doc"]).read_bytes(), told["address"])) == told["links"]


@pytest.mark.parametrize("expected", LISTINGS, ids=lambda path: path.name.removesuffix(".links.json"))
def test_a_listing_that_is_to_be_parsed_is_refused_by_that_name(expected):
    page = FOLDER / json.loads(expected.read_text("utf-8"))["doc"]
    with pytest.raises(ListingPage, match=r"pykala fetch"):
        read(page.read_bytes(), str(page))


def test_every_page_among_the_listings_says_where_it_leads():
    told = {json.loads(path.read_text("utf-8"))["doc"] for path in LISTINGS}
    assert {path.name for path in FOLDER.iterdir() if not path.name.endswith(".links.json")} == told


def test_listings_are_no_documents_of_a_folder():
    with pytest.raises(WrongInput, match="no"):
        collect([str(FOLDER)])
