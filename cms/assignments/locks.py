"""Whether what was done in a month is final: evaluations, which stand above this app, lock it."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from cms.core.errors import WrongState
from cms.core.extension import ExtensionPoint

is_locked: ExtensionPoint[[int, datetime.date], bool] = ExtensionPoint("whether a month of an officer's work is locked")


def require_unlocked(officer: int, month: datetime.date) -> None:
    """Raise ``WrongState`` where the officer's work of the month is final; the database refuses it as well."""
    if is_locked(officer, month):
        words = {"month": f"{month:%m/%Y}"}
        raise WrongState(_("The results of %(month)s are locked; its work changes only after a reopening.") % words)
