"""Listing → pages → WARC → records, for each platform whose listings the corpus holds, over real HTTP.

The pages of corpus/listings are served under their own addresses and hosts, which all lead to one server on the loopback
interface; each bulletin that they lead to is one of the corpus, of the same platform.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from loopback import Answer, PatientClock, Site
from pykala import parse
from pykala.fetch import Client, Policy, documents
from pykala.fetch.address import target
from pykala.fetch.asking import Asker
from pykala.fetch.plan import Plan
from pykala.fetch.run import run
from pykala.fetch.sources import Source, municipalities
from pykala.fetch.store import Store
from pykala.fetch.walk import Reader
from pykala.read.listing import LISTINGS, links

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
TOLD = {path: json.loads(path.read_text("utf-8")) for path in sorted((CORPUS / "listings").glob("*.links.json"))}
TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".xml": "application/rss+xml",
}


HOSTS = {urlsplit(one["address"]).hostname for told in TOLD.values() for one in (told, *told["links"])}


def name_of(path: Path) -> str:
    return path.name.removesuffix(".links.json")


def bulletins(platform: str) -> Iterator[Path]:
    """Bulletins of the corpus without end; some platforms show their own as PDF."""
    found = sorted(path for path in (CORPUS / platform).glob("*.*") if path.suffix in {".html", ".htm"})
    return itertools.cycle(found or sorted((CORPUS / "pdf").glob("*.pdf")))


parsed = cache(parse)


class World:
    """All listings and the bulletins that they lead to, on one server whatever their host."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.children: dict[str, list[tuple[str, str]]] = {}
        self.files: dict[str, Path] = {}
        for path, told in TOLD.items():
            self._publish(path, told)

    def here(self, address: str) -> str:
        """The address as it is in this world: the same host, at the server's port."""
        return str(target(re.sub(r"^https?://([^/:]+)(:[0-9]+)?", rf"http://\1:{self.site.port}", address)))

    def moved(self, page: bytes) -> bytes:
        """A page whose links lead into this world, also where JSON escapes their slashes."""
        hosts = "|".join(re.escape(host) for host in sorted(HOSTS, key=len, reverse=True))
        pattern = rb"https?:(//|\\/\\/)(" + hosts.encode() + rb")(:[0-9]+)?(?![a-z0-9.])"
        return re.sub(pattern, rb"http:\1\2:%d" % self.site.port, page)

    def reachable(self, start: str) -> set[str]:
        """The bulletins that a listing leads to, over other listings that there are."""
        found, seen, queue = set(), {start}, [start]
        while queue:
            for kind, address in self.children.get(queue.pop(), ()):
                found |= {address} if kind == "bulletin" else set()
                if kind == "listing" and address not in seen:
                    seen.add(address)
                    queue.append(address)
        return found

    @property
    def dead_ends(self) -> set[str]:
        """Listings that the corpus names and does not hold."""
        named = {address for found in self.children.values() for kind, address in found if kind == "listing"}
        return named - set(self.children)

    def _publish(self, path: Path, told: dict) -> None:
        page = next(one for one in path.parent.glob(f"{name_of(path)}.*") if one != path)
        self._serve(self.here(told["address"]), self.moved(page.read_bytes()), page.suffix)
        found = [(link["leads_to"], self.here(link["address"])) for link in told["links"]]
        self.children[self.here(told["address"])] = found
        files = bulletins(path.name.partition("-")[0])
        for kind, address in found:
            if kind == "bulletin" and address not in self.files:
                self.files[address] = next(files)
                self._serve(address, self.files[address].read_bytes(), self.files[address].suffix)

    def _serve(self, address: str, content: bytes, suffix: str) -> None:
        self.site[target(address).path] = Answer(content, headers={"Content-Type": TYPES[suffix]})


@pytest.fixture
def world(site):
    return World(site)


@pytest.mark.parametrize("path", TOLD, ids=name_of)
def test_a_listing_leads_to_pages_and_these_to_records(world, tmp_path, path):
    start = world.here(TOLD[path]["address"])
    plan = Plan((Source(start, "corpus", platform="corpus", listings=(start,)),))
    policy = Policy(allow_private=True, retries=0)
    with Store.open(tmp_path / "store.warc.gz") as store:
        store.begin(plan.told(), policy.agent)

        def connect(seen):
            return Client(policy, seen=seen, clock=PatientClock(), resolve=lambda *_: ["127.0.0.1"])

        with Asker(store, connect, policy.max_bytes) as asker:
            (tally,) = run(plan, store, asker, Reader(links, lambda *_: True))
    fetched = {one.uri: one for one in documents(store.path)}
    expected = world.reachable(start)
    assert set(fetched) == expected
    assert {one.address for one in tally.failures} <= world.dead_ends
    for address, document in fetched.items():
        record = parsed(document.content)
        assert record.source.sha256 == hashlib.sha256(world.files[address].read_bytes()).hexdigest()


def test_the_chains_of_the_platforms_are_walked_to_their_bulletins(world):
    """From the page that the register names, or one like it, down to bulletins."""
    starts = {"dynasty-toimielimet", "tweb-haku", "cloudnc-etusivu", "turku-vuosi", "casem-sisallot"}
    told = {name_of(path): one for path, one in TOLD.items()}
    assert {name for name in starts if not world.reachable(world.here(told[name]["address"]))} == set()


def test_a_municipality_is_on_a_platform_whose_listings_are_read():
    assert {one.platform for one in municipalities() if one.platform} <= {known.name for known in LISTINGS}
