"""The client gets pages whole, follows redirects, and keeps and sends nothing that it need not."""

import gzip
import zlib

import pytest

from loopback import Answer, Site, redirect
from pykala.emit.failures import failure
from pykala.errors import HttpStatus, Refused, TooManyRedirects
from pykala.fetch import Client, Policy, Validators

POLICY = Policy(allow_private=True, requests_per_second=1_000, retries=0)


@pytest.fixture
def client():
    with Client(POLICY) as client:
        yield client


def test_a_page_is_got_with_what_was_sent_and_what_came(client, site):
    site["/a"] = Answer(b"<p>one</p>", headers={"Content-Type": "text/html"})
    response = client.get(site.address("/a"))
    assert (response.status, response.last.reason, response.content) == (200, "OK", b"<p>one</p>")
    assert response.header("content-type") == "text/html"
    assert response.last.peer == "127.0.0.1"
    assert site.paths == ["/robots.txt", "/a"]
    assert site.log[1].headers == {key.lower(): value for key, value in response.request_headers}


def test_the_user_agent_tells_whom_to_write_to(site):
    site["/a"] = Answer(b"one")
    with Client(Policy(allow_private=True, requests_per_second=1_000, contact="data@kunta.example")) as client:
        client.get(site.address("/a"))
    assert {asked.headers["user-agent"].split("/")[0] for asked in site.log} == {"pykala"}
    assert all(asked.headers["user-agent"].endswith("(data@kunta.example)") for asked in site.log)


@pytest.mark.parametrize("contact", ["", "a\r\nCookie: b", "ä@b.example"])
def test_a_contact_that_would_break_the_header_is_no_policy(contact):
    with pytest.raises(ValueError, match="contact"):
        Policy(contact=contact)


@pytest.mark.parametrize("limit", ["max_bytes", "max_seconds", "requests_per_second"])
def test_a_limit_of_nothing_is_no_policy(limit):
    with pytest.raises(ValueError, match=limit):
        Policy(**{limit: 0})


def test_a_network_that_is_none_is_no_policy():
    with pytest.raises(ValueError, match="kunta"):
        Policy(allow_networks=("kunta.example",))


def test_requests_to_one_server_share_a_connection(client, site):
    site["/robots.txt"] = Answer(b"")
    site["/a"] = Answer(b"one")
    site["/b"] = Answer(b"two")
    site["/c"] = redirect("/a")
    for path in "/a", "/b", "/missing", "/c":
        try:
            client.get(site.address(path))
        except HttpStatus:
            assert path == "/missing"
    assert len(site.log) == 6
    assert {asked.connection for asked in site.log} == {1}


def test_a_connection_that_the_server_closed_meanwhile_is_opened_anew(client, site):
    site["/a"] = Answer(b"one", headers={"Connection": "close"})
    assert [client.get(site.address("/a")).content for _ in range(3)] == [b"one"] * 3


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"Kunta")),
        ("x-gzip", gzip.compress(b"Kun") + gzip.compress(b"ta") + b"\0\0"),
        ("deflate", zlib.compress(b"Kunta")),
        ("deflate", zlib.compress(b"Kunta")[2:-4]),
        ("identity", b"Kunta"),
        ("utf-8", b"Kunta"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"Kunta"))),
    ],
    ids=[
        "gzip",
        "gzip in members",
        "zlib",
        "deflate",
        "identity",
        "no coding",
        "gzip in gzip",
    ],  # bytes would tell the time
)
def test_content_is_decoded_and_the_body_kept_as_it_came(client, site, coding, body):
    site["/a"] = Answer(body, headers={"Content-Encoding": coding})
    response = client.get(site.address("/a"))
    assert (response.content, response.body) == (b"Kunta", body)


def test_a_redirect_is_followed_and_told(client, site):
    site["/a"] = redirect("b?x=1#top", 301)
    site["/b?x=1"] = redirect(site.address("/c"), 307)
    site["/c"] = Answer(b"three")
    response = client.get(site.address("/a"))
    assert (response.address, response.final_address) == (site.address("/a"), site.address("/c"))
    assert [(hop.address, hop.status) for hop in response.hops] == [
        (site.address("/a"), 301),
        (site.address("/b?x=1"), 307),
    ]


def test_a_redirect_may_be_written_in_utf_8_or_latin_1(client, site):
    site["/a"] = redirect("/p\xc3\xa4\xc3\xa4t\xc3\xb6s")  # headers go out as Latin-1
    site["/b"] = redirect("/p\xe4\xe4t\xf6s")
    site["/p%C3%A4%C3%A4t%C3%B6s"] = Answer(b"found")
    assert client.get(site.address("/a")).content == b"found"
    assert client.get(site.address("/b")).content == b"found"


