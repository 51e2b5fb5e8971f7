"""Figures are prepared, looked at and published: the last an act of a person with the right to it."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from catalog_pages.transparency.makers import count_all
from catalog_pages.transparency.models import (
    DraftState,
    PublishedUnit,
    TransparencyDraft,
    TransparencyRelease,
    frozen_text,
    hash_of,
)
from cms.audit.actions import record
from cms.core.errors import NotAllowed, WrongState
from cms.organisations.access import access_for
from cms.users.enums import APPRAISING_ROLES, Role
from cms.users.models import User

logger = logging.getLogger(__name__)

_PUBLISHING_ROLES = (Role.APPROVER, Role.PROVINCIAL_APPROVER)


def can_publish(user: Any) -> bool:
    """Return whether the person may publish figures (security matrix, row public aggregates)."""
    return access_for(user).has(*_PUBLISHING_ROLES)


def can_preview(user: Any) -> bool:
    """Return whether the person may have figures prepared, and look at them before they are published."""
    return can_publish(user) or access_for(user).has(*APPRAISING_ROLES)


def prepare_draft(*, by: User | None, wait: bool = False) -> TransparencyDraft:
    """Have all figures counted by a task (at once with ``wait``), to be looked at; what was prepared before is dropped.

    One that is being counted already is answered instead. ``by`` is None for the demo alone. Raises NotAllowed.
    """
    if by is not None and not can_preview(by):
        raise NotAllowed(_("You are not allowed to do this."))
    with transaction.atomic():
        newest = TransparencyDraft.objects.select_for_update().first()
        if newest is not None and newest.is_counting:
            return newest
        last = TransparencyRelease.objects.defer("content").first()
        TransparencyDraft.objects.all().delete()
        draft = TransparencyDraft.objects.create(asked_by=by, after=last.number if last else 0)
        record(by=by, action="transparency.prepare", subject=draft)
        if not wait:
            transaction.on_commit(partial(count_draft_task.enqueue, draft.pk))
    return count_draft(draft) if wait else draft


@task(backend="background")
def count_draft_task(draft_id: int) -> None:
    """Count the figures of one draft in the background: at once or by a worker, as the settings say."""
    draft = TransparencyDraft.objects.filter(pk=draft_id).first()
    if draft is not None:
        count_draft(draft)


def count_draft(draft: TransparencyDraft) -> TransparencyDraft:
    """Count all figures and freeze them in the draft; always ends ready or failed, safe to repeat."""
    if draft.state == DraftState.READY:
        return draft
    rows = TransparencyDraft.objects.filter(pk=draft.pk)
    try:
        day = timezone.localdate()
        counted = count_all(day, lambda done: rows.update(done=done))
        text = frozen_text(counted.figures, day)
        found = {"state": DraftState.READY, "content": text, "content_hash": hash_of(text)}
        told = {unit: asdict(each) for unit, each in counted.told.items()}
        rows.update(**found, told=json.dumps(told, sort_keys=True), done=len(counted.figures))
    except Exception:
        logger.exception("counting the figures of draft %s broke off", draft.pk)
        rows.update(state=DraftState.FAILED)
    return rows.get()


@transaction.atomic
def publish_draft(*, by: User | None, seen: str, note: str = "") -> TransparencyRelease:
    """Make public, under the next number, the very figures that were prepared and that the person looked at.

    ``seen`` is the hash that stood beside them; ``by`` is None for the demo alone. Raises NotAllowed, and WrongState
    where the figures were not prepared, were prepared anew since, are stale, or say what the last release says already.
    """
    if by is not None and not can_publish(by):
        raise NotAllowed(_("Only an approver publishes figures."))
    draft = TransparencyDraft.objects.select_for_update().first()
    if draft is None or draft.state != DraftState.READY or not seen or draft.content_hash != seen:
        raise WrongState(_("These are not the figures that you looked at. Look at them once more, then publish."))
    last = TransparencyRelease.objects.select_for_update().first()
    if draft.is_stale(last):
        raise WrongState(_("The figures that were prepared are out of date. Have them prepared anew."))
    if last is not None and not draft.says_more_than(last):
        raise WrongState(_("The figures are the same as in release %(number)s.") % {"number": last.number})
    release = TransparencyRelease.objects.create(
        number=draft.after + 1, content=draft.content, content_hash=draft.content_hash, note=note.strip()[:500],
        published_at=timezone.now(), published_by=by,
    )  # fmt: skip
    _remember(release, json.loads(draft.told))
    TransparencyDraft.objects.all().delete()
    record(
        by=by, action="transparency.publish", subject=release,
        after={"number": release.number, "sha256": release.content_hash, "note": release.note},
    )  # fmt: skip
    return release


def _remember(release: TransparencyRelease, told: dict[str, dict[str, Any]]) -> None:
    """Keep of whom each unit's results tell now, to be compared with before the next publication."""
    for unit, each in told.items():
        kept = {"people": json.dumps(each, sort_keys=True), "release": release}
        PublishedUnit.objects.update_or_create(unit=unit, defaults=kept)
