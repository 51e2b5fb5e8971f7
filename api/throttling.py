"""How often the API may be asked; rates are settings. Every answer names them, and 429 says when to come back.

``RateLimit-Policy`` and ``RateLimit`` follow draft-ietf-httpapi-ratelimit-headers, revision 11: generic clients read
them, they say several policies at once, and they count in seconds from now, where ``X-RateLimit-Reset`` means
something else with everybody who sends it.
"""

from __future__ import annotations

import math
from contextlib import nullcontext
from typing import Any

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

from cms.core.addresses import counted_address
from cms.core.bodies import declared_bytes

_BYTES_A_CALL = 16 * 1024
POLICY, LEFT = "RateLimit-Policy", "RateLimit"


class ReportedRateThrottle(SimpleRateThrottle):
    """A rate that the response reports: ``q`` asks are allowed in ``w`` seconds, ``r`` are left, and more after ``t``.

    It is reported from what was read to count the caller: nothing more is asked of the cache.
    """

    key: str | None = None
    num_requests: int
    duration: int

    def get_ident(self, request: Request) -> str:
        """Return the address that somebody who is not signed in is counted by."""
        return counted_address(request) or ""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the caller, and write on the response what they have left."""
        # Between reading the count and writing it nobody else is counted, where the cache can hold them off.
        with getattr(self.cache, "atomic", nullcontext)():
            allowed = super().allow_request(request, view)
        if self.rate is not None and self.key is not None:
            more = math.ceil(self.history[-1] + self.duration - self.now) if self.history else self.duration
            self._add_header(view.headers, POLICY, f"q={self.num_requests};w={self.duration}")
            self._add_header(view.headers, LEFT, f"r={self.num_requests - len(self.history)};t={more}")
        return bool(allowed)

    def _add_header(self, headers: dict[str, str], name: str, numbers: str) -> None:
        value = f'"{self.scope}";{numbers}'
        headers[name] = f"{headers[name]}, {value}" if name in headers else value


def omit_remaining(response: HttpResponseBase) -> None:
    """Leave only the policy on an answer that shared caches repeat: what one caller has left is nobody else's.

    The draft has clients ignore the count of an answer that has an age, but not every cache sends the age.
    """
    response.headers.pop(LEFT, None)


class AnonymousRateThrottle(ReportedRateThrottle, AnonRateThrottle):
    """The rate of everybody who is not signed in, counted by address."""


class SignedInRateThrottle(ReportedRateThrottle, UserRateThrottle):
    """The rate of signed-in people; everybody else is counted by the anonymous one alone."""

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Return the key of the person's counter, or nothing for somebody who is not signed in."""
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class UploadRateThrottle(ReportedRateThrottle, UserRateThrottle):
    """The rate of files that are sent: each costs a check. Counted by person."""

    scope = "uploads"


class AddressRateThrottle(ReportedRateThrottle):
    """A rate that is counted by address, whoever asks."""

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Return the key of the address's counter."""
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})


class ScoreRateThrottle(AddressRateThrottle):
    """The rate of scoring calls, which cost more than reading: each 16 KiB of a body count as a call."""

    scope = "scores"

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the caller as often as the body is long."""
        self._more = declared_bytes(request._request) // _BYTES_A_CALL
        return super().allow_request(request, view)

    def throttle_success(self) -> bool:
        """Count all of it at once; a body is not refused for what it costs itself, only the next one is."""
        self.history[:0] = [self.now] * min(self._more, self.num_requests - len(self.history) - 1)
        return bool(super().throttle_success())


class GrantRateThrottle(AddressRateThrottle):
    """The rate of calls for OAuth2 tokens: a program needs one an hour, who guesses secrets needs many."""

    scope = "oauth"
