"""Trying again what failed or was given up."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError, NotAllowed
from cms.notices.enums import EmailState
from cms.notices.models import MessageQuerySet
from cms.notices.permissions import can_see_log
from cms.users.models import User

RETRIED = (EmailState.FAILED, EmailState.ABANDONED)


@transaction.atomic
def retry_messages(*, by: User, messages: MessageQuerySet) -> int:
    """Have the next run of ``send_messages`` try what of these failed or was given up; return how many that is."""
    if not can_see_log(by):
        raise NotAllowed(_("Only a technical administrator may do this."))
    again = messages.filter(email_state__in=RETRIED)
    count = again.order_by().update(email_state=EmailState.WAITING, next_try_at=timezone.now())
    if not count:
        raise DomainError(_("None of these messages failed."), code="nothing_to_retry")
    record(by=by, action="message.retry", subject=by, after={"messages": count})
    return count
