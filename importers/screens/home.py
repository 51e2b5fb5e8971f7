"""On the first screen: uploads that the person sent and that are not done with."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from wagtail.admin.ui.components import Component

from importers.models import ImportBatch
from importers.screens.running import batch_lines

SHOWN = 5


class OwnUploadsPanel(Component):
    """Uploads being checked or written, with their progress, and those that wait to be confirmed."""

    name = "own_uploads"
    template_name = "importers/home_uploads.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        mine = ImportBatch.objects.visible_to(user).waiting_for(user).select_related("agency", "by")
        found = list(mine.newest_first()[: SHOWN + 1])
        return {"lines": batch_lines(found[:SHOWN]), "more": len(found) > SHOWN}

    @property
    def media(self) -> Media:
        return Media(js=["importers/progress.js"])
