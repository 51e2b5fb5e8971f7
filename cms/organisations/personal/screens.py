"""What every page of ``/cua-toi/`` stands on, and its first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.generic import TemplateView

from cms.core.personal import PersonalPage, all_pages
from cms.organisations.models import Officer


class PersonalScreen(TemplateView):
    """A page about the officer who is signed in: no address names anybody, so nobody else's can be asked for.

    Whoever is not signed in is sent to do so; an account that is no officer's is told so. Nothing is kept by a cache:
    ``NoStoreMiddleware`` says that of every answer to somebody who is signed in.
    """

    officer: Officer
    # The name under which the page is registered; none for the first page.
    name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        officer = Officer.objects.own(request.user).first()
        if officer is None:
            return render(request, "personal/no_officer.html", _ways_on(request), status=403)
        self.officer = officer
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the officer, the pages that have something for them, and which one this is."""
        pages = [page for page in all_pages() if page.is_shown(self.officer)]
        here = next((page for page in all_pages() if page.name == self.name), None)
        own = {"officer": self.officer, "pages": pages, "here": here}
        return super().get_context_data(**kwargs) | own | _ways_on(self.request)


@dataclass(frozen=True)
class Card:
    """A page as the first page shows it."""

    page: PersonalPage
    lines: list[str | Promise]


class HomeScreen(PersonalScreen):
    """Who is signed in, and a card for each page: on a phone the way to it."""

    template_name = "personal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"cards": [Card(page, list(page.card(self.officer))) for page in context["pages"]]}


def _ways_on(request: HttpRequest) -> dict[str, Any]:
    return {"may_enter_admin": request.user.has_perm("wagtailadmin.access_admin")}
