"""What is refused before a view of the API is asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from api.errors import plain_problem
from cms.core import bodies


class BodyLimitMiddleware(bodies.BodyLimitMiddleware):
    """Answers a body that is too large with a problem to programs, and with a page to people."""

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Return the problem, or the page."""
        return plain_problem(413, "body_too_large") if request.path.startswith("/api/") else super().refuse(request)
