"""Publishing: a draft that makes sense and was tried becomes a version that never changes."""

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError
from cms.frameworks import applies_to, conversion, limits, permissions, sources
from cms.frameworks.bases import base_version_on, default_confirm_by
from cms.frameworks.effect import is_backdated
from cms.frameworks.enums import TrialState
from cms.frameworks.errors import FrameworksOverlap, NotConfirmed, NotCovered, NotPublishable, NotTried, OwnFramework
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.frameworks.notifications import notify_base_moved, notify_waits_for_decision
from cms.frameworks.overlap import example_text, overlaps, undecided
from cms.frameworks.trials.cause_words import missing_texts
from cms.frameworks.trials.shown import group_names
from cms.scoring import validation
from cms.scoring.canonical import canonical_bytes, content_hash
from cms.scoring.definition import Definition, read_definition, write_definition
from cms.scoring.problems import Problem

logger = logging.getLogger(__name__)
# Of overlaps without a winner, as many are named as a person reads.
MOST_PAIRS = 3


def publish_revision(revision: Any, by: Any, publish: Callable[[], Any]) -> Any:
    """Check a revision, have Wagtail ``publish`` it, and freeze the version that never changes; all or nothing.

    A day to go live that is still to come only schedules; the same happens again on that day. What can no longer be
    published then is not, and does not keep the rest of the schedule from its day. ``by`` is None on such a day.
    """
    with transaction.atomic():
        draft = revision.as_object()
        try:
            definition = require_publishable(draft, by=by)
            require_confirmed(draft, definition)
        except DomainError as refusal:
            if by is None and revision.approved_go_live_at:
                return give_up_schedule(draft, revision, refusal)
            raise
        published = publish()
        if not (draft.go_live_at and draft.go_live_at > timezone.now()):
            freeze(draft, definition, by=by)
    return published


def problems_of(draft: CriteriaFramework) -> list[Problem]:
    """Return everything that publishing would refuse in the draft, each with its place; an empty list is good."""
    return _read(draft)[1]


def require_publishable(draft: CriteriaFramework, *, by: Any = None) -> Definition:
    """Return the draft's definition, or refuse: problems, not tried as it stands, or the person's own work.

    ``by`` is None for a publication that was scheduled by somebody who was allowed to.
    """
    if by is not None:
        if permissions.is_own_work(by, draft):
            raise OwnFramework(_("You wrote a part of this framework, so somebody else approves it."))
        permissions.require(permissions.can_publish(by, draft))
    definition, problems = _read(draft)
    if problems or definition is None:
        raise NotPublishable(problems)
    _require_tried(draft, definition)
    return definition


def _require_tried(draft: CriteriaFramework, definition: Definition) -> None:
    """Refuse what was not tried as it stands, or not on somebody of everybody of whom it speaks."""
    tried = draft.trials.filter(content_hash=content_hash(write_definition(definition)), state=TrialState.DONE)
    last = tried.order_by("-is_complete", "-created_at", "-pk").only("is_complete", "result").first()
    if last is None:
        raise NotTried(_("Try the framework as it stands now before you publish it: open “Trials”."))
    if not last.is_complete:
        missed = json.loads(last.result).get("missing")
        texts = missing_texts(missed, group_names()) if missed else [_("trials of that time did not note it")]
        params = {"missing": "; ".join(texts)}
        raise NotCovered(
            _(
                "The trial met nobody of these with a total, so nothing is known of them: %(missing)s. Try the "
                "framework on inputs that have them; made-up ones do."
            )
            % params
        )


def require_confirmed(draft: CriteriaFramework, definition: Definition) -> None:
    """Refuse what is to hold on days that are over unless that is confirmed, and overlaps that have no winner.

    Call it in the transaction that publishes: nothing else is published until that ends.
    """
    rows = CriteriaFramework.objects.select_for_update().order_by("pk").only("pk", "backdating_confirmed")
    confirmed, digest = {row.pk: row for row in rows}[draft.pk], content_hash(write_definition(definition))
    if is_backdated(draft, definition) and confirmed.backdating_confirmed != digest:
        raise NotConfirmed(
            _("The framework is to hold for days that are over. Approve it on the approval screen and confirm this.")
        )
    require_winners(draft)


def require_winners(draft: CriteriaFramework, *, by: Any = None) -> None:
    """Refuse a draft that would judge people beside another framework, neither being narrower; each pair is named.

    ``by`` reads the refusal: the code of an example officer is only for who may see that officer.
    """
    found = undecided(draft)
    if not found:
        return
    sentence = _(
        "“%(draft)s” and %(other)s are for the same people, and neither is narrower. For example: %(example)s."
    )
    pairs = [
        sentence % {"draft": draft.name, "other": str(each), "example": example_text(each, by)}
        for each in found[:MOST_PAIRS]
    ]
    advice = _("Let one of them name its agencies more narrowly, other people or other days.")
    raise FrameworksOverlap(" ".join([*pairs, advice]))


