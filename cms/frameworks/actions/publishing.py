"""Publishing: a draft that makes sense and was tried becomes a version that never changes."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.core.errors import DomainError
from cms.frameworks import conversion, limits, permissions
from cms.frameworks.enums import TrialState
from cms.frameworks.errors import NotPublishable, NotTried, OwnFramework
from cms.frameworks.models import CriteriaFramework, FrameworkVersion
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
    tried = draft.trials.filter(content_hash=content_hash(write_definition(definition)), state=TrialState.DONE)
    if not tried.exists():
        raise NotTried(_("Try the framework as it stands now before you publish it: open “Trials”."))
    return definition


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


def _read(draft: CriteriaFramework) -> tuple[Definition | None, list[Problem]]:
    definition, problems = read_definition(conversion.definition_data(draft))
    if definition is None:
        return None, problems
    problems = validation.check(definition)
    if definition.effective_from is None:
        problems.append(Problem("effective_from", "missing"))
    last = FrameworkVersion.objects.filter(framework_id=draft.pk).order_by("-number").first()
    if last and definition.effective_from and definition.effective_from < last.effective_from:
        problems.append(Problem("effective_from", "before_last_version", {"limit": last.effective_from.isoformat()}))
    if draft.base_id:
        base = FrameworkVersion.objects.filter(framework_id=draft.base_id).order_by("-number").first()
        problems += limits.check(definition, base.definition) if base else []
    return definition, problems
