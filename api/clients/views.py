"""Screens of API clients, for technical administrators."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from api.clients import actions
from api.clients.forms import ClientFilterForm, ClientForm, RotateForm, SecretForm
from api.clients.models import ApiClient, Scope
from cms.core.screens import Column
from cms.organisations.forms import ReasonForm
from cms.organisations.views.base import FormScreen, ListScreen, Screen

_LIST = ("api_clients:list", _("API clients"))


def _last_day(client: Any) -> datetime.date | None:
    return client.holds_until and timezone.localdate(client.holds_until)


class ClientListScreen(ListScreen):
    """Every client, until when its token holds, and when it was last used."""

    page_title = _("API clients")
    header_icon = "code"
    filter_form_class = ClientFilterForm
    empty = _("No API client is like this.")
    columns = (
        Column("name", _("Name of the program"), url_name="api_clients:client"),
        Column("agency", _("Agency"), "agency.name"),
        Column("holds_until", _("The token holds until"), _last_day),
        Column("last_used", _("Last used")),
        Column("state", _("State"), lambda client: _("Revoked") if client.revoked_at else _("In use")),
    )

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("api_clients:add"), _("Add an API client")), (reverse("webhooks:list"), _("Webhooks"))]

    def is_past(self, row: ApiClient) -> bool:
        return row.revoked_at is not None

    def get_queryset(self) -> QuerySet[ApiClient]:
        """Return what the filter leaves, by name."""
        filters = self.narrowed
        clients = ApiClient.objects.search(filters.get("q", "")).select_related("agency").order_by("name", "pk")
        if filters.get("state"):
            clients = clients.filter(revoked_at__isnull=filters["state"] == "open")
        # A program that asks for tokens of its own accord holds by its secret; those tokens come and go.
        tokens = Q(tokens__granted_for__isnull=True)
        return clients.annotate(
            last_used=_later(Max("tokens__last_used_at"), Max("secrets__last_used_at")),
            holds_until=_later(Max("tokens__expires_at", filter=tokens), Max("secrets__expires_at")),
        )


def _later(one: Max, other: Max) -> Greatest:
    """Return the later of two moments, of which either may be missing."""
    return Greatest(Coalesce(one, other), Coalesce(other, one))


class ClientAddScreen(FormScreen):
    """Add a client; its token is shown once."""

    above = _LIST
    page_title = _("Add an API client")
    header_icon = "plus"
    form_class = ClientForm
    submit_label = _("Add, and show its token")
    explanation = _(
        "A program that reads catalogs or sends files for an agency. It gets an account that nobody signs in to."
    )

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        """Add it and show the token."""
        client, secret = actions.add_client(by=self.person, **form.cleaned_data)
        return _show_token(self, client, secret)


class _OfClient(Screen):
    above = _LIST
    header_icon = "code"

    @cached_property
    def client(self) -> ApiClient:
        """Return the client, or answer 404."""
        return get_object_or_404(ApiClient.objects.select_related("agency", "user", "revoked_by"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the client."""
        return self.client.name

    def refused_url(self) -> str:
        """Lead back to the client's own screen."""
        return reverse("api_clients:client", args=[self.client.pk])


class ClientScreen(_OfClient, TemplateView):
    """One client: whose it is, what it may do, its tokens."""

    template_name = "api/clients/client.html"
    page_title = _("API client")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the client and its tokens, the latest first."""
        scopes = [Scope(scope).label for scope in self.client.scopes if scope in Scope.values]
        tokens = self.client.tokens.shown()[:20]
        return super().get_context_data(**kwargs) | {
            "client": self.client, "scopes": scopes, "tokens": tokens, "now": timezone.now(),
            "oauth": settings.THUOCDO_OAUTH, "secrets": self.client.secrets.all()[:20],
            "back_url": reverse("api_clients:list"),
        }  # fmt: skip


class ClientRotateScreen(_OfClient, FormScreen):
    """Make a new token."""

    page_title = _("New token")
    form_class = RotateForm
    submit_label = _("Make a new token")
    explanation = _(
        "The new token is shown once. Earlier ones work for another 24 hours, so that nothing stops meanwhile."
    )

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        """Make it and show it."""
        return _show_token(
            self, self.client, actions.rotate_token(by=self.person, client=self.client, **form.cleaned_data)
        )


class ClientSecretScreen(_OfClient, FormScreen):
    """Make a secret for which the program gets tokens of its own accord, where OAuth2 is switched on."""

    page_title = _("New OAuth2 secret")
    form_class = SecretForm
    submit_label = _("Make a new secret")
    explanation = _(
        "For software that knows OAuth2 (client credentials): it gets a new token every hour for an id and a secret. "
        "The secret is shown once; earlier ones work for another 24 hours."
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Answer 404 where the option is off."""
        if not settings.THUOCDO_OAUTH:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        """Make it and show it, with the id that goes with it."""
        oauth_id, secret = actions.make_secret(by=self.person, client=self.client, **form.cleaned_data)
        address = self.request.build_absolute_uri(reverse("oauth_token"))
        return _show_token(self, self.client, secret, oauth_id=oauth_id, token_address=address)


class ClientRevokeScreen(_OfClient, FormScreen):
    """End a client for good."""

    page_title = _("Revoke an API client")
    form_class = ReasonForm
    submit_label = _("Revoke")
    explanation = _("Its tokens stop at once and its account is closed. What it did stays on record.")
    success_message = _("The API client has been revoked.")

    def perform(self, form: forms.BaseForm) -> None:
        """Revoke it."""
        actions.revoke_client(by=self.person, client=self.client, **form.cleaned_data)


def _show_token(screen: FormScreen, client: ApiClient, secret: str, **more: str) -> HttpResponse:
    """Answer with the token itself: it is in no address, session or message that would outlive the page."""
    context = screen.get_context_data(form=None) | {"client": client, "secret": secret} | more
    return screen.response_class(screen.request, "api/clients/token.html", context)
