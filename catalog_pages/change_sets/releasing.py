"""From an appraised set to versions: the joint decision is entered, undone before its day, and carried out on it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from catalog_pages import joint_decisions, workflow
from catalog_pages.actions import open_page
from cms.catalogs import actions as catalog_actions
from cms.catalogs.enums import DecisionState
from cms.catalogs.errors import OwnWork
from cms.catalogs.models import Catalog, CatalogVersion, DecisionPart
from cms.changesets import permissions
from cms.changesets.actions.carrying import carry_into
from cms.changesets.actions.gathering import advance, locked_set
from cms.changesets.enums import SetState, SetStep
from cms.changesets.errors import ProposalOvertaken, ReleaseStopped
from cms.changesets.models import ChangeSet, Proposal
from cms.changesets.notifications import decision_values, notify_agencies
from cms.changesets.standing import troubles_of
from cms.core.dates import format_date_vi
from cms.core.errors import DomainError, WrongState, require_words
from cms.users.enums import Role
from cms.users.models import User

# So many reasons stand in one sentence.
_MOST_REASONS = 5

logger = logging.getLogger(__name__)


@transaction.atomic
def decide_set(*, by: User, change_set: ChangeSet, file: File[bytes], **facts: Any) -> ChangeSet:
    """Enter the decision on an appraised set; ``facts`` are those of ``prepare_decision``. Lists change on its day.

    Raises ProposalOvertaken where an accepted proposal no longer fits its list: the set is opened again and it is
    refused.
    """
    change_set = locked_set(change_set, SetState.APPRAISED)
    permissions.require(permissions.keeps_whole_set(by, change_set, Role.PROVINCIAL_APPROVER))
    accepted = _accepted(change_set)
    if by.pk == change_set.closed_by_id or any(one.by_id == by.pk for one in accepted):
        raise OwnWork(_("You closed the set or proposed something in it, so somebody else has to decide it."))
    if facts["effective_from"] < timezone.localdate():
        raise joint_decisions.InvalidDecision(_("The day of effect is over. A set takes effect today or later."))
    if troubles := troubles_of(accepted, with_drafts=False):
        raise ProposalOvertaken(_sentence(_("The decision cannot be entered."), accepted, troubles))
    decision = joint_decisions.prepare_decision(by=by, file=file, versions=None, **facts)
    notify_agencies(change_set, SetStep.DECIDED, **decision_values(decision))
    return advance(
        by, change_set, "change_set.decide", state=SetState.DECIDED, decision=decision, stopped_because=""
    )  # fmt: skip


@transaction.atomic
def undo_decision(*, by: User, change_set: ChangeSet, reason: str) -> ChangeSet:
    """Undo, before its day, the decision on a set; the set waits for a decision again and the number is free."""
    change_set = locked_set(change_set, SetState.DECIDED)
    decision = change_set.decision
    assert decision is not None  # noqa: S101 - a constraint holds it
    reason = require_words(reason, DomainError(_("Write why the decision is undone."), code="reason_required"))
    if decision.effective_from <= timezone.localdate():
        sentence = _("The day of effect, %(day)s, has come: the decision can no longer be undone.")
        raise WrongState(sentence % {"day": format_date_vi(decision.effective_from)})
    advance(
        by, change_set, "change_set.undo", reason=reason,
        state=SetState.APPRAISED, decision=None, stopped_because=reason,
    )  # fmt: skip
    joint_decisions.abandon_decision(by=by, decision=decision)
    notify_agencies(change_set, SetStep.UNDONE, reason=reason)
    return change_set


@task(backend="background")
def release_in_the_background(key: int, is_partial: bool = False) -> None:
    """Release a set beside the request; why it was stopped stands beside the set."""
    change_set = ChangeSet.objects.get(pk=key)
    try:
        release_set(change_set=change_set, is_partial=is_partial)
    except DomainError as refusal:
        logger.info("change set %s was not released: %s", key, refusal)


@transaction.atomic
def ask_for_release(*, by: User, change_set: ChangeSet, is_partial: bool = False) -> None:
    """Have a decided set released beside the request; who decides all its lists asks for it."""
    permissions.require(permissions.keeps_whole_set(by, change_set, Role.PROVINCIAL_APPROVER))
    change_set = locked_set(change_set, SetState.DECIDED)
    _require_day(change_set)
    transaction.on_commit(lambda: release_in_the_background.enqueue(change_set.pk, is_partial))


def release_set(*, change_set: ChangeSet, is_partial: bool = False) -> ChangeSet:
    """Make and approve the next version of each catalog of a decided set whose day has come: all, or none.

    With ``is_partial`` what cannot be carried out is left out, with its reason. Raises ReleaseStopped, and keeps the
    reason beside the set, where anything stops it; it may be released again.
    """
    try:
        with transaction.atomic():
            return _release(change_set, is_partial)
    except WrongState:
        raise
    except DomainError as refusal:
        _stop(change_set, str(refusal))
        raise
    except Exception:
        logger.exception("change set %s could not be released", change_set.pk)
        sentence = _(
            "Releasing broke off; nothing was changed. Release again; the technical staff find why in the log."
        )
        _stop(change_set, sentence)
        raise ReleaseStopped(sentence) from None


def _stop(change_set: ChangeSet, reason: str) -> None:
    ChangeSet.objects.filter(pk=change_set.pk, state=SetState.DECIDED).update(stopped_because=reason)


def _release(change_set: ChangeSet, is_partial: bool) -> ChangeSet:
    change_set = locked_set(change_set, SetState.DECIDED)
    _require_day(change_set)
    decision = change_set.decision
    assert decision is not None  # noqa: S101 - a constraint holds it
    accepted = _accepted(change_set)
    troubles = troubles_of(accepted)
    if troubles and not is_partial:
        raise ReleaseStopped(_sentence(_("Nothing was released."), accepted, troubles))
    left = _left_out(accepted, troubles)
    free = [one for one in accepted if one.catalog_id not in {each.catalog_id for each in left}]
    versions = [
        made
        for _catalog, proposals in groupby(free, key=lambda one: one.catalog_id)
        if (made := _make(change_set, list(proposals), is_partial)) is not None
    ]
    if not versions:
        raise ReleaseStopped(_("None of the proposals can be carried out now."))
    DecisionPart.objects.bulk_create(DecisionPart(decision=decision, version=version) for version in versions)
    decision.state = DecisionState.WAITING
    decision.save(update_fields=["state"])
    try:
        joint_decisions.approve_parts(decision.pk)
    except joint_decisions.VersionRefused as refused:
        raise ReleaseStopped(f"{refused.part.version.catalog}: {refused.reason}") from refused
    notify_agencies(change_set, SetStep.RELEASED, **decision_values(decision))
    return advance(
        decision.by, change_set, "change_set.release",
        state=SetState.RELEASED, released_at=timezone.now(), stopped_because="",
    )  # fmt: skip


def _left_out(accepted: Iterable[Proposal], troubles: dict[int, list[str]]) -> list[Proposal]:
    """Write beside proposals why they are left out; a list is released with all that was accepted of it, or not."""
    catalogs = {one.catalog_id: " ".join(troubles[one.pk]) for one in accepted if one.pk in troubles}
    left = [one for one in accepted if one.catalog_id in catalogs]
    for one in left:
        _leave(one, " ".join(troubles.get(one.pk, [])) or catalogs[one.catalog_id])
    return left


def _leave(proposal: Proposal, reason: str) -> None:
    proposal.left_because = reason
    proposal.save(update_fields=["left_because"])


def _make(change_set: ChangeSet, proposals: list[Proposal], is_partial: bool) -> CatalogVersion | None:
    """Return the appraised next version of a catalog with its proposals; None where they were left out."""
    try:
        with transaction.atomic():
            return _appraised_version(change_set, proposals)
    except DomainError as refusal:
        if not is_partial:
            raise ReleaseStopped(f"{proposals[0].catalog}: {refusal}") from refusal
        for proposal in proposals:
            _leave(proposal, str(refusal))
        return None


def _appraised_version(change_set: ChangeSet, proposals: list[Proposal]) -> CatalogVersion:
    writer, appraiser = change_set.closed_by, change_set.appraised_by
    assert writer is not None and appraiser is not None  # noqa: S101 - a decided set has both
    catalog = proposals[0].catalog
    page = open_page(by=None, agency=catalog.agency)
    _require_later_day(change_set, catalog)
    version = catalog_actions.start_version(by=writer, catalog=catalog)
    carry_into(by=writer, version=version, proposals=proposals)
    authors = {proposal.by for proposal in proposals}
    workflow.submit_changes(by=writer, page=page, authors=authors, reason=change_set.name)
    return workflow.accept(by=appraiser, page=page)


def _require_later_day(change_set: ChangeSet, catalog: Catalog) -> None:
    """Raise DatesOverlap where the version before would have no day left: it can still be left out."""
    if change_set.decision is not None:
        before = catalog_actions.version_to_replace(catalog)
        catalog_actions.require_later_day(before, change_set.decision.effective_from)


def release_due() -> list[str]:
    """Release the sets whose day has come; return the names of those that were stopped."""
    stopped = []
    for change_set in ChangeSet.objects.due():
        try:
            release_set(change_set=change_set)
        except DomainError:
            stopped.append(change_set.name)
    return stopped


def _accepted(change_set: ChangeSet) -> list[Proposal]:
    proposals = change_set.proposals.accepted().select_related("catalog__agency", "by", "change_set")
    return list(proposals.order_by("catalog__agency__path", "catalog", "pk"))


def _require_day(change_set: ChangeSet) -> None:
    decision = change_set.decision
    if decision is not None and decision.effective_from > timezone.localdate():
        sentence = _("The set takes effect on %(day)s and is released then.")
        raise WrongState(sentence % {"day": format_date_vi(decision.effective_from)})


def _sentence(beginning: str, proposals: Iterable[Proposal], troubles: dict[int, list[str]]) -> str:
    reasons = [
        f"{one.catalog}, {one.code}: {' '.join(troubles[one.pk])}" for one in proposals if one.pk in troubles
    ]  # fmt: skip
    more = (
        [_("And %(number)d more.") % {"number": len(reasons) - _MOST_REASONS}] if len(reasons) > _MOST_REASONS else []
    )
    return " ".join([beginning, *reasons[:_MOST_REASONS], *more])
