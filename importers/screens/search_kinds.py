"""Uploads, as the search over everything finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from cms.organisations.finder import Hit, SearchKind
from cms.organisations.models import Agency
from importers.models import ImportBatch, ImportBatchQuerySet
from importers.permissions import may_see_uploads


def _find(user: Any, text: str, agency: Agency | None) -> ImportBatchQuerySet:
    found: ImportBatchQuerySet = ImportBatch.objects.visible_to(user).search(text).newest_first()
    return found.filter(agency__path__startswith=agency.path) if agency else found


def _show(batches: ImportBatchQuerySet) -> Iterator[tuple[ImportBatch, Hit]]:
    for batch in batches.select_related("agency").only("file_name", "state", "at", "agency__name"):
        day = formats.date_format(timezone.localtime(batch.at), "d/m/Y")
        url = reverse("importers:batch", args=[batch.pk])
        yield batch, Hit(batch.file_name, url, agency=batch.agency.name, about=f"{batch.get_state_display()}, {day}")


def uploads() -> SearchKind:
    """Return uploads, for those who work with any."""
    return SearchKind("uploads", _("Uploads"), 350, may_see_uploads, _find, _show, name="file_name", code="sha256")
