"""Telling who sent or confirmed a large upload that it is done, by e-mail, when it took so long that nobody waits."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.core.mail import address_of, send_notice
from cms.users.models import User
from importers.models import ImportBatch

# Whoever waited for less has seen the end on the screen.
_LONG = datetime.timedelta(minutes=1)


def notify_if_long(batch: ImportBatch, person: User, began: datetime.datetime | None) -> None:
    """Say what has become of the upload, once, if it began a good while ago and the person has an address."""
    if began is None or timezone.now() - began < _LONG or not person.email:
        return
    batch.refresh_from_db()
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(file)s: %(state)s") % {"file": batch.file_name, "state": batch.get_state_display()}
        address = address_of("importers:batch", batch.pk)
        text = _("The file that you sent for %(agency)s is done with: %(state)s.\nSee the result: %(address)s") % {
            "agency": batch.agency, "state": batch.get_state_display(), "address": address,
        }  # fmt: skip
        send_notice(subject, [text], [person.email])
