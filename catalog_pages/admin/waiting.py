"""What of catalogs waits for a person, as the message of the week counts it; the first screen has panels of its own."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from catalog_pages.admin import progress
from cms.catalogs.enums import AGENCY_EDITABLE
from cms.catalogs.models import ExtraColumn
from cms.catalogs.permissions import may_confirm_columns
from cms.catalogs.progress import NOT_STARTED, agencies_in
from cms.catalogs.rounds import current_rounds
from cms.core.waiting import WaitingKind
from cms.organisations.access import access_for
from cms.organisations.models import Agency
from cms.users.enums import PARTIAL_ROLES, WRITING_AGENCY_ROLES

_HOME = reverse_lazy("wagtailadmin_home")


def to_submit() -> WaitingKind:
    """Return the person's agencies whose turn it is in a round that is going on."""
    return WaitingKind(
        _("agencies of yours whose catalog is to be submitted"), _HOME,
        lambda user: access_for(user).has(*WRITING_AGENCY_ROLES), _agencies_to_submit, has_own_panel=True,
    )  # fmt: skip


def _agencies_to_submit(user: Any) -> QuerySet[Agency]:
    rounds = current_rounds()
    parts = [part for part, round_ in rounds.parts() if round_]
    own = Agency.objects.none() if not parts else agencies_in(rounds).filter(reduce(or_, parts))
    return own.filter(pk__in=access_for(user).own_agencies(), standing__in=[NOT_STARTED, *AGENCY_EDITABLE])


def to_review() -> WaitingKind:
    """Return the versions to appraise, to give an opinion on, or to decide."""
    return WaitingKind(
        _("catalogs to appraise or decide"), _HOME, lambda user: access_for(user).holds(*PARTIAL_ROLES),
        progress.waiting_for, has_own_panel=True,
    )  # fmt: skip


def columns_to_confirm() -> WaitingKind:
    """Return the changes of extra columns that somebody else proposed."""
    return WaitingKind(
        _("changes of extra columns to confirm"), _HOME, may_confirm_columns,
        lambda user: ExtraColumn.objects.waiting().exclude(proposed_by=user), has_own_panel=True,
    )  # fmt: skip
