"""What a file holds: itself, or the documents in an archive, a WARC or a file of texts, each with an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pykala.batch.archives import INSIDE, members
from pykala.batch.kinds import Kind
from pykala.batch.source import STDIN, Source
from pykala.batch.texts import texts
from pykala.errors import PykalaError

if TYPE_CHECKING:
    from pykala.fetch.client import Client
    from pykala.fetch.policy import Policy

_ADDRESS: Final = ("http://", "https://")


def expanded(argument: str, kind: Kind | None, fetch: Callable[[str], Source]) -> Iterator[Source]:
    """The documents that a file, an address or standard input gives, read one by one.

    What breaks in the middle of an archive is one document that says so, after those before it.

    Args:
        argument: a path as given, an address, or ``-``.
        kind: what holds many documents; none for one document.
        fetch: gives what is at an address.
    """
    try:
        if argument.startswith(_ADDRESS):
            yield fetch(argument)
        elif argument == STDIN or kind is None:
            yield Source(argument)
        elif kind is Kind.LINES:
            yield from _of_texts(argument)
        elif kind is Kind.WARC:
            yield from _of_warc(argument)
        else:
            for one in members(Path(argument), kind):
                yield Source(f"{argument}{INSIDE}{one.name}", one.content)
    except (PykalaError, OSError) as error:
        yield Source(argument, error)


def _of_texts(argument: str) -> Iterator[Source]:
    """The texts of a file of JSON Lines, each under its own address or as a line of the file (RFC 5147)."""
    for one in texts(Path(argument)):
        yield Source(one.uri or f"{argument}#line={one.line - 1},{one.line}", one.content)


def _of_warc(argument: str) -> Iterator[Source]:
    from pykala.fetch.replay import documents

    for one in documents(Path(argument)):
        yield Source(one.uri, one.content, one.retrieved_at)


@contextmanager
def fetching(policy: Policy | None) -> Iterator[Callable[[str], Source]]:
    """What fetches addresses one by one; all of them by one client, so that no server is asked too often."""
    with ExitStack() as stack:
        client: Client | None = None

        def fetch(address: str) -> Source:
            nonlocal client
            from pykala.fetch.client import Client
            from pykala.fetch.records import moment

            if client is None:
                client = stack.enter_context(Client(policy))
            response = client.get(address)
            return Source(response.address, response.content, moment(response.last.at))

        yield fetch
