"""Whose address a request comes from: the one answer for lock-out, rates, networks of tokens and the ledger."""

from __future__ import annotations

import ipaddress
import logging
from functools import cache

from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger("thuocdo.addresses")

# Who has one IPv6 address has all of its /64, so these are counted together (RFC 6177).
_COUNTED_IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """Return the client's IP address as our own proxies saw it; "" where the web server gives none (a socket file).

    Each of the THUOCDO_PROXY_COUNT proxies appends the address that it was asked from to X-Forwarded-For, so the client
    is the entry that many from the end, and what stands before it may be forged. Where there are fewer entries the
    request came past the proxies, and where there are to be none the header is not ours: the sender of the connection
    is the client then, and the log says so once.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    peer = _normal(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.THUOCDO_PROXY_COUNT
    if not proxies:
        if hops:
            _warn_once(
                "Requests carry X-Forwarded-For, but THUOCDO_PROXY_COUNT is 0: all clients of a proxy count as one."
            )
        return peer
    if len(hops) < proxies:
        if hops:
            _warn_once("X-Forwarded-For names fewer proxies than THUOCDO_PROXY_COUNT: it is not trusted.")
        return peer
    return _normal(hops[-proxies]) or peer


def counted_address(request: HttpRequest) -> str | None:
    """Return the address under which a client's attempts are counted: of IPv6 its network; None where none is known."""
    address = client_address(request)
    if ":" in address:
        return str(ipaddress.ip_network((address, _COUNTED_IPV6_PREFIX), strict=False).network_address)
    return address or None


def _normal(text: str) -> str:
    """Return an IP address in its one spelling, without the port that some proxies add; "" for anything else."""
    bare = text.partition("]")[0].removeprefix("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


@cache
def _warn_once(warning: str) -> None:
    logger.warning(warning)
