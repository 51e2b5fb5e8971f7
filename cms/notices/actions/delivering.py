"""Sending the e-mails of messages: at once, and again with growing pauses where that failed."""

from __future__ import annotations

import datetime
import logging
import smtplib
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core import mail
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from cms.notices.enums import UNSENT, EmailError, EmailState
from cms.notices.models import LEASE, Message, MessageQuerySet

logger = logging.getLogger(__name__)

# Pauses after the first failure and those after it; the last holds for every later one.
WAITS = tuple(datetime.timedelta(minutes=minutes) for minutes in (5, 15, 60, 120, 240))
# For so long a message is tried; then it is given up and stands in the log.
PATIENCE = datetime.timedelta(days=5)
CHUNK = 200


@task(backend="background")
def deliver(keys: list[int]) -> None:
    """Send the e-mails of these messages that are due; what fails is in the log, with how many and never to whom."""
    rows = Message.objects.filter(pk__in=keys)
    list(_send_rows(rows))
    if unsent := rows.filter(email_state=EmailState.FAILED).count():
        logger.error("%s of %s e-mails were not sent", unsent, len(keys))


def send_due() -> Iterator[int]:
    """Send what is due; yield after each chunk how many went out.

    Safe to repeat and to run twice at once: a message is claimed before it is sent. Of a run that was killed the one
    message that was being sent goes again after LEASE, with the same Message-ID, by which mail systems know it.
    """
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield from _send_rows(Message.objects.filter(pk__lte=last))


def _send_rows(rows: MessageQuerySet) -> Iterator[int]:
    after = 0
    while keys := list(rows.due().filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK]):
        after = keys[-1]
        try:
            with mail.get_connection() as connection:
                yield sum(_send_one(connection, key) for key in keys)
        except OSError as fault:  # of which smtplib's errors are kinds
            logger.exception("the mail server cannot be reached")
            _fail(rows.due(), _kind_of(fault, EmailError.UNREACHABLE))
            return


def _send_one(connection: Any, key: int) -> bool:
    now = timezone.now()
    claimed = Message.objects.filter(pk=key, email_state__in=UNSENT, next_try_at__lte=now)
    if not claimed.update(next_try_at=now + LEASE):
        return False
    row = Message.objects.get(pk=key)
    host = settings.WAGTAILADMIN_BASE_URL.split("//")[-1].rstrip("/")
    letter = mail.EmailMessage(
        row.subject, row.text, to=[row.address], connection=connection,
        headers={"Message-ID": f"<tin-{row.pk}@{host}>"},
    )  # fmt: skip
    try:
        letter.send()
    except (OSError, ValueError) as fault:  # ValueError: an address or a subject of which no e-mail can be made
        logger.warning("an e-mail was refused: %s", type(fault).__name__)
        error = _kind_of(fault, EmailError.REFUSED)
        _fail(Message.objects.filter(pk=key), error)
        if error == EmailError.UNREACHABLE:
            raise
        return False
    changes = {"email_state": EmailState.SENT, "sent_at": timezone.now(), "error": ""}
    Message.objects.filter(pk=key).update(attempts=F("attempts") + 1, **changes)
    return True


def _fail(rows: MessageQuerySet, error: EmailError) -> None:
    """Have rows tried again later, each after the pause of its tries; give up those that were tried for long."""
    now = timezone.now()
    rows = Message.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    old = rows.filter(made_at__lt=now - PATIENCE)
    old.update(email_state=EmailState.ABANDONED, attempts=F("attempts") + 1, error=error)
    by_tries: dict[int, list[int]] = {}
    for key, attempts in rows.filter(email_state__in=UNSENT).values_list("pk", "attempts"):
        by_tries.setdefault(min(attempts, len(WAITS) - 1), []).append(key)
    for tries, keys in by_tries.items():
        changes = {"email_state": EmailState.FAILED, "error": error, "next_try_at": now + WAITS[tries]}
        _update(keys, attempts=F("attempts") + 1, **changes)


def _update(keys: Sequence[int], **changes: Any) -> None:
    for first in range(0, len(keys), CHUNK):
        Message.objects.filter(pk__in=keys[first : first + CHUNK]).update(**changes)


def _kind_of(fault: Exception, otherwise: EmailError) -> EmailError:
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return EmailError.SIGN_IN
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return EmailError.ADDRESS
    if isinstance(fault, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError | TimeoutError | ConnectionError):
        return EmailError.UNREACHABLE
    return otherwise
