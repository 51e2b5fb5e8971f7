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

from catalog_pages.transparency.builders import count_all
from catalog_pages.transparency.models import (
    FiguresState,
    PublishedUnit,
    TransparencyDraft,
    TransparencyRelease,
    hash_of,
    serialize_figures,
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
    if draft.state == FiguresState.READY:
        return draft
    rows = TransparencyDraft.objects.filter(pk=draft.pk)
    try:
        day = timezone.localdate()
        counted = count_all(day, lambda done: rows.update(done=done))
        text = serialize_figures(counted.figures, day)
        ready = {"state": FiguresState.READY, "content": text, "content_hash": hash_of(text)}
        disclosures = {unit: asdict(disclosure) for unit, disclosure in counted.disclosures.items()}
        rows.update(**ready, disclosures=json.dumps(disclosures, sort_keys=True), done=len(counted.figures))
    except Exception:
        logger.exception("counting the figures of draft %s broke off", draft.pk)
        rows.update(state=FiguresState.FAILED)
    return rows.get()


@transaction.atomic
def publish_draft(*, by: User | None, seen: str, note: str = "") -> TransparencyRelease:
    """Make public, under the next number, the very figures that were prepared and that the person looked at.

    ``seen`` is the hash that stood beside them; ``by`` is None for the demo alone. Raises NotAllowed, and WrongState
    where the figures were not prepared, were prepared anew since, are stale, or do not differ from the last release.
    """
    if by is not None and not can_publish(by):
        raise NotAllowed(_("Only an approver publishes figures."))
    draft = TransparencyDraft.objects.select_for_update().first()
    if draft is None or draft.state != FiguresState.READY or not seen or draft.content_hash != seen:
        raise WrongState(_("These are not the figures that you looked at. Look at them once more, then publish."))
    last = TransparencyRelease.objects.select_for_update().first()
    if draft.is_stale(last):
        raise WrongState(_("The figures that were prepared are out of date. Have them prepared anew."))
    if last is not None and not draft.differs_from(last):
        raise WrongState(_("The figures are the same as in release %(number)s.") % {"number": last.number})
    release = TransparencyRelease.objects.create(
        number=draft.after + 1, content=draft.content, content_hash=draft.content_hash, note=note.strip()[:500],
        published_at=timezone.now(), published_by=by,
    )  # fmt: skip
    _store_disclosures(release, json.loads(draft.disclosures))
    TransparencyDraft.objects.all().delete()
    record(
        by=by, action="transparency.publish", subject=release,
        after={"number": release.number, "sha256": release.content_hash, "note": release.note},
    )  # fmt: skip
    return release


def _store_disclosures(release: TransparencyRelease, disclosures: dict[str, dict[str, Any]]) -> None:
    """Store the people whom each unit's results count now, for the comparison before the next publication."""
    for unit, disclosure in disclosures.items():
        stored = {"people": json.dumps(disclosure, sort_keys=True), "release": release}
        PublishedUnit.objects.update_or_create(unit=unit, defaults=stored)
