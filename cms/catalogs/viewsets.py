"""Wagtail's screens over rounds; every write goes through the action."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.catalogs import actions
from cms.catalogs.forms import RoundForm
from cms.catalogs.models import CatalogRound
from cms.core.dates import format_date_vi


class _SavesByAction:
    """Saves the round through the action, so that the ledger knows of it."""

    form: RoundForm
    request: Any

    def save_instance(self) -> CatalogRound:
        """Save what the form says."""
        return actions.save_round(by=self.request.user, round_id=self.form.instance.pk, **self.form.details())


class RoundCreateView(_SavesByAction, generic.CreateView):
    """Add a round."""


class RoundEditView(_SavesByAction, generic.EditView):
    """Change a round."""


class _DayColumn(Column):
    """A day as Vietnamese people write it."""

    def get_value(self, instance: CatalogRound) -> str:
        """Return dd/mm/yyyy."""
        return format_date_vi(super().get_value(instance))


class RoundViewSet(ModelViewSet):
    """Rounds: list, add, edit. A round is never deleted: versions point to it."""

    model = CatalogRound
    name = "rounds"
    menu_name = "rounds"
    icon = "calendar-check"
    menu_label = _("Rounds")
    menu_order = 300
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = RoundCreateView
    edit_view_class = RoundEditView
    list_display = [
        TitleColumn("name", label=capfirst(_("name")), url_name="rounds:edit", sort_key="name"),
        Column("year", label=capfirst(_("year")), accessor=lambda round_: str(round_.year), sort_key="year"),
        _DayColumn("submit_by", label=capfirst(_("agencies submit by"))),
        _DayColumn("appraise_by", label=capfirst(_("appraised by"))),
        _DayColumn("approve_by", label=capfirst(_("approved by"))),
        BooleanColumn("is_current", label=capfirst(_("current round"))),
    ]

    def get_form_class(self, for_update: bool = False) -> type[RoundForm]:
        """Return the form with a labelled number for each frame."""
        return RoundForm


round_viewset = RoundViewSet()
