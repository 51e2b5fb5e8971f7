"""Publishing figures: an act of a person with the right to it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog_pages.transparency.makers import make_all
from catalog_pages.transparency.models import TransparencyRelease, frozen_text, hash_of
from cms.audit.actions import record
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES, Role
from cms.users.models import User

_PUBLISHING_ROLES = (Role.APPROVER, Role.PROVINCIAL_APPROVER)


def can_publish(user: Any) -> bool:
    """Return whether the person may publish figures (security matrix, row public aggregates)."""
    return access_for(user).has(*_PUBLISHING_ROLES)


def can_preview(user: Any) -> bool:
    """Return whether the person may look at figures before they are published."""
    return can_publish(user) or access_for(user).has(*APPRAISING_ROLES)


@transaction.atomic
def publish_release(*, by: User | None, note: str = "", seen: str = "") -> TransparencyRelease:
    """Freeze the figures as they stand now under the next number, and make them public.

    ``seen`` is the hash of the figures that the person looked at; ``by`` is None for the demo alone. Raises
    NotAllowed, and WrongState when the figures have changed since they were looked at, or say what the last release
    says already.
    """
    if by is not None and not can_publish(by):
        raise NotAllowed(_("Only an approver publishes figures."))
    last = TransparencyRelease.objects.select_for_update().order_by("-number").first()
    text = frozen_text(make_all())
    if seen and seen != hash_of(text):
        raise WrongState(_("The figures have changed since you opened this page. Look at them once more."))
    if last is not None and last.content_hash == hash_of(text):
        raise WrongState(_("The figures are the same as in release %(number)s.") % {"number": last.number})
    number = (TransparencyRelease.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    release = TransparencyRelease.objects.create(
        number=number, content=text, content_hash=hash_of(text), note=note.strip()[:500],
        published_at=timezone.now(), published_by=by,
    )  # fmt: skip
    record(
        by=by, action="transparency.publish", subject=release,
        after={"number": number, "sha256": release.content_hash, "note": release.note},
    )  # fmt: skip
    return release
