"""The guides, open to everybody: who cannot sign in needs them first."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.help.guides import GUIDES, PICTURES, all_guides, read_guide, search_guides

MOST_ASKED = 100


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """List the guides, or the sections that hold the words of ``q``."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_ASKED]
    context = {"guides": all_guides(), "asked": asked, "found": search_guides(asked)}
    return render(request, "help/guides.html", context)


@require_safe
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """Show a whole guide."""
    if name not in GUIDES:
        raise Http404
    return render(request, "help/guide.html", {"guide": read_guide(name)})


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """Hand out a picture of the guides."""
    path = PICTURES / name
    if not name.endswith(".png") or path.parent != PICTURES or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")
