"""The only stage that opens sockets: from addresses to what servers gave, within limits and manners, kept as it came."""

from __future__ import annotations

from pykala.fetch.client import Client
from pykala.fetch.exchange import Exchange, Response, Validators
from pykala.fetch.policy import Policy
from pykala.fetch.replay import Fetched, documents
from pykala.fetch.single import one

__all__ = ["Client", "Exchange", "Fetched", "Policy", "Response", "Validators", "documents", "one"]
