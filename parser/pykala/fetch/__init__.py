"""The only stage that opens sockets: from addresses to what servers gave, within limits and manners."""

from __future__ import annotations

from pykala.fetch.client import Client
from pykala.fetch.exchange import Exchange, Response, Validators
from pykala.fetch.policy import Policy

__all__ = ["Client", "Exchange", "Policy", "Response", "Validators"]
