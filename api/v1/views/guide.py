"""The page from which a developer of another tool learns to read a catalog and to keep it in step, in ten minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.settings import api_settings

from cms.catalogs.models import CatalogVersion
from cms.core.text import fold

# Programs to be copied; tests run them.
_PROGRAMS = Path(settings.BASE_DIR) / "docs" / "examples"
KEEP_IN_STEP, CHECK_SIGNATURE = "keep_in_step.py", "check_signature.py"


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide, with commands that work as they stand: for this host, and an agency that has a catalog."""
    return render(request, "api/guide.html", _example() | {
        "host": request.build_absolute_uri("/").rstrip("/"),
        "rate": str(api_settings.DEFAULT_THROTTLE_RATES["anon"] or "–").partition("/")[0],
        "signature_check": (_PROGRAMS / CHECK_SIGNATURE).read_text("utf-8"),
        "oauth": settings.THUOCDO_OAUTH,
    })  # fmt: skip


@require_safe
def program(request: HttpRequest, name: str) -> FileResponse:
    """Hand out one of the programs; Http404 for any other name."""
    if name not in (KEEP_IN_STEP, CHECK_SIGNATURE):
        raise Http404
    return FileResponse((_PROGRAMS / name).open("rb"), content_type="text/x-python; charset=utf-8", filename=name)


def _example() -> dict[str, Any]:
    """Return the agency and the version of the commands: one that holds today, or names that stand for some."""
    versions = CatalogVersion.objects.public().effective_on().select_related("catalog__agency")
    version = versions.order_by("-catalog__agency__depth", "catalog__agency__path", "pk").first()
    if version is None:
        return {"agency": None, "code": "ma-co-quan", "number": 1, "words": "so"}
    agency = version.catalog.agency
    return {"agency": agency, "code": agency.code, "number": version.number, "words": quote_plus(fold(agency.name))}
