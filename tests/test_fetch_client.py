"""The client gets pages whole, and only those that it may have."""

from loopback import Answer
from pykala.fetch import Client, Policy


def test_a_page_is_got_with_what_was_sent_and_what_came(site):
    site["/a"] = Answer(b"<p>one</p>", headers={"Content-Type": "text/html"})
    with Client(Policy(allow_private=True, requests_per_second=1000)) as client:
        response = client.get(site.address("/a"))
    assert (response.status, response.content) == (200, b"<p>one</p>")
    assert response.header("content-type") == "text/html"
    assert site.paths == ["/robots.txt", "/a"]
    assert site.log[1].headers == {key.lower(): value for key, value in response.request_headers}
