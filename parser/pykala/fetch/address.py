"""Web addresses in the one form in which they are checked, asked for and kept."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from pykala.errors import Refused

_PORTS: Final = {"http": 80, "https": 443}
_LONGEST: Final = 8_000  # what servers take; also bounds what an address may cost
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST: Final = re.compile(r"\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
# Characters that programs read differently: what one takes for a path is the host to another.
_AMBIGUOUS: Final = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class Target:
    """A web address, taken apart.

    Attributes:
        host: in lower case, in ASCII, without brackets and final dot.
        path: what the server is asked for: path and query, never empty.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, the last only where it is not the usual one."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return self.origin + self.path

    def at(self, path: str) -> Target:
        """Another path of the same server."""
        return Target(self.scheme, self.host, self.port, path)


def target(address: str) -> Target:
    """Take an address apart.

    >>> str(target("HTTPS://Kunta.Example.:443/a/../päätös?id=1#alku"))
    'https://kunta.example/p%C3%A4%C3%A4t%C3%B6s?id=1'

    Raises:
        Refused: it is not http or https, names a user, or could be read in two ways.
    """
    address = address.strip(" ")
    name = shown(address)
    if len(address) > _LONGEST:
        raise Refused(f"an address of more than {_LONGEST} characters", source=name)
    if _AMBIGUOUS.search(address):
        raise Refused("the address holds control characters or backslashes", source=name)
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].lower() not in _PORTS:
        raise Refused("only http and https addresses are fetched", source=name)
    try:
        url = parse_url(address)
    except LocationParseError as error:
        raise Refused("no valid web address", source=name) from error
    if url.auth is not None:
        raise Refused("the address names a user", source=shown(url._replace(auth=None).url), remedy="leave it out")
    host = (url.host or "").removesuffix(".")
    port = _PORTS[scheme[1].lower()] if url.port is None else url.port
    if not _HOST.fullmatch(host) or len(host) > 255 or port == 0:
        raise Refused("no valid web address", source=name)
    return Target(scheme[1].lower(), host.strip("[]"), port, url._replace(fragment=None).request_uri)


def redirected(base: Target, location: str) -> Target:
    """Where a redirect leads.

    Args:
        location: the header as ``http.client`` gives it: bytes read as Latin-1, though most servers write UTF-8.

    Raises:
        Refused: it leads to what is no address that may be fetched.
    """
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        joined = urljoin(str(base), location.strip(" \t"))
    except ValueError as error:
        raise Refused("a redirect to no valid web address", source=str(base)) from error
    try:
        return target(joined)
    except Refused as refusal:
        raise Refused(f"a redirect is refused: {refusal.message}", source=str(base), place=refusal.source) from refusal


def shown(text: str, longest: int = 200) -> str:
    r"""What a server or a page wrote, fit for a message: its beginning, in one line that no terminal obeys.

    >>> shown("a\x1b[2Jb")
    'a�[2Jb'
    """
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: longest + 1])
    return line if len(text) <= longest else f"{line[:longest]}…"
