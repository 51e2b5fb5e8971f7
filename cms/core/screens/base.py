"""What every admin screen of ours shares: Wagtail's frame, the path to it, and refusals shown as sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.errors import DomainError


class Screen(WagtailAdminTemplateMixin):
    """Mix into a Django view: access check, breadcrumbs, and a DomainError becomes a message, never a server error.

    Per-object screens fetch their object with ``get_object_or_404(Model.objects.visible_to(request.user), ...)``, so
    that "not yours" and "does not exist" look the same.
    """

    _show_breadcrumbs = True

    request: HttpRequest
    kwargs: dict[str, Any]
    # Whom the screen lets in at all, by account; every screen has it from its family or says it itself.
    opens_to: Callable[[Any], bool]
    # Route and label of the list that the screen belongs to; empty for the list itself.
    above: tuple[str, Any] | None = None

    @property
    def person(self) -> Any:
        """Return the signed-in account: Wagtail lets nobody else reach an admin screen."""
        return self.request.user

    def trail(self) -> list[dict[str, Any]]:
        """Return the steps (url, label) of the path between the list above and this screen."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the path from the start page to here; a trail names already what the subtitle would."""
        above = [{"url": reverse(self.above[0]), "label": self.above[1]}] if self.above else []
        trail = self.trail()
        here = {"url": "", "label": self.get_page_title(), "sublabel": "" if trail else self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *above, *trail, here]

    def may_open(self, request: HttpRequest) -> bool:
        """Return whether the person may make this request at all; narrow it where writing asks for more."""
        return self.opens_to(request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request, or say in a sentence why not."""
        if not self.may_open(request):
            raise PermissionDenied
        try:
            response: HttpResponse = super().dispatch(request, *args, **kwargs)
            return response
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect(self.refused_url())

    def refused_url(self) -> str:
        return reverse(self.above[0] if self.above else "wagtailadmin_home")


class PageScreen(Screen, View):
    """A screen that shows its template; what it shows is ``get_context_data``."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response
