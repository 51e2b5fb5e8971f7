"""The passes of catalogs through the steps of their workflow."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from wagtail.models import TaskState

from cms.catalogs import actions as catalog_actions
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion


class CatalogTaskState(TaskState):
    """One pass of a catalog through a step."""

    # The version that this pass is about: the page goes through many over the years.
    version = models.ForeignKey(CatalogVersion, models.PROTECT, null=True, related_name="+")

    @transaction.atomic
    def cancel(self, user: Any = None, resume: bool = False, comment: str = "") -> TaskState:
        """Cancel the pass; a submitted version goes back to its agency's desk."""
        if user is not None and self.version and self.version.state == VersionState.SUBMITTED and not resume:
            catalog_actions.withdraw(by=user, version=self.version, reason=comment)
        return super().cancel(user=user, resume=resume, comment=comment)
