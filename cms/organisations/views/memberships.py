"""Screens of who acts in which role for which agency."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.screens import Column, link_to
from cms.organisations import actions
from cms.organisations.forms import MembershipFilterForm, MembershipGrantForm, ReasonForm
from cms.organisations.models import Membership, MembershipQuerySet
from cms.organisations.permissions import can_administer, can_confirm, can_see_memberships, waiting_for
from cms.organisations.views.base import FormScreen, ListScreen
from cms.users.enums import PARTIAL_ROLES

_LIST = ("organisations:membership_list", gettext_lazy("Roles"))


class MembershipListScreen(ListScreen):
    """Who holds which role; what waits for a second person stands first."""

    template_name = "organisations/membership_list.html"
    empty = gettext_lazy("No role is like this.")
    page_title = gettext_lazy("Roles")
    header_icon = "key"
    filter_form_class = MembershipFilterForm
    opens_to = staticmethod(can_see_memberships)

    def get_queryset(self) -> MembershipQuerySet:
        form: MembershipFilterForm = self.filter_form  # type: ignore[assignment]
        memberships: MembershipQuerySet = form.narrow()
        return memberships.select_related("user", "agency", "scope_agency", "granted_by").order_by(
            "agency__path", "role", "pk"
        )

    def get_columns(self) -> list[Column]:
        return [
            Column("user", gettext_lazy("Person"), _person),
            Column("role", gettext_lazy("Role"), "get_role_display"),
            Column("agency", gettext_lazy("Agency"), "agency.name"),
            Column("scope", gettext_lazy("Over which part"), _scope),
            Column("valid_from", gettext_lazy("From")),
            Column("valid_to", gettext_lazy("To")),
            Column("state", gettext_lazy("State"), _state),
            Column("acts", gettext_lazy("Actions"), self._acts, is_for_acts=True),
        ]

    def present(self, rows: list[Membership]) -> list[Membership]:
        listed = waiting_for(self.person).filter(pk__in=[membership.pk for membership in rows])
        self.confirmable = set(listed.values_list("pk", flat=True))
        return rows

    def _acts(self, membership: Membership) -> SafeString:
        acts = [("confirm", _("Confirm"), _("Confirm: %(role)s")), ("refuse", _("Refuse"), _("Refuse: %(role)s"))]
        acts = acts if membership.pk in self.confirmable else []
        if can_administer(self.person) and membership.user_id != self.person.pk and membership.revoked_at is None:
            acts.append(("revoke", _("Revoke"), _("Revoke: %(role)s")))
        links = []
        for act, label, about in acts:
            where = reverse(f"organisations:membership_{act}", args=[membership.pk])
            links.append((link_to(where, label, about % {"role": membership}),))
        return format_html_join(" ", "{}", links)

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("organisations:membership_grant"), _("Give a role"))] if can_administer(self.person) else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(waiting=Membership.objects.unconfirmed().count(), **kwargs)


def _person(membership: Membership) -> SafeString:
    return format_html("{} <code>{}</code>", membership.user.full_name, membership.user.username)


def _scope(membership: Membership) -> str:
    if membership.role not in PARTIAL_ROLES:
        return ""
    return membership.scope_label or _("the whole province")


def _state(membership: Membership) -> SafeString:
    return render_to_string("organisations/includes/membership_state.html", {"membership": membership})


class MembershipGrantScreen(FormScreen):
    """Give a person a role."""

    above = _LIST
    page_title = gettext_lazy("Give a role")
    header_icon = "plus"
    form_class = MembershipGrantForm
    submit_label = gettext_lazy("Give the role")
    explanation = gettext_lazy(
        "The roles that appraise, of the provincial approver and of the technical administrator take effect when a "
        "second person confirms them."
    )

    def get_initial(self) -> dict[str, Any]:
        """Start with the person or agency from whose screen one came."""
        start = super().get_initial()
        return start | {name: value for name, value in self.request.GET.items() if name in ("user", "agency")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.person}

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        membership = actions.grant_membership(by=self.person, **form.cleaned_data)
        waits = _("The role waits for a second person to confirm it.")
        messages.success(self.request, waits if membership.needs_confirmation else _("The role has been given."))
        return redirect(self.get_success_url())


class MembershipScreen(FormScreen):
    """Something done to one role."""

    above = _LIST

    @cached_property
    def membership(self) -> Membership:
        """Return the membership, or answer 404."""
        return get_object_or_404(
            Membership.objects.select_related("user", "agency", "scope_agency", "granted_by"), pk=self.kwargs["pk"]
        )

    def get_page_subtitle(self) -> str:
        return str(self.membership)


class SecondPersonScreen(MembershipScreen):
    """What the second person does with a role that waits."""

    opens_to = staticmethod(can_see_memberships)
    template_name = "organisations/membership_second_person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the role, and whether this person may be the second one."""
        may_confirm = can_confirm(self.request.user, self.membership)
        return super().get_context_data(**kwargs) | {"membership": self.membership, "may_confirm": may_confirm}


class MembershipConfirmationScreen(SecondPersonScreen):
    """Confirm a role as the second person."""

    page_title = gettext_lazy("Confirm a role")
    header_icon = "check"
    form_class = forms.Form
    submit_label = gettext_lazy("Confirm")
    explanation = gettext_lazy(
        "Confirm it when you know from the person themselves, not from who gave it, that they are to have this role "
        "and that the account is theirs alone."
    )
    success_message = gettext_lazy("The role has been confirmed and is in effect.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        """Let the role take effect; nothing was typed that a refusal would lose, so it leads back to the list."""
        actions.confirm_membership(by=self.person, membership=self.membership)
        messages.success(self.request, self.success_message)
        return redirect(self.get_success_url())


class MembershipRefusalScreen(SecondPersonScreen):
    """Turn a role down as the second person, with a reason."""

    page_title = gettext_lazy("Refuse a role")
    header_icon = "cross"
    form_class = ReasonForm
    submit_label = gettext_lazy("Refuse")
    explanation = gettext_lazy("The role never takes effect. Who gave it reads the reason in the ledger.")
    success_message = gettext_lazy("The role has been refused.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.refuse_membership(by=self.person, membership=self.membership, **form.cleaned_data)


class MembershipRevokeScreen(MembershipScreen):
    """Take a role from a person, with a reason."""

    page_title = gettext_lazy("Revoke a role")
    header_icon = "cross"
    form_class = ReasonForm
    submit_label = gettext_lazy("Revoke")
    explanation = gettext_lazy("The person is signed out everywhere; their next request acts without the role.")
    success_message = gettext_lazy("The role has been revoked.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.revoke_membership(by=self.person, membership=self.membership, **form.cleaned_data)
