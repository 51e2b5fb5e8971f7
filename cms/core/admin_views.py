"""What every admin screen of ours shares: Wagtail's frame, and refusals shown as sentences."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.errors import DomainError


class AdminScreen(WagtailAdminTemplateMixin):
    """Mix into a Django view: access check, breadcrumbs, and a DomainError becomes a message, never a server error.

    Per-object screens fetch their object with ``get_object_or_404(Model.objects.visible_to(request.user), ...)``, so
    that "not yours" and "does not exist" look the same.
    """

    _show_breadcrumbs = True

    @property
    def person(self) -> Any:
        """Return the signed-in account: Wagtail lets nobody else reach an admin screen."""
        return self.request.user

    def may_open(self, request: HttpRequest) -> bool:
        """Return whether the person may open this screen at all; narrow it in subclasses."""
        return True

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
        """Return where a refused act leads back to."""
        return reverse("wagtailadmin_home")
