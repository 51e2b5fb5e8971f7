"""Telling who sent or confirmed a large upload that it is done, when it took so long that nobody waits."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone

from cms.core.mail import in_the_platforms_language
from cms.notices.actions import send
from cms.users.models import User
from importers.models import ImportBatch

# Whoever waited for less has seen the end on the screen.
_LONG = datetime.timedelta(minutes=1)


def notify_if_long(batch: ImportBatch, person: User, began: datetime.datetime | None) -> None:
    """Say what has become of the upload, once, if it began a good while ago."""
    if began is None or timezone.now() - began < _LONG:
        return
    batch.refresh_from_db()
    with in_the_platforms_language():
        send(
            "upload.done", to=[person.pk], link=reverse("importers:batch", args=[batch.pk]), file=batch.file_name,
            state=batch.get_state_display(), agency=str(batch.agency),
        )  # fmt: skip
