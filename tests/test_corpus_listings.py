"""Every listing page of corpus/listings leads where the file beside it says, and is no bulletin."""

import json
from pathlib import Path

import pytest
from msgspec.structs import asdict

from pykala.batch.inputs import LINKS_ENDING, WrongInput, collect
from pykala.errors import ListingPage
from pykala.read import read
from pykala.read.listing import links, listing_of
from pykala.read.webpage import open_page
from pykala.settings import Limits

FOLDER = Path(__file__).resolve().parents[1] / "corpus" / "listings"
PAGES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(LINKS_ENDING))
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)


def told(page):
    return json.loads((FOLDER / f"{page.stem}{LINKS_ENDING}").read_text("utf-8"))


def rows(found):
    return [asdict(link) | {"day": link.day.isoformat() if link.day else None} for link in found]


@each_page
def test_a_listing_leads_where_the_file_beside_it_says(page):
    assert rows(links(page.read_bytes(), told(page)["address"])) == told(page)["links"]


@each_page
def test_a_listing_is_known_by_the_platform_that_made_it(page):
    known = listing_of(open_page(page.read_bytes(), told(page)["address"], Limits()))
    assert known.name == told(page)["platform"]


@each_page
def test_a_listing_that_is_to_be_parsed_is_refused_by_that_name(page):
    with pytest.raises(ListingPage, match=r"pykala fetch"):
        read(page.read_bytes(), str(page))


def test_every_file_that_says_where_a_page_leads_has_its_page():
    assert {path.name.removesuffix(LINKS_ENDING) for path in FOLDER.glob(f"*{LINKS_ENDING}")} == {p.stem for p in PAGES}


def test_listings_are_no_documents_of_a_folder():
    with pytest.raises(WrongInput, match="no"):
        collect([str(FOLDER)])
