"""Confirming that a draft is taken away, with what was uploaded into it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.generic import FormView

from catalog_pages.admin.forms import ConfirmForm
from catalog_pages.admin.screens import VersionScreen
from cms.catalogs import permissions
from cms.catalogs.errors import StaleEdition
from cms.catalogs.models import CatalogVersion
from importers import actions


class DiscardView(VersionScreen, FormView):
    """Take a draft away that was never submitted and that nobody remarked on."""

    template_name = "catalog_pages/admin/form.html"
    form_class = ConfirmForm
    page_title = _lazy("Take the draft away")
    extra_context = {"submit_label": page_title, "serious": True}

    def get_initial(self) -> dict[str, Any]:
        """Remember which edition the person is looking at; refuse early what cannot be done."""
        permissions.require(permissions.can_discard(self.person, self.version))
        return {"edition": self.version.edition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is lost."""
        number = self.version.item_count
        message = ngettext(
            "The draft is deleted with its %(number)s item. This cannot be undone; earlier versions stay as they are.",
            "The draft is deleted with its %(number)s items. This cannot be undone; earlier versions stay as they are.",
            number,
        )
        return super().get_context_data(explanation=message % {"number": number}, **kwargs)

    def form_valid(self, form: ConfirmForm) -> HttpResponse:
        """Take it away as it was seen, and lead to the versions that are left."""
        with transaction.atomic():
            current = CatalogVersion.objects.select_for_update().get(pk=self.version.pk)
            if form.cleaned_data["edition"] != current.edition:
                raise StaleEdition(_("The version has changed since you opened this screen. Look at it again first."))
            actions.discard_version(by=self.person, version=current)
        messages.success(self.request, _("The draft is taken away."))
        return redirect("catalogs:catalog", current.catalog_id)
