"""From listings to bulletins and into the store: each page once, nothing lost, what changes and what vanishes is told."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from loopback import HANGS_UP, Answer, PatientClock, Site, redirect, robots
from pykala.errors import BrokenDocument
from pykala.fetch import Client, Policy, archive, documents
from pykala.fetch.asking import Asker
from pykala.fetch.plan import Plan, Window
from pykala.fetch.run import run
from pykala.fetch.sources import Source
from pykala.fetch.store import Store
from pykala.fetch.tally import Tally
from pykala.fetch.walk import Reader
from pykala.read.links import Link

TODAY = datetime(2025, 6, 1, tzinfo=UTC)


def links(content: bytes, address: str) -> tuple[Link, ...]:
    """What a listing of the tests' own platform leads to: lines of JSON after a first line that says so."""
    head, _, rest = content.decode().partition("\n")
    if head == "broken":
        raise BrokenDocument("it is no listing", source=address)
    said = [json.loads(line) for line in rest.splitlines()] if head == "listing" else []
    return tuple(Link(a, k, day=date.fromisoformat(d) if d else None, body=b) for k, a, d, b in said)


READER = Reader(links, lambda content, _: content.startswith(b"listing"))


class Town:
    """A town on a server of its own: listings by their paths, each with links as (kind, path, day)."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.source = Source("001", "Kylä", platform="test", listings=(site.address("/"),))

    def list(self, path: str, *found: tuple[str, str, str | None], headers: dict[str, str] | None = None) -> None:
        lines = [json.dumps([kind, self._absolute(to), day, "Kunnanhallitus"]) for kind, to, day in found]
        self.site[path] = Answer("\n".join(["listing", *lines]).encode(), headers=headers or {})

    def publish(self, path: str, text: str, etag: str | None = None) -> None:
        headers = {"Content-Type": "text/html", **({"ETag": etag} if etag else {})}
        self.site[path] = Answer(f"<p>{text}</p>".encode(), headers=headers)

    def address(self, path: str) -> str:
        return self.site.address(path)

    def _absolute(self, path: str) -> str:
        return path if "://" in path else self.address(path)


@pytest.fixture
def town(site):
    return Town(site)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.warc.gz"


def fetched(path: Path, *sources: Source, since=None, until=None, stop_after: int | None = None) -> tuple[Tally, ...]:
    """One run; with ``stop_after`` it is stopped after so many pages."""
    plan = Plan(sources, Window(since, until))
    policy = Policy(allow_private=True, retries=2)
    left = iter(range(stop_after)) if stop_after is not None else None

    def told(_: object) -> None:
        if left is not None and next(left, None) is None:
            raise KeyboardInterrupt

    with Store.open(path, clock=lambda: TODAY) as store:
        store.begin(plan.told(), policy.agent)
        with Asker(store, lambda seen: Client(policy, seen=seen, clock=PatientClock()), 10_000) as asker:
            tallies = run(plan, store, asker, READER, told=told)
        store.end({})
    return tallies


def pages(path: Path) -> dict[str, str]:
    return {one.uri.rpartition("/")[2]: one.content.decode() for one in documents(path)}


def asked_for(site: Site) -> list[str]:
    return [one for one in site.paths if one != "/robots.txt"]


def test_listings_lead_to_bulletins_and_those_are_what_comes_out(town, path):
    town.list("/", ("listing", "/may", None), ("bulletin", "/a", "2025-05-12"))
    town.list("/may", ("bulletin", "/b", "2025-05-13"), ("bulletin", "/a", "2025-05-12"), ("listing", "/", None))
    town.publish("/a", "one")
    town.publish("/b", "two")
    (tally,) = fetched(path, town.source)
    assert pages(path) == {"a": "<p>one</p>", "b": "<p>two</p>"}
    assert (tally.listings, tally.links, tally.count("new"), tally.failures) == (2, 3, 2, [])
    assert sorted(asked_for(town.site)) == ["/", "/a", "/b", "/may"]
    assert [one.retrieved_at for one in documents(path)] == ["2025-03-01T12:00:03Z", "2025-03-01T12:00:04Z"]


def test_all_that_came_on_the_way_is_kept(town, path):
    town.site["/robots.txt"] = robots("User-agent: *\nDisallow: /secret\n")
    town.list("/", ("bulletin", "/old", "2025-05-12"))
    town.site["/old"] = redirect("/a", 301)
    town.site["/a"] = Answer(status=503), Answer(b"<p>one</p>", headers={"Content-Type": "text/html"})
    fetched(path, town.source)
    kept = [(e.fields["pykala-kind"], e.status, e.address.rpartition("/")[2]) for e in archive.entries(path)]
    assert kept == [
        ("run", None, ""),
        ("robots", 200, "robots.txt"),
        ("listing", 200, ""),
        ("passage", 301, "old"),
        ("passage", 503, "a"),
        ("bulletin", 200, "a"),
        ("report", None, ""),
    ]
    assert pages(path) == {"old": "<p>one</p>"}


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, ["a", "b", "c", "d"]),
        (date(2025, 5, 12), None, ["b", "c", "d"]),
        (date(2025, 5, 12), date(2025, 5, 12), ["b", "d"]),
    ],
)
def test_only_the_days_that_are_asked_for_are_fetched(town, path, since, until, expected):
    town.list(
        "/",
        ("bulletin", "/a", "2025-05-11"),
        ("listing", "/meeting", "2025-05-12"),
        ("listing", "/early", "2025-05-10"),
        ("bulletin", "/c", "2025-05-13"),
        ("bulletin", "/d", None),
    )
    town.list("/meeting", ("bulletin", "/b", None))
    town.list("/early")
    for name in "abcd":
        town.publish(f"/{name}", name)
    fetched(path, town.source, since=since, until=until)
    assert sorted(pages(path)) == expected
    assert ("/early" in town.site.paths) == (since is None)


def test_a_bulletin_without_a_day_counts_as_of_the_day_when_it_was_first_seen(town, path):
    town.list("/", ("bulletin", "/a", None))
    town.publish("/a", "one")
    fetched(path, town.source, since=date(2025, 6, 1))
    fetched(path, town.source, since=date(2025, 2, 1))
    assert asked_for(town.site).count("/a") == 2
    fetched(path, town.source, since=date(2025, 6, 1))
    assert asked_for(town.site).count("/a") == 2


def test_a_window_is_scanned_anew_and_what_is_unchanged_is_asked_for_conditionally(town, path):
    town.list("/", ("bulletin", "/a", "2025-05-12"), ("bulletin", "/b", "2025-05-12"))
    town.publish("/a", "one", etag='"1"')
    town.publish("/b", "two", etag='"1"')
    fetched(path, town.source)
    size = path.stat().st_size
    town.publish("/b", "two, corrected", etag='"2"')
    (tally,) = fetched(path, town.source)
    assert tally.bulletins == {town.address("/a"): "same", town.address("/b"): "changed"}
    assert [one.headers.get("if-none-match") for one in town.site.log if one.path == "/a"] == [None, '"1"']
    assert pages(path) == {"a": "<p>one</p>", "b": "<p>two, corrected</p>"}
    assert path.stat().st_size < 2.2 * size


def test_a_bulletin_that_is_gone_leaves_a_tombstone_and_is_still_given(town, path):
    town.list("/", ("bulletin", "/a", "2025-05-12"), ("bulletin", "/b", "2025-05-12"))
    town.publish("/a", "one")
    town.publish("/b", "two")
    fetched(path, town.source)
    del town.site["/a"]
    (tally,) = fetched(path, town.source)
    assert tally.bulletins[town.address("/a")] == "absent"
    reasons = [
        e.fields.get("pykala-reason") for e in archive.entries(path) if e.fields.get("pykala-kind") == "tombstone"
    ]
    assert reasons == ["gone"]
    assert pages(path) == {"a": "<p>one</p>", "b": "<p>two</p>"}


def test_a_bulletin_that_the_listing_no_longer_names_is_asked_for_once_more_and_buried(town, path):
    town.list("/", ("bulletin", "/a", "2025-05-12"), ("bulletin", "/b", "2025-05-11"), ("bulletin", "/c", "2025-05-11"))
    for name in "abc":
        town.publish(f"/{name}", name)
    fetched(path, town.source)
    town.list("/", ("bulletin", "/b", "2025-05-11"))
    del town.site["/c"]
    (tally,) = fetched(path, town.source)
    fates = {town.address("/a"): "unlisted", town.address("/b"): "same", town.address("/c"): "absent"}
    assert tally.bulletins == fates
    town.site.log.clear()
    fetched(path, town.source)
    assert asked_for(town.site) == ["/", "/b"]


def test_a_meeting_that_is_no_longer_listed_takes_its_bulletins_with_it(town, path):
    town.list("/", ("listing", "/may", "2025-05-12"), ("listing", "/june", "2025-06-02"), ("listing", "/empty", None))
    town.list("/may", ("bulletin", "/a", None), ("bulletin", "/b", None))
    town.list("/june", ("bulletin", "/c", None))
    town.list("/empty")
    for name in "abc":
        town.publish(f"/{name}", name)
    fetched(path, town.source)
    town.list("/", ("listing", "/june", "2025-05-02"), ("listing", "/empty", None))
    del town.site["/a"], town.site["/may"]
    (tally,) = fetched(path, town.source)
    assert tally.bulletins == {town.address("/a"): "absent", town.address("/b"): "unlisted", town.address("/c"): "same"}


def test_what_an_older_end_of_a_listing_drops_has_not_vanished(town, path):
    town.list("/", ("bulletin", "/a", "2025-05-12"), ("bulletin", "/b", "2025-04-01"))
    town.publish("/a", "one")
    town.publish("/b", "two")
    fetched(path, town.source)
    town.list("/", ("bulletin", "/a", "2025-05-12"))
    (tally,) = fetched(path, town.source)
    assert tally.bulletins[town.address("/b")] == "same"
    assert not [e for e in archive.entries(path) if e.fields.get("pykala-kind") == "tombstone"]


@pytest.mark.parametrize(
    ("front", "code"), [(b"broken\n", ["broken"]), (b"listing\n", []), (b"<h1>We have moved</h1>", [])]
)
def test_a_listing_that_cannot_be_read_or_suddenly_names_nothing_buries_nobody(town, path, front, code):
    town.list("/", ("listing", "/may", None))
    town.list("/may", ("bulletin", "/a", "2025-05-12"))
    town.publish("/a", "one")
    fetched(path, town.source)
    town.site["/may"] = Answer(front)
    (tally,) = fetched(path, town.source)
    assert [one.code for one in tally.failures] == code
    assert tally.bulletins == {}
    assert not [e for e in archive.entries(path) if e.fields.get("pykala-kind") == "tombstone"]


@pytest.mark.parametrize("stop_after", range(7))
def test_a_stopped_run_goes_on_where_it_was(town, path, stop_after):
    town.list("/", ("listing", "/may", None), ("bulletin", "/a", "2025-05-12"), ("listing", "/june", None))
    town.list("/may", ("bulletin", "/b", "2025-05-13"), ("bulletin", "/c", "2025-05-14"))
    town.list("/june", ("bulletin", "/d", "2025-06-01"))
    for name in "abcd":
        town.publish(f"/{name}", name)
    with pytest.raises(KeyboardInterrupt):
        fetched(path, town.source, stop_after=stop_after)
    (tally,) = fetched(path, town.source)
    assert sorted(asked_for(town.site)) == ["/", "/a", "/b", "/c", "/d", "/june", "/may"]
    assert sorted(pages(path)) == ["a", "b", "c", "d"]
    assert tally.count("new") == 4


def test_a_page_that_fails_is_told_and_the_others_are_fetched(town, path):
    town.list("/", ("bulletin", "/a", "2025-05-12"), ("bulletin", "/b", "2025-05-12"), ("bulletin", "/c", "2025-05-12"))
    town.site["/a"] = HANGS_UP
    town.site["/b"] = Answer(status=500)
    town.publish("/c", "three")
    (tally,) = fetched(path, town.source)
    assert [(one.address, one.code) for one in tally.failures] == [
        (town.address("/a"), "unreachable"),
        (town.address("/b"), "http-status"),
    ]
    assert pages(path) == {"c": "<p>three</p>"}
    del town.site["/a"]
    town.publish("/b", "two")
    fetched(path, town.source)
    assert pages(path) == {"b": "<p>two</p>", "c": "<p>three</p>"}


def test_a_server_that_answers_nothing_is_left_alone(town, path):
    town.list("/", *[("bulletin", f"/{n}", "2025-05-12") for n in range(20)])
    for number in range(20):
        town.site[f"/{number}"] = HANGS_UP
    (tally,) = fetched(path, town.source)
    assert tally.left is not None
    assert len(tally.failures) == 5


def test_a_server_that_asks_for_an_hour_is_given_it(town, path):
    town.list("/", ("bulletin", "/a", "2025-05-12"), ("bulletin", "/b", "2025-05-12"))
    town.site["/a"] = Answer(status=429, headers={"Retry-After": "3600"})
    town.publish("/b", "two")
    (tally,) = fetched(path, town.source)
    assert tally.left is not None
    assert asked_for(town.site) == ["/", "/a"]


def test_what_robots_forbid_is_not_asked_for(town, path):
    town.site["/robots.txt"] = robots("User-agent: *\nDisallow: /secret\n")
    town.list("/", ("bulletin", "/secret/a", "2025-05-12"), ("bulletin", "/b", "2025-05-12"))
    town.publish("/secret/a", "one")
    town.publish("/b", "two")
    (tally,) = fetched(path, town.source)
    assert [one.code for one in tally.failures] == ["forbidden"]
    assert "/secret/a" not in town.site.paths


def test_listings_are_followed_on_the_sources_own_servers_alone(town, path):
    with Site("127.0.0.2") as other:
        other["/a"] = Answer(b"<p>elsewhere</p>", headers={"Content-Type": "text/html"})
        other["/list"] = Answer(b"listing\n")
        town.list("/", ("bulletin", other.address("/a"), "2025-05-12"), ("listing", other.address("/list"), None))
        fetched(path, town.source)
        assert [one for one in other.paths if one != "/robots.txt"] == ["/a"]


def test_listings_that_never_end_are_left(town, path, monkeypatch):
    monkeypatch.setattr("pykala.fetch.walk._MOST_PAGES", 30)
    for number in range(60):
        town.list(f"/{number or ''}", ("listing", f"/{number + 1}", None), ("bulletin", f"/b{number}", "2025-05-12"))
    (tally,) = fetched(path, town.source)
    assert "/9" not in town.site.paths
    assert all(not name.startswith("/b9") for name in town.site.paths)
    assert tally.left is None
    town.list("/", *[("bulletin", f"/c{n}", "2025-05-12") for n in range(40)])
    (tally,) = fetched(path, town.source)
    assert tally.left == "the listings lead to more than 30 pages"


def test_sources_take_turns(town, tmp_path):
    with Site("127.0.0.2") as second:
        other = Town(second)
        other.source = Source("002", "Ranta", platform="test", listings=(other.address("/"),))
        for one in (town, other):
            one.list("/", ("bulletin", "/a", "2025-05-12"), ("bulletin", "/b", "2025-05-12"))
            one.publish("/a", "one")
            one.publish("/b", "two")
        path = tmp_path / "store.warc.gz"
        fetched(path, town.source, other.source)
        addresses = [e.address for e in archive.entries(path) if e.fields.get("pykala-kind") == "bulletin"]
        assert addresses == [town.address("/a"), other.address("/a"), town.address("/b"), other.address("/b")]


@pytest.mark.parametrize("kind", ["bulletin", "listing"])
def test_an_address_may_be_that_of_a_bulletin_or_of_a_listing(town, path, kind):
    town.list("/list", ("bulletin", "/a", "2025-05-12"))
    town.publish("/a", "one")
    address = town.address("/a" if kind == "bulletin" else "/list")
    (tally,) = fetched(path, Source(address, "127.0.0.1", listings=(address,)))
    assert pages(path) == {"a": "<p>one</p>"}
    assert tally.listings == (kind == "listing")
    assert len(asked_for(town.site)) == 1 + (kind == "listing")


def test_a_page_named_like_a_path_stays_in_the_store(town, path):
    town.list(
        "/", ("bulletin", "/../../../etc/passwd", "2025-05-12"), ("bulletin", "/%2e%2e%2fx.warc.gz", "2025-05-12")
    )
    town.site["/etc/passwd"] = Answer(b"<p>one</p>", headers={"Content-Disposition": 'attachment; filename="../../x"'})
    fetched(path, town.source)
    assert list(path.parent.iterdir()) == [path]
