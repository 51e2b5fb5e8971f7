"""What the screens of uploads share: who is let in, what is found, and where a refusal leads."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from cms.core.admin_views import AdminScreen
from cms.organisations.models import Agency, AgencyQuerySet
from importers.models import ImportBatch
from importers.permissions import agencies_to_upload_for, may_see_uploads


class ImportScreen(AdminScreen, View):
    """What the screens of uploads share."""

    header_icon = "upload"

    def may_open(self, request: HttpRequest) -> bool:
        """Let in the people of agencies, and editors."""
        return may_see_uploads(request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of uploads."""
        items = [*self.breadcrumbs_items, {"url": reverse("importers:batch_list"), "label": _("Uploads")}]
        return [*items, {"url": "", "label": self.get_page_title()}] if self.get_page_title() else items

    def refused_url(self) -> str:
        """Lead a refused act back to the list of uploads."""
        return reverse("importers:batch_list")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the screen."""
        return self.render_to_response(self.get_context_data())


class AgencyScreen(ImportScreen):
    """A screen about uploading for one agency. Agencies for which the person may not upload are not found."""

    @cached_property
    def agency(self) -> Agency:
        """Return the agency of the address."""
        found: Agency = get_object_or_404(agencies_to_upload_for(self.request.user), pk=self.kwargs["agency_pk"])
        return found


class BatchScreen(ImportScreen):
    """A screen about one upload. Uploads that the person may not see are not found."""

    @cached_property
    def batch(self) -> ImportBatch:
        """Return the upload of the address."""
        seen = ImportBatch.objects.visible_to(self.request.user)
        related = ("agency", "by", "committed_by", "committed_to__catalog__agency", "base")
        return get_object_or_404(seen.select_related(*related), pk=self.kwargs["pk"])

    def refused_url(self) -> str:
        """Lead a refused act back to the upload."""
        return reverse("importers:batch", args=[self.kwargs["pk"]])


def only_one(agencies: AgencyQuerySet) -> Agency | None:
    """The one agency there is, or None when there are several to choose from."""
    found = list(agencies[:2])
    return found[0] if len(found) == 1 else None
