"""Publishing: a draft that makes sense and was tried becomes a version that never changes."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError
from cms.frameworks import conversion, limits, permissions
from cms.frameworks.effect import is_backdated
from cms.frameworks.enums import TrialState
from cms.frameworks.errors import NotConfirmed, NotCovered, NotPublishable, NotTried, OwnFramework
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
from cms.frameworks.trials.cause_words import missing_texts
from cms.frameworks.trials.shown import group_names
from cms.scoring import validation
from cms.scoring.canonical import canonical_bytes, content_hash
from cms.scoring.definition import Definition, read_definition, write_definition
from cms.scoring.problems import Problem

logger = logging.getLogger(__name__)


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
        told = {"missing": "; ".join(texts)}
        raise NotCovered(
            _(
                "The trial met nobody of these with a total, so nothing is known of them: %(missing)s. Try the "
                "framework on inputs that have them; made-up ones do."
            )
            % told
        )


def require_confirmed(draft: CriteriaFramework, definition: Definition) -> None:
    """Refuse what is to hold on days that are over as long as no approver has confirmed just that."""
    if not is_backdated(draft, definition):
        return
    confirmed = CriteriaFramework.objects.filter(pk=draft.pk).values_list("backdating_confirmed", flat=True).first()
    if confirmed != content_hash(write_definition(definition)):
        raise NotConfirmed(
            _("The framework is to hold for days that are over. Approve it on the approval screen and confirm this.")
        )


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
    data = write_definition(definition)
    last = FrameworkVersion.objects.select_for_update().filter(framework_id=draft.pk).order_by("-number").first()
    if last is not None and last.content_hash == content_hash(data):
        return last
    version = FrameworkVersion.objects.create(
        framework_id=draft.pk,
        number=last.number + 1 if last else 1,
        content=canonical_bytes(data).decode("utf-8"),
        content_hash=content_hash(data),
        name=definition.name,
        effective_from=definition.effective_from,
        effective_to=definition.effective_to,
        backdating_reason=draft.backdating_reason if is_backdated(draft, definition) else "",
        published_at=timezone.now(),
        published_by=by,
    )
    draft.earlier_writers.clear()
    record(
        by=by, action="framework.publish", subject=draft, label=str(version),
        agency_code=draft.agency.code if draft.agency else "",
        after={"version": version.number, "hash": version.content_hash, "effective_from": version.effective_from},
    )  # fmt: skip
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


def _outside_limits(draft: CriteriaFramework, definition: Definition) -> list[Problem]:
    """Check an agency's framework against the province's version of its day of effect, or the last without one."""
    versions = FrameworkVersion.objects.filter(framework_id=draft.base_id)
    base = versions.effective_on(definition.effective_from).first() or versions.order_by("-number").first()
    return limits.check(definition, base.definition) if base else []


def _read(draft: CriteriaFramework) -> tuple[Definition | None, list[Problem]]:
    definition, problems = read_definition(conversion.definition_data(draft))
    if definition is None:
        return None, problems
    problems = validation.check(definition)
    if definition.effective_from is None:
        problems.append(Problem("effective_from", "missing"))
    if is_backdated(draft, definition) and not draft.backdating_reason.strip():
        problems.append(Problem("effective_from", "backdated_without_reason"))
    last = FrameworkVersion.objects.filter(framework_id=draft.pk).order_by("-number").first()
    if last and definition.effective_from and definition.effective_from < last.effective_from:
        problems.append(Problem("effective_from", "before_last_version", {"limit": last.effective_from.isoformat()}))
    if draft.base_id:
        problems += _outside_limits(draft, definition)
    return definition, problems
