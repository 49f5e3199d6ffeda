"""Whatever a server sends, and however slowly, the client ends within its limits and says why."""

import gzip
import itertools
import socket
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loopback import HANGS_UP, Answer, Raw, Site, redirect
from pykala.errors import BrokenResponse, FetchError, HttpStatus, Oversized, TooSlow, Unreachable
from pykala.fetch import Client, Policy
from pykala.fetch.body import decoded

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LIMIT = 100_000
ZEROS = bytes(20_000_000)


def policy(**limits):
    return Policy(**{"allow_private": True, "requests_per_second": 1_000, "retries": 0, "max_bytes": LIMIT} | limits)


@pytest.mark.parametrize(
    "pieces",
    [
        lambda: itertools.chain([CHUNKED], itertools.repeat(b"8\r\n<p></p>\n\r\n")),
        lambda: itertools.chain([OK, b"\r\n"], itertools.repeat(b"<p></p>\n" * 100)),
        lambda: [OK, b"Content-Length: 100001\r\n\r\n"],
        lambda: [OK, b"Content-Length: 9" + b"9" * 40 + b"\r\n\r\n"],
    ],
    ids=["endless chunks", "endless without a length", "announced", "announced beyond all measure"],
)
def test_a_body_that_is_too_long_is_refused(site, pieces):
    site["/a"] = Raw(pieces)
    with Client(policy()) as client, pytest.raises(Oversized) as caught:
        client.get(site.address("/a"))
    assert caught.value.source == site.address("/a")


def test_a_body_of_just_the_limit_is_taken(site):
    site["/a"] = Answer(b"x" * LIMIT)
    site["/b"] = Answer(gzip.compress(b"x" * LIMIT), headers={"Content-Encoding": "gzip"})
    with Client(policy()) as client:
        assert len(client.get(site.address("/a")).content) == LIMIT
        assert len(client.get(site.address("/b")).content) == LIMIT


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(ZEROS)),
        ("deflate", zlib.compress(ZEROS)),
        ("deflate", zlib.compress(ZEROS)[2:-4]),
        ("gzip, gzip", gzip.compress(gzip.compress(ZEROS))),
        ("gzip", gzip.compress(bytes(90_000)) * 200),
    ],
    ids=["gzip", "zlib", "deflate", "gzip in gzip", "gzip in members"],  # bytes would tell the time
)
def test_a_bomb_does_not_grow_beyond_the_limit(site, coding, body):
    site["/a"] = Answer(body, headers={"Content-Encoding": coding})
    with Client(policy()) as client:
        tracemalloc.start()
        with pytest.raises(Oversized):
            client.get(site.address("/a"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("br", b"\x0b\x02\x80abc\x03"),
        ("gzip", b"<p>no gzip</p>"),
        ("gzip", gzip.compress(b"a" * 1_000)[:-9]),
        ("deflate", zlib.compress(b"a" * 1_000)[:-9]),
        ("gzip", gzip.compress(b"") * 5_000),
        ("gzip, gzip, gzip, gzip", b"whatever"),
    ],
    ids=["brotli", "none", "cut", "cut", "thousands of parts", "coded over and over"],
)
def test_a_body_that_cannot_be_decoded_is_told(site, coding, body):
    site["/a"] = Answer(body, headers={"Content-Encoding": coding})
    with Client(policy()) as client, pytest.raises(BrokenResponse) as caught:
        client.get(site.address("/a"))
    assert caught.value.source == site.address("/a")


@given(st.lists(st.binary(max_size=300_000), min_size=1, max_size=3), st.sampled_from(["gzip", "deflate"]))
@settings(max_examples=30)
def test_decoding_gives_back_what_was_coded(parts, coding):
    whole = b"".join(parts)
    body = b"".join(map(gzip.compress, parts)) if coding == "gzip" else zlib.compress(whole)
    assert decoded(body, coding, len(whole)) == whole
    if len(whole) > 1:
        with pytest.raises(Oversized):
            decoded(body, coding, len(whole) - 1)
        assert decoded(body, coding, len(whole) - 1, cut=True) == whole[:-1]


