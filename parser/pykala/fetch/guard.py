"""Which network addresses may be connected to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from pykala.errors import Refused, Unreachable

IP = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

# All that is given out for hosts of the public IPv6 internet.
_UNICAST: Final = IPv6Network("2000::/3")
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address as a network without IPv4 writes it
_DOCUMENTATION: Final = IPv6Network("3fff::/20")  # RFC 9637, unknown to older Pythons
# Not public either, though not every Python knows: protocol assignments, the relays of 6to4, the inside of the Azure cloud.
_SPECIAL: Final = tuple(IPv4Network(n) for n in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"))


class Guard:
    """Lets public addresses pass, and others only where they are allowed.

    Args:
        allow_private: let every address pass.
        networks: not public, but allowed, in CIDR notation.
        resolve: gives the network addresses of a host name.

    Raises:
        ValueError: a network is none.
    """

    def __init__(self, *, allow_private: bool, networks: Sequence[str], resolve: Resolve) -> None:
        self._allow_all = allow_private
        self._allowed: tuple[IPv4Network | IPv6Network, ...] = tuple(ip_network(network) for network in networks)
        self._resolve = resolve

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The network addresses of a host, all of which may be connected to.

        The connection has to go to one of these and must not ask for the name again: the answer may have changed by then.
        A host that has even one address which may not be connected to is refused as a whole, since who mixes public and
        private addresses wants the former to be checked and the latter to be used.

        Raises:
            Refused: one of them may not be connected to.
            Unreachable: the host has none.
        """
        found = self._resolve(host, port)
        for address in found:
            if not self._passes(ip_address(address)):
                raise Refused(
                    f"{host} is the address {address} of a private or reserved network",
                    remedy="allow private networks if you trust what leads there",
                )
        if not found:
            raise Unreachable(f"{host} has no network address")
        return tuple(found)

    def _passes(self, ip: IP) -> bool:
        if self._allow_all or is_public(ip):
            return True
        plain = ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip
        return any(plain in network for network in self._allowed)


def is_public(ip: IP) -> bool:
    """Whether an address belongs to a host of the public internet.

    >>> [is_public(ip_address(a)) for a in ("193.166.3.2", "10.0.0.1", "::ffff:127.0.0.1", "2002:7f00:1::")]
    [True, False, False, False]
    """
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast and not any(ip in network for network in _SPECIAL)
    inside = ip.ipv4_mapped or ip.sixtofour or _translated(ip)
    if inside is not None:
        return is_public(inside)
    return ip in _UNICAST and ip.is_global and ip not in _DOCUMENTATION


def _translated(ip: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _TRANSLATED else None


def resolve(host: str, port: int) -> Sequence[str]:
    """The network addresses of a host, as the system gives them: the preferred one first.

    Raises:
        Unreachable: the system knows none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise Unreachable(f"the host {host} is not known", passing=passing) from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
