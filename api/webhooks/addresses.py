"""Where webhooks may go: names that the settings allow, and behind them only machines that anybody may reach.

What is refused is everything else: the whole address is held against one pattern of what it may be.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.errors import DomainError

LONGEST = 500
_PORTS = (443, 8443)
# Names alone: the last label begins with a letter, so no way of writing a number is a name.
_NAME = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{_NAME})(?::(?P<port>[1-9][0-9]{{0,4}}))?"
    r"(?P<target>/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(?:\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?)?",
    re.ASCII,
)
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
# The addresses of IPv6 that are given out to the world, and those among them that are not, or that lead to IPv4 ones.
_V6_WORLD = ipaddress.ip_network("2000::/3")
_V6_APART = [ipaddress.ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_V4_APART = [ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("192.88.99.0/24")]


class BadAddress(DomainError):
    """Webhooks do not go there."""

    code = "bad_webhook_address"


@dataclass(frozen=True)
class Address:
    """Where a webhook goes, by name."""

    scheme: str
    host: str
    port: int
    target: str


def read_address(text: str) -> Address:
    """Return the parts of an address; raises BadAddress for one that is not of the allowed form, port and name."""
    match = _ADDRESS.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        raise BadAddress(_("Write an address like https://name.example.gov.vn/path, with the name of a machine."))
    address = Address(
        match["scheme"], match["host"], int(match["port"] or (80 if match["scheme"] == "http" else 443)),
        match["target"] or "/",
    )  # fmt: skip
    if not settings.THUOCDO_WEBHOOK_INSECURE and (address.scheme != "https" or address.port not in _PORTS):
        raise BadAddress(_("Webhooks go to https:// alone, on port 443 or 8443."))
    if address.port > 65535 or len(address.host) > 253 or not _is_allowed(address.host):
        raise BadAddress(_("This name is not on the list of machines that webhooks may go to."))
    return address


def resolve(address: Address) -> list[str]:
    """Return the IP addresses of the machine, asked for once; raises BadAddress when any of them is not to be reached.

    Raises OSError when there is no such name.
    """
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not numbers or not all(_may_reach(number) for number in numbers):
        raise BadAddress(_("The machine of this name lies in a network that webhooks do not go to."))
    return numbers


def check_address(text: str) -> None:
    """Raise BadAddress unless webhooks may go there now; an unknown name passes, as each send asks anew."""
    address = read_address(text)
    try:
        resolve(address)
    except OSError:
        return


def _is_allowed(host: str) -> bool:
    return any(
        host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern
        for pattern in settings.THUOCDO_WEBHOOK_HOSTS
    )


def _may_reach(number: str) -> bool:
    try:
        ip = ipaddress.ip_address(number)
    except ValueError:
        return False
    own = (ipaddress.ip_network(net) for net in settings.THUOCDO_WEBHOOK_PRIVATE_NETWORKS)
    return any(ip in net for net in own if net.version == ip.version) or _is_of_the_world(ip)


def _is_of_the_world(ip: IPAddress) -> bool:
    """Return whether an IP address is one that anybody may reach, and not one that hides another."""
    if isinstance(ip, ipaddress.IPv6Address):
        return ip in _V6_WORLD and not any(ip in net for net in _V6_APART)
    apart = ip.is_multicast or ip.is_reserved or any(ip in net for net in _V4_APART)
    return ip.is_global and not apart
