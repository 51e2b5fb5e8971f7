"""Sending e-mail: one message a reader, after the transaction, beside the request; what fails is in the log."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django_tasks import task

logger = logging.getLogger(__name__)


def address_of(view: str, *args: object) -> str:
    """Return the full address of a screen of ours, as a mail needs it."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(view, args=args)}"


def send_notice(subject: str, lines: Sequence[str], to: Iterable[str]) -> None:
    """Send each of these addresses the same message once the transaction is kept; without addresses nothing happens.

    An outside fault undoes nothing of what the notice is about: it is written into the log as an error, with how many
    went unsent and never to whom.
    """
    addresses = sorted(set(filter(None, to)))
    title, text = " ".join(subject.split()), "\n".join(lines)
    if addresses:
        transaction.on_commit(lambda: _deliver.enqueue(title, text, addresses))


@task(backend="background")
def _deliver(subject: str, text: str, addresses: list[str]) -> None:
    sent = 0
    try:
        with mail.get_connection() as connection:
            for address in addresses:
                mail.EmailMessage(subject, text, to=[address], connection=connection).send()
                sent += 1
    except OSError:  # of which smtplib's errors are kinds
        logger.exception("%s of %s e-mails were not sent: %s", len(addresses) - sent, len(addresses), subject)