def test_redirects_in_a_circle_end_when_they_close_it(client, site):
    site["/a"] = redirect("/b")
    site["/b"] = redirect("/a")
    with pytest.raises(TooManyRedirects) as caught:
        client.get(site.address("/a"))
    assert caught.value.source == site.address("/a")
    assert site.paths == ["/robots.txt", "/a", "/b"]


def test_redirects_that_go_on_and_on_end_at_the_limit(site):
    for number in range(9):
        site[f"/{number}"] = redirect(f"/{number + 1}")
    site["/3"] = Answer(b"three")
    with Client(Policy(allow_private=True, requests_per_second=1_000, max_redirects=3)) as client:
        assert client.get(site.address("/0")).content == b"three"
        site["/3"] = redirect("/4")
        with pytest.raises(TooManyRedirects, match="more than 3"):
            client.get(site.address("/0"))
    assert site.paths.count("/4") == 0


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://127.0.0.1/a", "javascript:alert(1)", "//user:word@127.0.0.1/", "http://[/"]
)
def test_a_redirect_out_of_the_web_is_refused(client, site, to):
    site["/a"] = redirect(to)
    with pytest.raises(Refused) as caught:
        client.get(site.address("/a"))
    assert caught.value.source == site.address("/a")
    assert site.paths == ["/robots.txt", "/a"]
    assert "word" not in str(caught.value)


@pytest.mark.parametrize("status", [404, 410, 403, 500, 206])
def test_an_answer_that_is_no_page_is_an_error_that_carries_it(client, site, status):
    site["/a"] = Answer(b"gone", status, {"X-Why": "archived"})
    with pytest.raises(HttpStatus) as caught:
        client.get(site.address("/a"))
    assert caught.value.status == status
    assert caught.value.source == site.address("/a")
    assert (caught.value.response.content, caught.value.response.header("X-Why")) == (b"gone", "archived")


def test_a_page_that_did_not_change_is_not_sent_again(client, site):
    site["/a"] = Answer(b"one", headers={"ETag": '"1"', "Last-Modified": "Sat, 01 Mar 2025 00:00:00 GMT"})
    first = client.get(site.address("/a"))
    again = client.get(site.address("/a"), conditional=first.last.validators)
    assert (first.status, again.status, again.content) == (200, 304, b"")
    site["/a"] = Answer(b"two", headers={"ETag": '"2"'})
    assert client.get(site.address("/a"), conditional=first.last.validators).content == b"two"


def test_an_answer_that_it_did_not_change_is_an_error_where_nobody_asked(client, site):
    site["/a"] = Answer(status=304)
    with pytest.raises(HttpStatus, match="304"):
        client.get(site.address("/a"))


def test_validators_cannot_smuggle_in_headers(client, site):
    site["/a"] = Answer(b"one")
    client.get(site.address("/a"), conditional=Validators(etag='"1"\r\nCookie: a=b', last_modified="ą"))
    assert not {"if-none-match", "if-modified-since", "cookie"} & set(site.log[-1].headers)


def test_no_cookie_is_kept(client, site):
    site["/a"] = Answer(b"one", headers={"Set-Cookie": "session=1"})
    client.get(site.address("/a"))
    client.get(site.address("/a"))
    assert "cookie" not in site.log[-1].headers


def test_nothing_of_the_environment_reaches_a_server(site, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password word\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    site["/a"] = Answer(b"one")
    with Site() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address("/"))
        with Client(POLICY) as client:
            assert client.get(site.address("/a")).content == b"one"
        assert proxy.log == []
    assert "authorization" not in site.log[-1].headers


def test_every_exchange_can_be_seen_as_it_came(site, clock):
    site["/a"] = Answer(b"later", 503), redirect("/b")
    site["/b"] = Answer(gzip.compress(b"two", mtime=0), headers={"Content-Encoding": "gzip"})
    exchanges = []
    with Client(Policy(allow_private=True), seen=exchanges.append, clock=clock) as client:
        client.get(site.address("/a"))
    assert [(e.address, e.status) for e in exchanges] == [
        (site.address("/robots.txt"), 404),
        (site.address("/a"), 503),
        (site.address("/a"), 302),
        (site.address("/b"), 200),
    ]
    assert exchanges[-1].body == gzip.compress(b"two", mtime=0)
    assert not any(exchange.truncated for exchange in exchanges)


def test_of_a_robots_txt_that_is_cut_the_exchange_tells_it(site):
    site["/robots.txt"] = Answer(b"#" * 600_000)
    site["/a"] = Answer(b"one")
    exchanges = []
    with Client(POLICY, seen=exchanges.append) as client:
        client.get(site.address("/a"))
    assert [(len(e.body), e.truncated) for e in exchanges] == [(512 * 1024, True), (3, False)]


def test_a_page_that_was_not_fetched_is_a_failure_of_that_stage():
    row = failure(Refused("only http and https addresses are fetched"), "ftp://kunta.example/")
    assert (row.stage, row.code, row.uri) == ("fetch", "refused", "ftp://kunta.example/")
