"""One document by its address, without a store."""

from __future__ import annotations

from pykala.fetch.client import Client
from pykala.fetch.policy import Policy
from pykala.fetch.records import moment
from pykala.fetch.replay import Fetched


def one(address: str, policy: Policy | None = None) -> Fetched:
    """What an address gives now.

    Args:
        address: of a page or a file.
        policy: manners and limits; those of :class:`pykala.fetch.policy.Policy` unless told.

    Raises:
        FetchError: it gives no document.
    """
    with Client(policy) as client:
        response = client.get(address)
        return Fetched(response.address, response.content, moment(response.last.at))
