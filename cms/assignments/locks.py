"""Whether what was done in a month is final: evaluations, which stand above this app, lock it."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.utils.translation import gettext as _

from cms.core.dates import format_date_vi
from cms.core.errors import WrongState
from cms.core.extension import ExtensionPoint
from cms.organisations.models import Agency

is_locked: ExtensionPoint[[int, datetime.date], bool] = ExtensionPoint("whether a month of an officer's work is locked")

locked_months: ExtensionPoint[[Collection[int], datetime.date, datetime.date], set[tuple[int, datetime.date]]] = (
    ExtensionPoint("which months of these officers' work are locked, from one day to another")
)
is_plan_locked: ExtensionPoint[[str, datetime.date], bool] = ExtensionPoint(
    "whether the plan tasks that an agency, at a path of the tree, has to carry out by a day are locked"
)


def require_unlocked(officer: int, month: datetime.date) -> None:
    """Raise ``WrongState`` where the officer's work of the month is final; the database refuses it as well."""
    if is_locked(officer, month):
        raise _refusal(month)


def require_all_unlocked(pairs: Collection[tuple[int, datetime.date]]) -> None:
    """Raise ``WrongState`` where any of these months (first days) of these officers' work is final."""
    if pairs:
        months = [month for _officer, month in pairs]
        final = locked_months({officer for officer, _month in pairs}, min(months), max(months)).intersection(pairs)
        if final:
            raise _refusal(min(month for _officer, month in final))


def _refusal(month: datetime.date) -> WrongState:
    words = {"month": f"{month:%m/%Y}"}
    return WrongState(_("The results of %(month)s are locked; its work changes only after a reopening.") % words)


def require_plan_unlocked(agency: Agency, due_on: datetime.date) -> None:
    """Raise ``WrongState`` where the agency's tasks due on the day are final; the database refuses it as well."""
    if is_plan_locked(agency.path, due_on):
        words = {"agency": agency, "day": format_date_vi(due_on)}
        raise WrongState(_("The results of %(agency)s on %(day)s are locked; its plan tasks change no more.") % words)
