"""What the screens of uploads share: who is let in, what is found, and where a refusal leads."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.screens import PageScreen
from cms.organisations.models import Agency, AgencyQuerySet
from importers.batches.pages import with_targets
from importers.kinds import KINDS, USUAL
from importers.models import ImportBatch
from importers.permissions import agencies_to_upload_for, may_see_uploads


class ImportScreen(PageScreen):
    """What the screens of uploads share."""

    header_icon = "upload"

    opens_to = staticmethod(may_see_uploads)
    above: tuple[str, Any] | None = ("importers:batch_list", _("Uploads"))


class AgencyScreen(ImportScreen):
    """A screen about uploading for one agency. Agencies for which the person may not upload are not found."""

    @cached_property
    def agency(self) -> Agency:
        """Return the agency of the address."""
        kind = self.kwargs.get("kind", USUAL)
        if kind not in KINDS:
            raise Http404
        found: Agency = get_object_or_404(
            agencies_to_upload_for(self.request.user, kind), pk=self.kwargs["agency_pk"]
        )  # fmt: skip
        return found


class BatchScreen(ImportScreen):
    """A screen about one upload. Uploads that the person may not see are not found."""

    @cached_property
    def batch(self) -> ImportBatch:
        """Return the upload of the address."""
        seen = ImportBatch.objects.visible_to(self.request.user)
        return get_object_or_404(with_targets(seen).select_related("committed_by"), pk=self.kwargs["pk"])

    def refused_url(self) -> str:
        return reverse("importers:batch", args=[self.kwargs["pk"]])


def only_one(agencies: AgencyQuerySet) -> Agency | None:
    """The one agency there is, or None when there are several to choose from."""
    found = list(agencies[:2])
    return found[0] if len(found) == 1 else None
