"""Wagtail's screens over rounds and over the columns that the province adds; every write goes through the actions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet

from cms.catalogs import actions, permissions
from cms.catalogs.columns import COLUMNS
from cms.catalogs.forms import ColumnForm, RoundForm
from cms.catalogs.models import CatalogRound, ExtraColumn
from cms.core.dates import format_date_vi


class _SaysRefusals:
    """Says in the form what the action refuses."""

    def form_valid(self, form: WagtailAdminModelForm) -> HttpResponse:
        """Save, or show the form again with what is wrong."""
        try:
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ValidationError as refused:
            form.add_error(None, refused)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            answer = self.form_invalid(form)  # type: ignore[attr-defined]
        return answer


class _SavesByAction(_SaysRefusals):
    """Saves the round through the action, so that the ledger knows of it."""

    form: RoundForm
    request: Any

    def save_instance(self) -> CatalogRound:
        """Save what the form says."""
        return actions.save_round(by=self.request.user, round_id=self.form.instance.pk, **self.form.details())


class RoundCreateView(_SavesByAction, generic.CreateView):
    """Add a round."""


class _KeptRound:
    """Finds those rounds alone that the person keeps."""

    request: Any

    def get_object(self, queryset: Any = None) -> CatalogRound:
        """Return the round of the address, if the person keeps it."""
        found: CatalogRound = super().get_object(*([queryset] if queryset is not None else []))  # type: ignore[misc]
        if not permissions.can_keep_round(self.request.user, found.block):
            raise PermissionDenied
        return found


class RoundEditView(_KeptRound, _SavesByAction, generic.EditView):
    """Change a round."""


class RoundHistoryView(_KeptRound, history.HistoryView):
    """What Wagtail noted of a round."""


class RoundUsageView(_KeptRound, usage.UsageView):
    """Where Wagtail finds the round named."""


class RoundIndexView(generic.IndexView):
    """The rounds that the person keeps."""

    def get_base_queryset(self) -> QuerySet[CatalogRound]:
        """Return those of the person's blocks; an editor of the province keeps all."""
        kept: QuerySet[CatalogRound] = super().get_base_queryset()
        return kept.filter(block__in=permissions.blocks_with_rounds_kept_by(self.request.user))


class _DayColumn(Column):
    """A day as Vietnamese people write it."""

    def get_value(self, instance: CatalogRound) -> str:
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
    index_view_class = RoundIndexView
    history_view_class = RoundHistoryView
    usage_view_class = RoundUsageView
    list_display = [
        TitleColumn("name", label=capfirst(_("name")), url_name="rounds:edit", sort_key="name"),
        Column("block", label=capfirst(_("for whom")), accessor="scope_label"),
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


class _SavesColumn(_SaysRefusals):
    """Saves the column through the action, and says what of it waits."""

    form: ColumnForm
    request: Any

    def save_instance(self) -> ExtraColumn:
        """Save what the form says, and say what of it waits."""
        before = self.form.instance.proposed_at
        saved = actions.save_column(by=self.request.user, column_id=self.form.instance.pk, **self.form.details())
        if saved.proposed_at and saved.proposed_at != before:
            sentence = _("The heading, the guidance or the wider audience takes effect once an approver confirms it.")
            messages.warning(self.request, sentence)
        return saved

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the last columns of the template, beside which the column stands."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return shown | {"shipped": COLUMNS[-2:], "in_template": ExtraColumn.objects.in_files()}


class ColumnCreateView(_SavesColumn, generic.CreateView):
    """Add a column."""


class ColumnEditView(_SavesColumn, generic.EditView):
    """Change a column."""


class ColumnViewSet(ModelViewSet):
    """Columns that the province adds: list, add, edit. None is ever deleted: items of decided versions hold values."""

    model = ExtraColumn
    name = "columns"
    menu_name = "columns"
    icon = "list-ol"
    menu_label = _("Extra columns")
    menu_order = 310
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = ColumnCreateView
    edit_view_class = ColumnEditView
    create_template_name = edit_template_name = "catalogs/column_form.html"
    ordering = ["position", "pk"]
    list_display = [
        TitleColumn("name", label=capfirst(_("heading")), url_name="columns:edit"),
        Column("kind", label=capfirst(_("what stands in it")), accessor="get_kind_display"),
        Column("audience", label=capfirst(_("who sees it")), accessor="get_audience_display"),
        BooleanColumn("required", label=capfirst(_("must be filled in"))),
        BooleanColumn("in_use", label=capfirst(_("in use"))),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ColumnForm]:
        return ColumnForm


column_viewset = ColumnViewSet()
