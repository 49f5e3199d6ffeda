"""Connections go only where they may, to the very addresses that were checked, under the host's own name."""

import ssl
from ipaddress import ip_address

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from loopback import Answer, Site, redirect
from pykala.errors import FetchError, Refused, Unreachable
from pykala.fetch import Client, Policy
from pykala.fetch.address import target
from pykala.fetch.guard import is_public, resolve

ONE = Policy(allow_networks=("127.0.0.1/32",), requests_per_second=1_000, retries=0)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.31.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::5db8:d822",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "4000::1",
    ],
)
def test_an_address_of_no_public_host_is_told_apart(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["193.166.3.2", "8.8.8.8", "172.32.0.1", "2a00:1450::1", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8", "2002:808:808::1"],
)
def test_an_address_of_a_public_host_is_told_apart(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0", "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_this_machine_is_refused_however_it_is_written(site, host):
    site["/a"] = Answer(b"secret")
    with Client(Policy(retries=0)) as client, pytest.raises(Refused, match="private or reserved network") as caught:
        client.get(site.address("/a", host=host))
    assert caught.value.remedy
    assert site.log == []


def test_private_networks_are_reached_where_they_are_allowed(site):
    site["/a"] = Answer(b"one")
    for policy in ONE, Policy(allow_private=True, requests_per_second=1_000):
        with Client(policy) as client:
            assert client.get(site.address("/a")).content == b"one"


def test_a_redirect_to_a_private_address_is_refused_without_a_connection(site):
    with Site("127.0.0.2") as inside, Client(ONE) as client:
        inside["/secret"] = Answer(b"secret")
        site["/a"] = redirect(inside.address("/secret"))
        with pytest.raises(Refused) as caught:
            client.get(site.address("/a"))
        assert caught.value.source == inside.address("/secret")
        assert inside.log == []


def test_a_robots_txt_cannot_lead_to_a_private_address(site):
    with Site("127.0.0.2") as inside, Client(ONE) as client:
        site["/robots.txt"] = redirect(inside.address("/secret"))
        site["/a"] = Answer(b"one")
        with pytest.raises(Refused):
            client.get(site.address("/a"))
        assert inside.log == []


class Names:
    """A name server that gives each answer once, the last one for ever."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, host, port):
        self.asked.append((host, port))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def test_a_name_that_turns_to_a_private_address_is_refused(site):
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    site["/a"] = Answer(b"one", headers={"Connection": "close"})
    with Site("127.0.0.2", site.port) as inside, Client(ONE, resolve=names) as client:
        site["/robots.txt"] = Answer(b"")
        assert client.get(site.address("/a", host="kunta.example")).content == b"one"
        with pytest.raises(Refused):
            client.get(site.address("/a", host="kunta.example"))
        assert inside.log == []


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(site):
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    site["/robots.txt"] = Answer(b"")
    site["/a"] = Answer(b"one")
    with Client(ONE, resolve=names) as client:
        response = client.get(site.address("/a", host="kunta.example"))
    assert names.asked == [("kunta.example", site.port)]  # once for two requests over one connection
    assert response.last.peer == "127.0.0.1"
    assert {asked.headers["host"] for asked in site.log} == {f"kunta.example:{site.port}"}


def test_one_private_address_among_public_ones_spoils_them(site):
    with Client(ONE, resolve=Names(["127.0.0.1", "127.0.0.2"])) as client, pytest.raises(Refused):
        client.get(site.address("/a", host="kunta.example"))
    assert site.log == []


def test_an_address_that_does_not_answer_gives_way_to_the_next(site):
    site["/a"] = Answer(b"one")
    names = Names(["127.0.0.3", "127.0.0.1"])
    with Client(Policy(allow_private=True, requests_per_second=1_000), resolve=names) as client:
        assert client.get(site.address("/a", host="kunta.example")).last.peer == "127.0.0.1"


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 64 + ".example"])
def test_a_name_without_an_address_is_unreachable_at_once(clock, host):
    with Client(clock=clock) as client, pytest.raises(Unreachable, match="not known") as caught:
        client.get(f"http://{host}/a")
    assert caught.value.source == f"http://{host}/a"
    assert clock.slept == []


def test_the_system_gives_each_address_once():
    assert resolve("127.0.0.1", 80) == ("127.0.0.1",)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def secure_site(authority):
    """A site under TLS with a certificate for kunta.example; ``named`` holds the names that clients asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("kunta.example").configure_cert(context)
    named = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    with Site(tls=context) as site:
        site.named = named
        yield site


@pytest.fixture
def trusting(authority, tmp_path):
    """A policy that trusts the authority."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return Policy(allow_private=True, requests_per_second=1_000, retries=0, ca_file=tmp_path / "ca.pem")


def test_tls_keeps_the_name_of_the_host(secure_site, trusting):
    secure_site["/a"] = Answer(b"one")
    secure_site["/robots.txt"] = Answer(b"")
    with Client(trusting, resolve=Names(["127.0.0.1"])) as client:
        assert client.get(secure_site.address("/a", host="kunta.example")).content == b"one"
    assert secure_site.named == ["kunta.example"]
    assert secure_site.log[-1].headers["host"] == f"kunta.example:{secure_site.port}"
    assert {asked.connection for asked in secure_site.log} == {1}


def test_a_certificate_for_another_name_is_not_trusted(secure_site, trusting, clock):
    client = Client(trusting, resolve=Names(["127.0.0.1"]), clock=clock)
    with client, pytest.raises(Unreachable, match="certificate is not trusted"):
        client.get(secure_site.address("/a", host="toinen.example"))
    assert secure_site.log == []
    assert clock.slept == []


def test_a_certificate_of_an_unknown_authority_is_not_trusted(secure_site):
    client = Client(Policy(allow_private=True), resolve=Names(["127.0.0.1"]))
    with client, pytest.raises(Unreachable, match="certificate is not trusted"):
        client.get(secure_site.address("/a", host="kunta.example"))


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_of_certificates_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with Client(Policy(allow_private=True, ca_file=path)) as client, pytest.raises(FetchError, match=r"ca\.pem"):
        client.get("https://127.0.0.1:1/")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kunta.example",
        "/a",
        "file:///etc/passwd",
        "ftp://kunta.example/",
        "data:text/html,a",
        "http:///a",
        "http://",
        "http:kunta.example",
        "http://user@kunta.example/",
        "http://user:word@kunta.example/",
        "http://kunta.example\\@127.0.0.1/",
        "http://kunta.example\t/",
        "http://kunta.exa mple/",
        "http://kunta.example/\r\nHost: other",
        "http://kunta.example:0/",
        "http://kunta.example:65536/",
        "http://kunta.example:a/",
        "http://[::1%25eth0]/",
        "http://[::1/",
        "http://127.0.0.1%2f@kunta.example/",
        "http://..example/",
        "http://kunta.example/" + "a" * 8_000,
    ],
)
def test_what_is_no_plain_web_address_is_refused(address):
    with pytest.raises(Refused) as caught:
        target(address)
    assert "word" not in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        ("HTTP://Kunta.Example", "http://kunta.example/"),
        (" http://kunta.example./a#b ", "http://kunta.example/a"),
        ("https://kunta.example:443/a/./b/../c", "https://kunta.example/a/c"),
        ("https://kunta.example:80?a=b c", "https://kunta.example:80/?a=b%20c"),
        (
            "http://äänekoski.example/pöytäkirja?q=%c3%a4",
            "http://xn--nekoski-4waa.example/p%C3%B6yt%C3%A4kirja?q=%C3%A4",
        ),
        ("http://@kunta.example/", "http://kunta.example/"),
        ("http://kunta%2eexample/%00", "http://kunta.example/%00"),
        ("http://[2A00::1]:8080/", "http://[2a00::1]:8080/"),
    ],
)
def test_an_address_has_one_form(address, normal):
    assert str(target(address)) == normal


@given(st.one_of(st.text(), st.text(alphabet="htp:/s.@[]\\#?%a0 ä:").map("http://".__add__)))
def test_any_text_is_refused_or_has_one_form(text):
    try:
        found = target(text)
    except Refused:
        return
    assert target(str(found)) == found
    assert str(found).isascii()
    assert str(found).isprintable()
