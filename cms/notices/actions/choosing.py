"""When a person wants e-mails."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from cms.notices.enums import Pace
from cms.notices.kinds import all_groups
from cms.notices.models import EmailChoice, QuietHours
from cms.users.models import User


@transaction.atomic
def choose_emails(*, by: User, paces: Mapping[str, Pace], quiet: tuple[int, int] | None) -> None:
    """Keep the pace that a person chose for each group (keys; others are as at once), and from which hour until which
    no e-mail is to come.

    What was told before keeps the pace of that time.
    """
    known = {group.key for group in all_groups()}
    rows = [EmailChoice(user=by, group=group, pace=pace) for group, pace in paces.items() if group in known]
    EmailChoice.objects.filter(user=by).delete()
    EmailChoice.objects.bulk_create(row for row in rows if row.pace != Pace.AT_ONCE)
    if quiet is None:
        QuietHours.objects.filter(user=by).delete()
    else:
        hours = {"quiet_from": quiet[0], "quiet_until": quiet[1]}
        QuietHours.objects.update_or_create(user=by, defaults=hours)
