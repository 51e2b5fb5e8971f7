"""Sending e-mail: one message a reader, after the transaction, beside the request; what fails is in the log."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django_tasks import task

logger = logging.getLogger(__name__)


def address_of(view: str, *args: object) -> str:
    """Return the full address of a screen of ours, as a mail needs it."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(view, args=args)}"


@contextmanager
def in_the_platforms_language() -> Iterator[None]:
    """Write in it whatever the language of whoever acted."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


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
    unsent = list(addresses)
    try:
        with mail.get_connection() as connection:
            unsent = [address for address in addresses if not is_sent(connection, subject, text, address)]
    except OSError:  # of which smtplib's errors are kinds
        logger.exception("the mail server cannot be reached")
    if unsent:
        logger.error("%s of %s e-mails were not sent: %s", len(unsent), len(addresses), subject)


def is_sent(connection: Any, subject: str, text: str, address: str) -> bool:
    """Send one message; that a server refuses one reader keeps it from nobody else."""
    try:
        mail.EmailMessage(subject, text, to=[address], connection=connection).send()
    except OSError as refusal:
        logger.warning("an e-mail was refused: %s", type(refusal).__name__)
        return False
    return True