@pytest.mark.parametrize(
    "pieces",
    [
        [OK, b"Content-Length: 100\r\n\r\n", b"half"],
        [CHUNKED, b"5\r\nhal"],
        [CHUNKED, b"5\r\nwhole\r\n"],
        [CHUNKED, b"five\r\nwhole\r\n0\r\n\r\n"],
        [OK, b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"],
        [b"GET / HTTP/1.1\r\n\r\n"],
        [b"<html>"],
        [OK, *[b"X-%d: a\r\n" % number for number in range(1_000)], b"\r\n"],
        [OK, b"X: ", b"a" * 100_000, b"\r\n\r\n"],
        [OK[:-2] + b"a" * 100_000],
    ],
    ids=[
        "shorter than announced",
        "cut in a chunk",
        "no last chunk",
        "no number",
        "two lengths",
        "a request",
        "no HTTP",
        "a thousand headers",
        "a header of 100 kB",
        "a status of 100 kB",
    ],
)
def test_a_damaged_answer_is_told(site, pieces):
    site["/a"] = Raw(lambda: pieces)
    with Client(policy()) as client, pytest.raises(BrokenResponse) as caught:
        client.get(site.address("/a"))
    assert (caught.value.source, caught.value.passing) == (site.address("/a"), True)


def test_what_follows_the_announced_length_is_no_part_of_the_next_answer(site):
    site["/robots.txt"] = Answer(b"")
    site["/a"] = Answer(b"short and HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", headers={"Content-Length": "5"})
    site["/b"] = Answer(b"two")
    with Client(policy(retries=1)) as client:
        assert client.get(site.address("/a")).content == b"short"
        assert client.get(site.address("/b")).content == b"two"


def test_a_server_that_hangs_up_is_told(site):
    site["/a"] = HANGS_UP
    with Client(policy()) as client, pytest.raises(Unreachable) as caught:
        client.get(site.address("/a"))
    assert caught.value.source == site.address("/a")


def test_a_server_that_is_not_there_is_told(site):
    address = site.address("/a").replace(f":{site.port}", ":1")
    with Client(policy()) as client, pytest.raises(Unreachable, match="refused") as caught:
        client.get(address)
    assert caught.value.source == address


@pytest.mark.parametrize(
    ("pieces", "pause"),
    [
        (lambda: itertools.chain([OK, b"\r\n"], itertools.repeat(b"a")), 0.02),
        (lambda: itertools.chain([OK, b"X: "], itertools.repeat(b"a")), 0.02),
        (lambda: itertools.repeat(b"H"), 0.02),
        (lambda: itertools.chain([CHUNKED], itertools.repeat(b"1;a")), 0.02),
        (lambda: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"), 0),
        (lambda: itertools.chain([CHUNKED, b"0\r\n"], itertools.repeat(b"X: a\r\n")), 0),
    ],
    ids=["body", "header", "status", "chunk size", "interim answers", "trailers"],
)
def test_an_answer_that_trickles_ends_with_its_time(site, pieces, pause):
    site["/robots.txt"] = Answer(b"")
    site["/a"] = Raw(pieces, pause)
    with Client(policy(max_seconds=0.3)) as client, pytest.raises(TooSlow) as caught:
        client.get(site.address("/a"))
    assert caught.value.source == site.address("/a")


def test_a_server_that_falls_silent_is_left(site):
    site["/a"] = Raw(lambda: [OK, b"Content-Length: 9\r\n\r\n"], pause=30)
    with Client(policy(idle_seconds=0.2)) as client, pytest.raises(Unreachable, match="brought nothing"):
        client.get(site.address("/a"))


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_takes_the_connection_and_says_nothing_is_left(scheme):
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        Client(policy(idle_seconds=0.2)) as client,
        pytest.raises(Unreachable, match="brought nothing"),
    ):
        client.get(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}/a")


def test_an_address_is_given_up_when_its_time_is_up(site, clock):
    for number in range(9):
        site[f"/{number}"] = Answer(status=503, headers={"Retry-After": "100"}), redirect(f"/{number + 1}")
    client = Client(policy(max_redirects=9, retries=4, max_total_seconds=250), clock=clock)
    with client, pytest.raises(TooSlow) as caught:
        client.get(site.address("/0"))
    assert caught.value.source == site.address("/0")
    assert sum(clock.slept) < 350


def test_nothing_is_tried_again_when_the_time_of_an_address_is_up(site, clock):
    site["/a"] = Answer(status=503, headers={"Retry-After": "100"})
    with Client(policy(retries=9, max_total_seconds=250), clock=clock) as client, pytest.raises(HttpStatus):
        client.get(site.address("/a"))
    assert site.paths.count("/a") == 4


def test_what_a_server_writes_does_not_reach_the_terminal_as_it_is(site):
    site["/a"] = Raw(lambda: [b"HTTP/1.1 404 \x1b[2J\x9b" + b"a" * 1_000 + b"\r\nContent-Length: 0\r\n\r\n"])
    site["/b"] = Raw(lambda: [b"\x1b[2J\r\n\r\n"])
    site["/c"] = Answer(b"c", headers={"Content-Encoding": "br, \x1b[2J" + "a" * 1_000})
    with Client(policy()) as client:
        for path in "/a", "/b", "/c":
            with pytest.raises(FetchError) as caught:
                client.get(site.address(path))
            assert str(caught.value).isprintable()
            assert len(str(caught.value)) < 500


@pytest.fixture(scope="module")
def odd_site():
    with Site() as site:
        yield site


_FRAGMENTS = st.sampled_from(
    [
        OK,
        CHUNKED,
        b"\r\n",
        b"5\r\n",
        b"hello",
        b"-1\r\n",
        b"0\r\n\r\n",
        b"Content-Length: 5\r\n",
        b"HTTP/1.1 304 No\r\n",
        b"Location: /b\r\n",
        b"HTTP/1.0 302 \r\n",
        b"Content-Encoding: gzip\r\n",
        b"\x1f\x8b",
        b"Location: //[\r\n",
        b": ",
    ]
)


@given(st.lists(st.one_of(_FRAGMENTS, st.binary(max_size=20)), max_size=8))
@settings(max_examples=80)
def test_whatever_bytes_come_the_client_ends_with_a_page_or_an_error_of_its_own(odd_site, pieces):
    odd_site["/a"] = Raw(lambda: [b"".join(pieces)])
    with Client(policy(max_seconds=5)) as client:
        try:
            ended = client.get(odd_site.address("/a")).final_address
        except FetchError as error:
            ended = error.source
    assert ended.startswith(odd_site.address("/"))
