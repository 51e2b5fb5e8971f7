"""Confirming that a draft is taken away, with what was uploaded into it."""

from __future__ import annotations

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog_pages.admin.moves import MoveView
from cms.catalogs import permissions
from cms.catalogs.models import CatalogVersion
from importers import actions


class DiscardView(MoveView):
    """Take a draft away that was never submitted and that nobody remarked on."""

    page_title = _("Take the draft away")
    submit_label = page_title
    success_message = _("The draft is taken away.")
    serious = True

    def allowed(self) -> bool:
        return permissions.can_discard(self.person, self.version)

    @property
    def explanation(self) -> str:
        number = self.version.item_count
        lost = ngettext(
            "The draft is deleted with its %(number)s item. This cannot be undone; earlier versions stay as they are.",
            "The draft is deleted with its %(number)s items. This cannot be undone; earlier versions stay as they are.",
            number,
        )
        return lost % {"number": number}

    def act_on(self, version: CatalogVersion, form: BaseForm) -> None:
        actions.discard_version(by=self.person, version=version)

    def get_success_url(self) -> str:
        return reverse("catalogs:catalog", args=[self.version.catalog_id])
