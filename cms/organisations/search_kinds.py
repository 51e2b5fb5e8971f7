"""Agencies, officers and accounts, as the search over everything finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.organisations.finder import Hit, SearchKind
from cms.organisations.models import Agency, AgencyQuerySet, Membership, Officer, Posting
from cms.organisations.models.officers import OfficerQuerySet
from cms.organisations.permissions import can_administer, can_see_agencies, can_see_officers
from cms.users.models import AccountQuerySet, User


def _officers(user: Any, text: str, agency: Agency | None) -> OfficerQuerySet:
    officers: OfficerQuerySet = Officer.objects.visible_to(user).search(text).order_by("code")
    return officers.posted(Posting.objects.visible_to(user).within(agency)) if agency else officers


def _show_officers(officers: OfficerQuerySet) -> Iterator[tuple[Officer, Hit]]:
    """Name nothing but the officer: who posted them where is for the officer's own screen to say to whom."""
    for officer in officers:
        url = reverse("organisations:officer_edit", args=[officer.pk])
        yield officer, Hit(officer.name, url, officer.code, about=officer.get_category_display())


def _agencies(user: Any, text: str, agency: Agency | None) -> AgencyQuerySet:
    found: AgencyQuerySet = Agency.objects.search(text)
    return found.within({agency.path}) if agency else found


def _show_agencies(agencies: AgencyQuerySet) -> Iterator[tuple[Agency, Hit]]:
    for agency in agencies:
        url = reverse("organisations:agency_edit", args=[agency.pk])
        yield agency, Hit(agency.name, url, agency.code, about=agency.get_kind_display())


def _accounts(user: Any, text: str, agency: Agency | None) -> AccountQuerySet:
    found: AccountQuerySet = User.objects.search(text).order_by("full_name", "pk")
    if agency is None:
        return found
    memberships = Membership.objects.filter(agency__path__startswith=agency.path)
    return found.filter(pk__in=memberships.values("user"))


def _show_accounts(accounts: AccountQuerySet) -> Iterator[tuple[User, Hit]]:
    for account in accounts:
        url = reverse("organisations:account_edit", args=[account.pk])
        yield account, Hit(account.full_name, url, account.username)


def officers() -> SearchKind:
    return SearchKind("officers", _("Officers"), 300, can_see_officers, _officers, _show_officers)


def agencies() -> SearchKind:
    """Return the tree of agencies, for those who read it."""
    return SearchKind("agencies", _("Agencies"), 500, can_see_agencies, _agencies, _show_agencies)


def accounts() -> SearchKind:
    """Return accounts, for those who keep them."""
    return SearchKind(
        "accounts", _("Accounts"), 600, can_administer, _accounts, _show_accounts, name="full_name", code="username"
    )
