"""What may be set for a service."""

from __future__ import annotations

from dataclasses import dataclass, field

from pykala.batch.faults import Caps
from pykala.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Options:
    """How much the service takes on, and from whom.

    Attributes:
        workers: processes that parse.
        waiting: requests that may wait for a worker; more are told to come again.
        batch_bytes: size of the body of one batch.
        body_seconds: how long a client may take to send one body.
        hosts: names under which it may be asked, which keeps pages elsewhere from reaching it by a name of their own;
            any where empty.
    """

    settings: Settings = Settings()
    caps: Caps = Caps()
    workers: int = 2
    waiting: int = 64
    batch_bytes: int = 256_000_000
    body_seconds: float = 60.0
    hosts: tuple[str, ...] = field(default=LOOPBACK)
