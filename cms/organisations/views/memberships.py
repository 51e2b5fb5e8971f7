"""Screens of who acts in which role for which agency."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from cms.organisations import actions
from cms.organisations.forms import MembershipFilterForm, MembershipGrantForm, ReasonForm
from cms.organisations.models import Membership, MembershipQuerySet
from cms.organisations.permissions import can_confirm, can_see_memberships
from cms.organisations.views.base import FormScreen, ListScreen, Screen

_LIST = ("organisations:membership_list", gettext_lazy("Roles"))


class MembershipListScreen(ListScreen):
    """Who holds which role; what waits for a second person stands first."""

    template_name = "organisations/membership_list.html"
    page_title = gettext_lazy("Roles")
    header_icon = "key"
    filter_form_class = MembershipFilterForm
    opens_to = staticmethod(can_see_memberships)
    context_object_name = "memberships"

    def get_queryset(self) -> MembershipQuerySet:
        """Return what the filter leaves, by agency and role."""
        form: MembershipFilterForm = self.filter_form  # type: ignore[assignment]
        found: MembershipQuerySet = form.narrow()
        return found.select_related("user", "agency", "granted_by").order_by("agency__path", "role", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add to each row whether this person may confirm it, and how many wait in all."""
        context = super().get_context_data(**kwargs)
        for membership in context["memberships"]:
            membership.can_be_confirmed = membership.state == "waiting" and can_confirm(self.request.user, membership)
        return context | {"waiting": Membership.objects.unconfirmed().count()}


class MembershipGrantScreen(FormScreen):
    """Give a person a role."""

    above = _LIST
    page_title = gettext_lazy("Give a role")
    header_icon = "plus"
    form_class = MembershipGrantForm
    submit_label = gettext_lazy("Give the role")
    explanation = gettext_lazy(
        "The roles of approver, provincial approver and technical administrator take effect when a second person "
        "confirms them."
    )

    def get_initial(self) -> dict[str, Any]:
        """Start with the person or agency from whose screen one came."""
        start = super().get_initial()
        return start | {name: value for name, value in self.request.GET.items() if name in ("user", "agency")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Leave oneself out of the people."""
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        """Grant it and say whether it waits."""
        membership = actions.grant_membership(by=self.person, **form.cleaned_data)
        waits = _("The role waits for a second person to confirm it.")
        messages.success(self.request, waits if membership.needs_confirmation else _("The role has been given."))
        return redirect(self.get_success_url())


class MembershipConfirmation(Screen, View):
    """Confirm a role as the second person."""

    above = _LIST
    opens_to = staticmethod(can_see_memberships)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the role take effect."""
        membership = get_object_or_404(Membership, pk=pk)
        actions.confirm_membership(by=self.person, membership=membership)
        messages.success(request, _("The role has been confirmed and is in effect."))
        return redirect(self.refused_url())


class MembershipRevokeScreen(FormScreen):
    """Take a role from a person, with a reason."""

    above = _LIST
    page_title = gettext_lazy("Revoke a role")
    header_icon = "cross"
    form_class = ReasonForm
    submit_label = gettext_lazy("Revoke")
    explanation = gettext_lazy("The person is signed out everywhere; their next request acts without the role.")
    success_message = gettext_lazy("The role has been revoked.")

    @cached_property
    def membership(self) -> Membership:
        """Return the membership, or answer 404."""
        return get_object_or_404(Membership.objects.select_related("user", "agency"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Return who has which role where."""
        return str(self.membership)

    def perform(self, form: forms.BaseForm) -> None:
        """Revoke it."""
        actions.revoke_membership(by=self.person, membership=self.membership, **form.cleaned_data)
