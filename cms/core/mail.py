"""What whoever sends e-mail shares: the language, full addresses, and one message whose fate is known at once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import translation

logger = logging.getLogger(__name__)


def address_of(view: str, *args: object) -> str:
    """Return the full address of a screen of ours, as a mail needs it."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(view, args=args)}"


@contextmanager
def in_the_platforms_language() -> Iterator[None]:
    """Write in it whatever the language of whoever acted."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


def is_sent(connection: Any, subject: str, text: str, address: str) -> bool:
    """Send one message; that a server refuses one reader keeps it from nobody else."""
    try:
        mail.EmailMessage(subject, text, to=[address], connection=connection).send()
    except OSError as refusal:
        logger.warning("an e-mail was refused: %s", type(refusal).__name__)
        return False
    return True
