"""What one person wants changed of an added column waits for a second one, who looks at it here."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import FormView
from wagtail.admin.ui.components import Component

from catalog_pages.admin.screens import CatalogScreen
from cms.catalogs import actions, permissions
from cms.catalogs.enums import Audience
from cms.catalogs.models import CatalogVersion, ExtraColumn
from cms.core.errors import WrongState
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES


class ProposalForm(forms.Form):
    """When what is looked at was proposed, and a reason for whoever refuses it."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_lazy("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("Needed to refuse; it stays in the ledger."),
    )  # fmt: skip


class ColumnProposalView(CatalogScreen, FormView):
    """What is proposed of a column, beside what it says now; an approver confirms or refuses it."""

    template_name = "catalog_pages/admin/column_proposal.html"
    form_class = ProposalForm
    page_title = _lazy("Change of an extra column")

    def may_open(self, request: HttpRequest) -> bool:
        """Let in those who add columns, and those who confirm their changes."""
        return access_for(request.user).has(*APPRAISING_ROLES)

    @cached_property
    def column(self) -> ExtraColumn:
        """Return the column, or answer 404."""
        return get_object_or_404(ExtraColumn.objects.select_related("proposed_by"), pk=self.kwargs["column_pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.column.proposed_at is None:
            raise WrongState(_("Nothing is proposed of this column any more."))
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        at = self.column.proposed_at
        return {"seen": at and at.isoformat()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what would change, how many versions it would change, and what this person may do."""
        return super().get_context_data(
            column=self.column, changes=changes_of(self.column),
            frozen=CatalogVersion.objects.frozen().holding(self.column.key).count(),
            may_confirm=permissions.can_confirm_column(self.person, self.column),
            may_drop=permissions.can_drop_proposal(self.person, self.column), **kwargs,
        )  # fmt: skip

    def form_valid(self, form: ProposalForm) -> HttpResponse:
        if self.request.POST.get("act") == "confirm":
            seen: datetime.datetime = form.cleaned_data["seen"]
            actions.confirm_column(by=self.person, column=self.column, seen=seen)
            messages.success(self.request, _("The change of the column has been confirmed and is in effect."))
        else:
            actions.refuse_column(by=self.person, column=self.column, reason=form.cleaned_data["reason"])
            messages.success(self.request, _("The change of the column has been dropped."))
        return redirect("wagtailadmin_home")

    def refused_url(self) -> str:
        """Lead back to what waits, or home where nothing does any more."""
        if ExtraColumn.objects.waiting().filter(pk=self.kwargs["column_pk"]).exists():
            return reverse("catalogs:column_proposal", args=[self.kwargs["column_pk"]])
        return reverse("wagtailadmin_home")


def changes_of(column: ExtraColumn) -> list[tuple[str, str, str]]:
    """Return what is proposed of a column, as (what, now, proposed)."""
    fields = {name: cast(Field[Any, Any], ExtraColumn._meta.get_field(name)) for name in column.proposed}
    return [
        (str(capfirst(fields[name].verbose_name)), _shown(name, getattr(column, name)), _shown(name, value))
        for name, value in column.proposed.items()
    ]


def _shown(name: str, value: str) -> str:
    return str(Audience(value).label) if name == "audience" else value


class WaitingColumnsPanel(Component):
    """For approvers: changes of added columns that wait for them; nothing where nothing waits."""

    name = "waiting_columns"
    template_name = "catalog_pages/admin/home_columns.html"
    order = 125

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the columns; there are never many."""
        user = parent_context["request"].user
        return {"waiting": list(ExtraColumn.objects.waiting().exclude(proposed_by=user))}
