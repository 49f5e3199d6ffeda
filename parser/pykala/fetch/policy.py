"""How the client behaves towards servers, and how much of an answer it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Final

_PRODUCT: Final = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Policy:
    """The client's manners and limits.

    Attributes:
        contact: an e-mail address or web page that the User-Agent names, for whoever runs the server.
        requests_per_second: at most so many to one host; a longer ``Crawl-delay`` of its robots.txt goes before.
        allow_private: also connect to private, loopback and link-local networks.
        allow_networks: such networks to which alone it may connect, in CIDR notation.
        max_bytes: size of a body, as it comes and decoded, each for itself.
        max_seconds: time from a request to the end of its answer.
        max_total_seconds: time after which nothing more is tried for one address, with all its redirects and repetitions.
        idle_seconds: longest time in which a connection may bring nothing.
        max_redirects: so many are followed for one address.
        retries: so often is a request repeated that failed for a passing reason.
        max_wait: longest pause before a repetition, in seconds; a server that asks for more is left alone.
        max_crawl_delay: a longer ``Crawl-delay`` counts as so many seconds.
        ca_file: certificates to trust besides those of Mozilla's list (certifi), such as one that a server fails to send.
        user_agent: sent instead of pykala's own; what comes before the slash is the name that robots.txt is asked for.

    Raises:
        ValueError: a limit is out of its range, a network is none, or the contact or User-Agent does not fit on one line.
    """

    contact: str | None = None
    requests_per_second: float = 1.0
    allow_private: bool = False
    allow_networks: tuple[str, ...] = ()
    max_bytes: int = 50_000_000
    max_seconds: float = 120.0
    max_total_seconds: float = 900.0
    idle_seconds: float = 30.0
    max_redirects: int = 5
    retries: int = 4
    max_wait: float = 120.0
    max_crawl_delay: float = 60.0
    ca_file: Path | None = None
    user_agent: str | None = None

    def __post_init__(self) -> None:
        for name in ("requests_per_second", "max_bytes", "max_seconds", "max_total_seconds", "idle_seconds"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be above zero")
        for name in ("max_redirects", "retries", "max_wait", "max_crawl_delay"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} must not be below zero")
        for name in ("contact", "user_agent"):
            value = getattr(self, name)
            if value is not None and not (value.strip() and value.isascii() and value.isprintable()):
                raise ValueError(f"{name} must be one line of printable ASCII characters")
        if not _PRODUCT.match(self.agent):
            raise ValueError("user_agent must begin with a name of letters, such as name/1.0")
        for network in self.allow_networks:
            ip_network(network)

    @property
    def agent(self) -> str:
        """The User-Agent line.

        >>> Policy(contact="data@kunta.example", user_agent="reader/2").agent
        'reader/2 (data@kunta.example)'
        """
        if self.user_agent is None:
            from pykala import __version__

            name = f"pykala/{__version__}"
        else:
            name = self.user_agent
        return f"{name} ({self.contact})" if self.contact else name

    @property
    def product(self) -> str:
        """The name by which a robots.txt may speak of this client, in lower case."""
        found = _PRODUCT.match(self.agent)
        assert found is not None  # noqa: S101  # checked when it was made
        return found.group().lower()

    @property
    def interval(self) -> float:
        """Seconds between two requests to one host."""
        return 1 / self.requests_per_second
