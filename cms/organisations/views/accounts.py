"""Screens of accounts: who can log in at all. What they may do there is given as roles, elsewhere."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.core.screens import Column
from cms.organisations import actions
from cms.organisations.forms import AccountEditForm, AccountFilterForm, AccountForm, ReasonForm
from cms.organisations.views.base import FormScreen, ListScreen
from cms.users.lockout import recent_failures
from cms.users.models import User

_LIST = ("organisations:account_list", _("Accounts"))


class AccountListScreen(ListScreen):
    """Every account, whether it is open, and whether it has a second factor."""

    page_title = _("Accounts")
    header_icon = "user"
    filter_form_class = AccountFilterForm
    context_object_name = "accounts"
    empty = _("No account is like this.")
    columns = (
        Column("full_name", _("Full name"), url_name="organisations:account_edit"),
        Column("username", _("Username"), is_code=True),
        Column("email", _("E-mail address"), lambda account: account.email or " "),
        Column("second_factor", _("Second factor"), lambda account: _("Set up") if account.has_second_factor else ""),
        Column("last_login", _("Last sign-in")),
        Column("state", _("State"), lambda account: _("Open") if account.is_active else _("Closed")),
    )

    def buttons(self) -> list[tuple[str, Any]]:
        return [(reverse("organisations:account_add"), _("Add an account"))]

    def is_past(self, row: User) -> bool:
        return not row.is_active

    def get_queryset(self) -> QuerySet[User]:
        filters = self.narrowed
        accounts = User.objects.search(filters.get("q", "")).order_by("full_name", "pk")
        if filters.get("state"):
            accounts = accounts.filter(is_active=filters["state"] == "open")
        return accounts.annotate(has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"))))


class AccountAddScreen(FormScreen):
    """Add an account; its temporary password is shown once."""

    above = _LIST
    page_title = _("Add an account")
    header_icon = "plus"
    form_class = AccountForm
    explanation = _("The account can do nothing until it is given a role.")

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        user, password = actions.add_account(by=self.person, **form.cleaned_data)
        return _show_password(self, user, password)


class AccountScreen(FormScreen):
    """Something done to one account."""

    above = _LIST
    header_icon = "user"
    form_class: type[forms.BaseForm] = ReasonForm

    @cached_property
    def account(self) -> User:
        """Return the account, or answer 404."""
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return f"{self.account.full_name} ({self.account.username})"

    def get_success_url(self) -> str:
        return reverse("organisations:account_edit", args=[self.account.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"account": self.account, "back_url": self.get_success_url()}


class AccountEditScreen(AccountScreen):
    """One account: name, address, roles, and ways to what else can be done."""

    template_name = "organisations/account_edit.html"
    page_title = _("Account")
    form_class = AccountEditForm
    success_message = _("The account has been saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Work on a copy, so that the action sees what was there before."""
        return super().get_form_kwargs() | {"instance": User.objects.get(pk=self.account.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the roles that the person holds and the second factors."""
        return super().get_context_data(**kwargs) | {
            "memberships": self.account.memberships.current().select_related("agency", "scope_agency"),
            "has_second_factor": Authenticator.objects.filter(user=self.account).exists(),
            "is_linked": SocialAccount.objects.filter(user=self.account).exists(),
            "failures": recent_failures(self.account),
            "is_own": self.account == self.request.user,
            "back_url": reverse("organisations:account_list"),
        }

    def perform(self, form: forms.BaseForm) -> None:
        actions.edit_account(by=self.person, user=self.account, **form.cleaned_data)


class AccountClosingScreen(AccountScreen):
    """Close an account, or open a closed one again."""

    success_message = _("The account has been saved.")
    explanation = _("A closed account keeps its history and can be opened again; accounts are never deleted.")

    def get_page_title(self) -> Any:
        return _("Close an account") if self.account.is_active else _("Open an account again")

    def perform(self, form: forms.BaseForm) -> None:
        active = not self.account.is_active
        actions.set_account_active(by=self.person, user=self.account, active=active, **form.cleaned_data)


class AccountPasswordScreen(AccountScreen):
    """Give an account a temporary password."""

    page_title = _("Reset the password")
    submit_label = _("Reset the password")
    explanation = _(
        "The person gets a temporary password that you hand over, and chooses their own when they sign in. Roles that "
        "decide wait for a second person again."
    )

    def perform(self, form: forms.BaseForm) -> HttpResponse:
        password = actions.reset_password(by=self.person, user=self.account, **form.cleaned_data)
        return _show_password(self, self.account, password)


class AccountSecondFactorScreen(AccountScreen):
    """Remove a lost second factor."""

    page_title = _("Remove the second factor")
    submit_label = _("Remove")
    explanation = _("For a lost phone or key. Roles that decide wait for a second person again.")
    success_message = _("The second factor has been removed.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.reset_second_factor(by=self.person, user=self.account, **form.cleaned_data)


class AccountReleaseScreen(AccountScreen):
    """Let an account sign in again that failed attempts have locked."""

    page_title = _("Let sign in again")
    submit_label = _("Let sign in again")
    explanation = _(
        "Failed attempts pause signing in for half an hour. Ask the person first whether the attempts were theirs; "
        "if not, somebody is guessing the password."
    )
    success_message = _("The account can sign in again.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.release_account(by=self.person, user=self.account, **form.cleaned_data)


class AccountUnlinkScreen(AccountScreen):
    """Forget whom the identity provider calls an account."""

    page_title = _("Unlink the identity provider")
    submit_label = _("Unlink")
    explanation = _("At the next sign-in the account is linked anew with whom the provider then names. Sessions end.")
    success_message = _("The account has been unlinked.")

    def perform(self, form: forms.BaseForm) -> None:
        actions.unlink_identity(by=self.person, user=self.account, **form.cleaned_data)


def _show_password(screen: FormScreen, user: User, password: str) -> HttpResponse:
    """Answer with the password itself: it is in no address, session or message that would outlive the page."""
    context = screen.get_context_data(form=None) | {"account": user, "password": password}
    return screen.response_class(screen.request, "organisations/account_password.html", context)
