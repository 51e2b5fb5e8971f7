"""What every page of ``/cua-toi/`` stands on, and its first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.generic import TemplateView
from django.views.generic.list import BaseListView

from cms.core.personal import PersonalPage, all_pages
from cms.core.screens import ActFormView, RowsView
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
        # One object for the account, so that what it may reach is read once.
        officer.account = request.user
        self.officer = officer
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the officer, the pages that have something for them, and which one this is."""
        pages = shown_pages(self.officer)
        here = next((page for page in all_pages() if page.name == self.name), None)
        own = {"officer": self.officer, "pages": pages, "here": here}
        return super().get_context_data(**kwargs) | own | _ways_on(self.request)


class PersonalFormScreen(ActFormView, PersonalScreen):
    """A form on one's own pages whose act is one action; ``name`` is the page below which it stands."""

    template_name = "personal/form.html"
    page_title: Any = ""
    refused_status = 422

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page_title": self.page_title}


class PersonalListScreen(RowsView, PersonalScreen):
    """A list on one's own pages, in pages; ``name`` is the page below which it stands."""

    template_name = "personal/list.html"
    page_title: Any = ""
    explanation: Any = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The page below would answer first, without the rows.
        answer: HttpResponse = BaseListView.get(self, request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page_title": self.page_title, "explanation": self.explanation}


def shown_pages(officer: Officer) -> list[PersonalPage]:
    """Return the pages on which there is something for an officer, in order: in one query."""
    asked = {f"shows_{page.name}": Exists(page.rows(officer)) for page in all_pages() if page.rows}
    found = Officer.objects.filter(pk=officer.pk).annotate(**asked).values(*asked).get()
    return [page for page in all_pages() if page.rows is None or found[f"shows_{page.name}"]]


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
