"""Screens of delegations, for those who write an agency's officers; those who read them read these as well."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.screens import Column, below, link_to
from cms.organisations import actions
from cms.organisations.delegation_forms import DelegationFilterForm, DelegationForm
from cms.organisations.forms import ReasonForm
from cms.organisations.models import Delegation, DelegationQuerySet
from cms.organisations.permissions import can_see_officers, can_staff
from cms.organisations.views.base import FormScreen, ListScreen

_LIST = ("organisations:delegation_list", gettext_lazy("Delegations"))
_STATES = {
    "revoked": gettext_lazy("Revoked"),
    "ended": gettext_lazy("Ended"),
    "future": gettext_lazy("To come"),
    "active": gettext_lazy("In force"),
}


class DelegationListScreen(ListScreen):
    """Who manages or decides for some days otherwise than by postings; the latest first."""

    page_title = _LIST[1]
    header_icon = "user"
    opens_to = staticmethod(can_see_officers)
    filter_form_class = DelegationFilterForm
    empty = gettext_lazy("No delegation is like this.")

    def get_queryset(self) -> DelegationQuerySet:
        form: DelegationFilterForm = self.filter_form  # type: ignore[assignment]
        return form.narrow(Delegation.objects.visible_to(self.person)).with_names().order_by("-valid_from", "-pk")

    def get_columns(self) -> list[Column]:
        return [
            Column("kind", gettext_lazy("Kind"), "get_kind_display", below=lambda one: below(one.reason)),
            Column("from", gettext_lazy("Of"), lambda one: one.from_officer or one.agency, below=_home),
            Column("to", gettext_lazy("Manages instead"), lambda one: one.to_officer or one.to_agency),
            Column("valid_from", gettext_lazy("From")),
            Column("valid_to", gettext_lazy("To")),
            Column("state", gettext_lazy("State"), lambda one: _STATES[one.state], below=_revocation),
            Column("acts", gettext_lazy("Actions"), self._acts, is_for_acts=True),
        ]

    def present(self, rows: list[Delegation]) -> list[Delegation]:
        writable = Delegation.objects.writable_by(self.person).filter(pk__in=[one.pk for one in rows])
        self.writable = set(writable.values_list("pk", flat=True)) if can_staff(self.person) else set()
        return rows

    def is_past(self, row: Delegation) -> bool:
        return row.state in ("revoked", "ended")

    def buttons(self) -> list[tuple[str, Any]]:
        own = [(reverse("organisations:delegation_add"), _("Write a delegation down"))]
        return [*(own if can_staff(self.person) else []), (reverse("organisations:officer_list"), _("Officers"))]

    def _acts(self, delegation: Delegation) -> SafeString | str:
        if delegation.pk not in self.writable or self.is_past(delegation):
            return ""
        where = reverse("organisations:delegation_revoke", args=[delegation.pk])
        return link_to(where, _("Revoke"), _("Revoke: %(delegation)s") % {"delegation": delegation})


def _home(delegation: Delegation) -> SafeString:
    return below(delegation.agency if delegation.from_officer else "")


def _revocation(delegation: Delegation) -> SafeString:
    return below(delegation.revocation_reason)


class DelegationAddScreen(FormScreen):
    """Write a delegation down."""

    above = _LIST
    page_title = gettext_lazy("Write a delegation down")
    header_icon = "plus"
    form_class = DelegationForm
    opens_to = staticmethod(can_staff)
    explanation = gettext_lazy(
        "For some days somebody manages or decides otherwise than the postings say. It begins today at the earliest, "
        "is never to oneself, and never lets managers stand in a circle."
    )
    success_message = gettext_lazy("The delegation has been written down.")

    def get_initial(self) -> dict[str, Any]:
        """Start with the officer from whose screen one came."""
        return super().get_initial() | {"from_officer": self.request.GET.get("from_officer", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> None:
        actions.delegate(by=self.person, values=form.values())  # type: ignore[attr-defined]


class DelegationRevokeScreen(FormScreen):
    """End a delegation before its day. Those that the person may not end are not found."""

    above = _LIST
    page_title = gettext_lazy("Revoke a delegation")
    header_icon = "cross"
    form_class = ReasonForm
    opens_to = staticmethod(can_staff)
    submit_label = gettext_lazy("Revoke")
    explanation = gettext_lazy("From today on it no longer holds; what it did until yesterday stays as it was.")
    success_message = gettext_lazy("The delegation has been revoked.")

    @cached_property
    def delegation(self) -> Delegation:
        """Return the delegation of the address."""
        return get_object_or_404(Delegation.objects.writable_by(self.person).with_names(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.delegation)

    def perform(self, form: forms.BaseForm) -> None:
        actions.revoke_delegation(by=self.person, delegation=self.delegation, **form.cleaned_data)
