"""The client is a burden to no server: it waits its turn, obeys robots.txt, and tries again only after a while."""

import gzip
import random
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise

import pytest

from loopback import HANGS_UP, Answer, PatientClock, Raw, Site, redirect, robots
from pykala.errors import Busy, FetchError, Forbidden, HttpStatus, TooSlow, Unreachable
from pykala.fetch import Client, Policy, retry
from pykala.fetch.robots import ours

POLICY = Policy(allow_private=True)


@pytest.fixture
def client(clock):
    """A client for which waiting takes no time."""
    with Client(POLICY, clock=clock, chance=random.Random(1)) as client:  # noqa: S311
        yield client


def gaps(site: Site) -> list[float]:
    return [after.at - before.at for before, after in pairwise(site.log)]


def test_one_request_a_second_reaches_a_server(site):
    site["/a"] = redirect("/b")
    site["/b"] = Answer(b"two")
    with Client(POLICY) as client:
        client.get(site.address("/a"))
    assert site.paths == ["/robots.txt", "/a", "/b"]
    assert min(gaps(site)) >= 1.0


def test_threads_share_the_rate_of_a_server(site):
    site["/robots.txt"] = Answer(b"")
    site["/slow"] = Raw(lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na", b"b"], pause=0.1)
    with Client(Policy(allow_private=True, requests_per_second=20)) as client:
        threads = [threading.Thread(target=client.get, args=(site.address("/slow"),)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert site.paths == ["/robots.txt", *["/slow"] * 5]
    assert min(gaps(site)) >= 0.05


def test_a_failed_request_counts_too(site):
    site["/robots.txt"] = Answer(b"")
    site["/a"] = HANGS_UP
    with Client(Policy(allow_private=True, requests_per_second=20, retries=0)) as client:
        for _ in range(3):
            with pytest.raises(Unreachable):
                client.get(site.address("/a"))
    assert min(gaps(site)) >= 0.05


def test_servers_do_not_wait_for_each_other(client, clock, site):
    site["/a"] = Answer(b"one")
    with Site("127.0.0.2") as other:
        other["/a"] = Answer(b"two")
        client.get(site.address("/a"))
        client.get(other.address("/a"))
    assert clock.slept == [1.0, 1.0]  # between each robots.txt and its page, not between the servers


@pytest.mark.parametrize("status", [429, 500, 503, 408])
def test_a_passing_failure_is_tried_again_after_longer_and_longer_pauses(client, clock, site, status):
    site["/robots.txt"] = Answer(b"")
    site["/a"] = Answer(status=status), Answer(status=status), Answer(status=status), Answer(b"now")
    assert client.get(site.address("/a")).content == b"now"
    _, first, second, third = clock.slept
    assert 1.0 <= first <= 1.5
    assert 1.0 <= second <= 3.0
    assert 2.0 <= third <= 6.0


def test_a_broken_connection_is_tried_again(client, site):
    cut = Raw(lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"])
    site["/a"] = HANGS_UP, cut, Answer(b"now")
    assert client.get(site.address("/a")).content == b"now"


@pytest.mark.parametrize("answer", [Answer(status=503), HANGS_UP])
def test_a_failure_that_stays_is_told_after_the_last_try(client, site, answer):
    site["/a"] = answer
    with pytest.raises(FetchError):
        client.get(site.address("/a"))
    assert site.paths.count("/a") == 1 + POLICY.retries


@pytest.mark.parametrize("status", [400, 404, 410, 501])
def test_a_failure_that_will_stay_is_not_tried_again(client, site, status):
    site["/a"] = Answer(status=status)
    with pytest.raises(HttpStatus):
        client.get(site.address("/a"))
    assert site.paths.count("/a") == 1


def test_retry_after_is_obeyed_in_seconds(client, clock, site):
    site["/a"] = Answer(status=429, headers={"Retry-After": "17"}), Answer(b"now")
    assert client.get(site.address("/a")).content == b"now"
    assert clock.slept == [1.0, 17.0]


def test_retry_after_is_obeyed_as_a_date(client, clock, site):
    later = format_datetime(datetime(2025, 3, 1, 12, 0, 31, tzinfo=UTC), usegmt=True)  # the clock starts at 12.00
    site["/a"] = Answer(status=503, headers={"Retry-After": later}), Answer(b"now")
    client.get(site.address("/a"))
    assert clock.slept == [1.0, 30.0]  # one second had gone between robots.txt and the page


def test_retry_after_holds_for_every_page_of_the_host(clock, site):
    site["/a"] = Answer(status=429, headers={"Retry-After": "17"})
    site["/b"] = Answer(b"two")
    with Client(Policy(allow_private=True, retries=0), clock=clock) as client:
        with pytest.raises(HttpStatus):
            client.get(site.address("/a"))
        client.get(site.address("/b"))
    assert clock.slept == [1.0, 17.0]


def test_a_server_that_wants_a_long_pause_is_left_alone(client, clock, site):
    site["/a"] = Answer(status=503, headers={"Retry-After": "3600"})
    site["/b"] = Answer(b"two")
    for path in "/a", "/b":
        with pytest.raises(Busy, match="2025-03-01 13:00:01 UTC"):
            client.get(site.address(path))
    assert site.paths == ["/robots.txt", "/a"]
    clock.sleep(3600)
    assert client.get(site.address("/b")).content == b"two"


def test_threads_that_wait_their_turn_leave_such_a_server_alone_too(site):
    site["/robots.txt"] = Answer(b"")
    site["/a"] = Answer(status=503, headers={"Retry-After": "3600"})
    ends = []

    def visit() -> None:
        with pytest.raises(Busy):
            client.get(site.address("/a"))
        ends.append(True)

    with Client(Policy(allow_private=True, requests_per_second=20)) as client:
        threads = [threading.Thread(target=visit) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(ends) == 4
    assert site.paths == ["/robots.txt", "/a"]


@pytest.mark.parametrize("value", ["soon", "-5", "1e9", "٣", "Mon, 99 Foo 2025", "", "Sat, 01 Mar 2025"])
def test_a_retry_after_that_cannot_be_read_says_nothing(value):
    assert retry.asked_for(value, datetime(2025, 3, 1, tzinfo=UTC)) in (None, 0.0)


def test_a_retry_after_beyond_all_measure_is_a_long_pause(client, site):
    site["/a"] = Answer(status=503, headers={"Retry-After": "9" * 5_000})
    with pytest.raises(Busy):
        client.get(site.address("/a"))


def test_an_answer_whose_time_was_up_is_not_asked_for_again(site):
    site["/a"] = Raw(lambda: [b"H"] * 1_000, pause=0.02)
    client = Client(Policy(allow_private=True, requests_per_second=1_000, max_seconds=0.2))
    with client, pytest.raises(TooSlow):
        client.get(site.address("/a"))
    assert site.paths.count("/a") == 1


# ---------------------------------------------------------------- robots.txt

ALL, NONE = "User-agent: *\nAllow: /\n", "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (robots(ALL), True),
        (robots(NONE), False),
        (robots(""), True),
        (robots("\ufeff" + NONE), False),
        (robots("User-agent: *\nDisallow: /private/\n"), True),
        (robots("User-agent: *\nDisallow: /a\nAllow: /a/\n"), False),
        (robots("User-agent: *\nDisallow: /*?\n"), True),
        (robots("User-agent: Pykala\nDisallow: /\n\n" + ALL), False),
        (robots("User-agent: pykala/0.1\nAllow: /\n\n" + NONE), True),
        (robots("User-agent: py\nDisallow: /\n\n" + ALL), True),
        (robots("User-agent: other\nUser-agent: pykala\nDisallow: /\n"), False),
        (robots("User-agent: other\nDisallow: /\n"), True),
        (robots(NONE.replace("\n", "\r")), False),
        (Answer(b"<html><title>Not found</title></html>", headers={"Content-Type": "text/html"}), True),
        (Answer(bytes(range(256)) * 100), True),
        (Answer(NONE.encode(), 404), True),
        (Answer(NONE.encode(), 401), True),
        (Answer(NONE.encode(), 403), True),
        (Answer(ALL.encode(), 500), False),
        (Answer(ALL.encode(), 503), False),
        (Answer(ALL.encode(), 429), False),
        (redirect("/robots.txt"), True),
        (HANGS_UP, False),
    ],
)
def test_a_robots_txt_allows_or_forbids(client, site, answer, allowed):
    site["/robots.txt"] = answer
    site["/a"] = Answer(b"one")
    if allowed:
        assert client.get(site.address("/a")).content == b"one"
    else:
        with pytest.raises((Forbidden, Unreachable)) as caught:
            client.get(site.address("/a"))
        assert caught.value.source == site.address("/a")
        assert "/a" not in site.paths


def test_a_robots_txt_may_be_somewhere_else(client, site):
    site["/robots.txt"] = redirect("/rules")
    site["/rules"] = robots("User-agent: *\nDisallow: /b\n")
    site["/a"] = Answer(b"one")
    client.get(site.address("/a"))
    with pytest.raises(Forbidden):
        client.get(site.address("/b"))


def test_a_redirect_to_a_forbidden_page_is_not_followed(client, site):
    site["/robots.txt"] = robots("User-agent: *\nDisallow: /b\n")
    site["/a"] = redirect("/b")
    with pytest.raises(Forbidden) as caught:
        client.get(site.address("/a"))
    assert caught.value.source == site.address("/b")
    assert site.paths == ["/robots.txt", "/a"]


def test_each_port_has_a_robots_txt_of_its_own(client, site):
    with Site() as other:
        site["/robots.txt"] = robots(NONE)
        other["/a"] = Answer(b"two")
        with pytest.raises(Forbidden):
            client.get(site.address("/a"))
        assert client.get(other.address("/a")).content == b"two"
        assert other.paths == ["/robots.txt", "/a"]


def test_a_robots_txt_is_asked_for_once_a_day(client, clock, site):
    site["/a"] = Answer(b"one")
    for _ in range(3):
        client.get(site.address("/a"))
    assert site.paths.count("/robots.txt") == 1
    site["/robots.txt"] = robots(NONE)
    clock.sleep(24 * 3600)
    with pytest.raises(Forbidden):
        client.get(site.address("/a"))


def test_a_robots_txt_that_failed_is_asked_for_again_after_a_while(client, clock, site):
    site["/robots.txt"] = Answer(status=501)
    site["/a"] = Answer(b"one")
    for _ in range(3):
        with pytest.raises(Forbidden, match="501"):
            client.get(site.address("/a"))
    assert site.paths == ["/robots.txt"]
    site["/robots.txt"] = robots(ALL)
    clock.sleep(300)
    assert client.get(site.address("/a")).content == b"one"


def test_of_an_endless_robots_txt_the_beginning_counts(client, site):
    lines = b"# nothing\n" * 1_000
    start = b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /b\n"
    site["/robots.txt"] = Raw(lambda: [start, *[lines] * 200])
    site["/a"] = Answer(b"one")
    client.get(site.address("/a"))
    with pytest.raises(Forbidden):
        client.get(site.address("/b"))


def test_of_an_endless_compressed_robots_txt_the_beginning_counts(client, site):
    noise = random.Random(1).randbytes(800_000)  # noqa: S311
    body = gzip.compress(b"User-agent: *\nDisallow: /b\n#" + noise.replace(b"\n", b"").replace(b"\r", b""))
    site["/robots.txt"] = Answer(body, headers={"Content-Encoding": "gzip"})
    with pytest.raises(Forbidden, match="forbids"):
        client.get(site.address("/b"))


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("User-agent: *\nCrawl-delay: 7\n", 7.0),
        ("User-agent: *\nCrawl-delay: 0.1\n", 1.0),
        ("User-agent: *\nCrawl-delay: -3\n", 1.0),
        ("User-agent: *\nCrawl-delay: nan\n", 1.0),
        ("User-agent: *\nCrawl-delay: 86400\n", 60.0),
        ("User-agent: *\nCrawl-delay: 1e400\n", 1.0),
        ("User-agent: *\nRequest-rate: 1/10s\n", 10.0),
        ("User-agent: other\nCrawl-delay: 7\n", 1.0),
    ],
)
def test_a_crawl_delay_is_obeyed_within_reason(client, clock, site, text, pause):
    site["/robots.txt"] = robots(text)
    site["/a"] = Answer(b"one")
    client.get(site.address("/a"))
    client.get(site.address("/a"))
    assert clock.slept == [pause, pause]


def test_a_hostile_robots_txt_does_not_grow():
    text = "\n".join([*(f"User-agent: a{n}" for n in range(20_000)), *(f"Disallow: /{n}" for n in range(20_000))])
    assert set(ours(text, "pykala").splitlines()[:20_000]) == {"User-agent: -"}


def test_patience_is_that_of_a_clock():
    """The clock of these tests passes time as the real one does."""
    real, patient = time.monotonic(), PatientClock()
    start = patient.now()
    patient.sleep(5)
    assert patient.now() - start == 5
    assert time.monotonic() - real < 5