@transaction.atomic
def confirm_backdating(*, by: Any, draft: CriteriaFramework) -> None:
    """Say, as who may publish the draft, that it is meant to hold on days that are over; what it says now only."""
    definition = require_publishable(draft, by=by)
    digest = content_hash(write_definition(definition))
    CriteriaFramework.objects.filter(pk=draft.pk).update(backdating_confirmed=digest)
    record(
        by=by, action="framework.confirm_backdating", subject=draft, reason=draft.backdating_reason,
        agency_code=draft.agency.code if draft.agency else "",
        after={"hash": digest, "effective_from": definition.effective_from},
    )  # fmt: skip


@transaction.atomic
def freeze(draft: CriteriaFramework, definition: Definition, *, by: Any) -> FrameworkVersion:
    """Write the definition as the next version; the same content again is no new version."""
    if definition.effective_from is None:
        raise NotPublishable([Problem("effective_from", "missing")])
    data, base = write_definition(definition), _base_of(draft, definition)
    last = FrameworkVersion.objects.select_for_update().filter(framework_id=draft.pk).order_by("-number").first()
    if last is not None and (last.content_hash, last.base_version_id) == (content_hash(data), base and base.pk):
        return last
    beside = [each.as_data() for each in overlaps(draft)]
    version = FrameworkVersion.objects.create(
        framework_id=draft.pk,
        number=last.number + 1 if last else 1,
        content=canonical_bytes(data).decode("utf-8"),
        content_hash=content_hash(data),
        name=definition.name,
        effective_from=definition.effective_from,
        effective_to=definition.effective_to,
        backdating_reason=draft.backdating_reason if is_backdated(draft, definition) else "",
        base_version=base,
        confirm_by=_confirm_by(draft, definition) if last else None,
        published_at=timezone.now(),
        published_by=by,
    )
    draft.earlier_writers.clear()
    CriteriaFramework.objects.filter(pk=draft.pk).update(confirm_by=None)
    record(
        by=by, action="framework.publish", subject=draft, label=str(version),
        agency_code=draft.agency.code if draft.agency else "",
        after={
            "version": version.number, "hash": version.content_hash, "effective_from": version.effective_from,
            **({"base_version": base.number} if base else {}),
            **({"overlaps": beside} if beside else {}),
            **({"confirm_by": version.confirm_by} if version.confirm_by else {}),
        },
    )  # fmt: skip
    if version.confirm_by:
        notify_base_moved(version)
    if version.waits_for_decision:
        notify_waits_for_decision(version)
    return version


@transaction.atomic
def give_up_schedule(draft: CriteriaFramework, revision: Any, refusal: DomainError) -> None:
    """Leave unpublished what was approved for a later day and can no longer be; the ledger says why."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    logger.error("framework %s was not published on its day: %s", draft.code, refusal)
    record(
        by=None, action="framework.give_up", subject=draft, reason=str(refusal),
        agency_code=draft.agency.code if draft.agency else "",
    )  # fmt: skip


def _read(draft: CriteriaFramework) -> tuple[Definition | None, list[Problem]]:
    data = conversion.definition_data(draft)
    definition, problems = read_definition(data)
    if definition is None:
        return None, problems
    problems = [*validation.check(definition), *sources.check(data), *applies_to.check(data)]
    if definition.effective_from is None:
        problems.append(Problem("effective_from", "missing"))
    if is_backdated(draft, definition) and not draft.backdating_reason.strip():
        problems.append(Problem("effective_from", "backdated_without_reason"))
    last = FrameworkVersion.objects.filter(framework_id=draft.pk).order_by("-number").first()
    if last and definition.effective_from and definition.effective_from < last.effective_from:
        problems.append(Problem("effective_from", "before_last_version", {"limit": last.effective_from.isoformat()}))
    base = _base_of(draft, definition)
    if base is not None:
        problems += limits.check(definition, base.definition)
    return definition, problems


def _base_of(draft: CriteriaFramework, definition: Definition) -> FrameworkVersion | None:
    return base_version_on(draft.base, definition.effective_from) if draft.base else None


def _confirm_by(draft: CriteriaFramework, definition: Definition) -> datetime.date | None:
    """Return by when agencies' frameworks are confirmed beside the new version: as an approver said, or by default."""
    if draft.agency_id is not None or definition.effective_from is None:
        return None
    chosen = CriteriaFramework.objects.filter(pk=draft.pk).values_list("confirm_by", flat=True).first()
    today = timezone.localdate()
    return chosen if chosen and chosen >= today else default_confirm_by(today, definition.effective_from)
