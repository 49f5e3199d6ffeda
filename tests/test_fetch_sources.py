"""The register of where municipalities publish."""

from collections import Counter
from datetime import date

import pytest

from pykala.errors import Refused, UnknownSource
from pykala.fetch.address import target
from pykala.fetch.plan import day
from pykala.fetch.sources import matching, municipalities, source

WITH_PLATFORM = [one for one in municipalities() if one.platform]


def test_every_municipality_has_a_code_and_at_least_sixty_a_platform():
    assert len({one.id for one in municipalities()}) == len(municipalities()) == 308
    assert len(WITH_PLATFORM) >= 200


@pytest.mark.parametrize("one", WITH_PLATFORM, ids=lambda one: one.name)
def test_an_address_of_a_municipality_is_in_its_normal_form(one):
    assert one.listings
    assert [str(target(address)) for address in one.listings] == list(one.listings)


def test_no_address_is_given_twice_and_none_without_a_platform():
    addresses = Counter(address for one in municipalities() for address in one.listings)
    assert [address for address, times in addresses.items() if times > 1] == []
    assert [one.name for one in municipalities() if bool(one.platform) != bool(one.listings)] == []


@pytest.mark.parametrize("one", municipalities(), ids=lambda one: one.id)
def test_a_municipality_is_found_by_its_code_and_its_names_alone(one):
    for name in filter(None, (one.id, one.name, one.name.upper(), one.swedish)):
        assert matching(name) == (one,)


@pytest.mark.parametrize("words", ["", "Ruritania", "1", "Espoo Helsinki", "helsinki.fi"])
def test_what_is_no_municipality_is_told(words):
    with pytest.raises(UnknownSource, match="no municipality"):
        source(words)


@pytest.mark.parametrize("words", ["ftp://kyla.example/", "https://", "file:///etc/passwd", "https://a@kyla.example/"])
def test_an_address_that_is_not_fetched_is_refused(words):
    with pytest.raises(Refused):
        source(words)


@pytest.mark.parametrize("words", ["yesterday", "2025-02-30", "d", "-3d", "30 d", "9999999d", "99999d" * 9, ""])
def test_what_is_no_day_is_told(words):
    with pytest.raises(ValueError, match="is no day"):
        day(words, date(2025, 5, 1))
