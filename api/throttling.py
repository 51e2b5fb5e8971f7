"""How often the API may be asked; rates are settings, and the answer 429 says when to come back."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle, UserRateThrottle


class SignedInRateThrottle(UserRateThrottle):
    """The rate of signed-in people; everybody else is counted by the anonymous one alone."""

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Return the key of the person's counter, or nothing for somebody who is not signed in."""
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class UploadRateThrottle(UserRateThrottle):
    """The rate of files that are sent: each costs a check. Counted by person."""

    scope = "uploads"


class ScoreRateThrottle(SimpleRateThrottle):
    """The rate of scoring calls, which cost more than reading; counted by address."""

    scope = "scores"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Return the key of the address's counter."""
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})
