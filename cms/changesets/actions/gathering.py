"""Gathering proposals into a set, and closing it for appraisal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.changesets import permissions
from cms.changesets.actions.answering import locked
from cms.changesets.enums import Outcome, SetState, SetStep
from cms.changesets.errors import InvalidProposal
from cms.changesets.models import ChangeSet, Proposal
from cms.changesets.notifications import notify_agencies
from cms.core.errors import DomainError, WrongState, require_words
from cms.users.enums import APPRAISING_ROLES, Role
from cms.users.models import User

# So many catalogs one joint decision takes.
MOST_CATALOGS = 500


@transaction.atomic
def open_set(*, by: User, name: str, note: str = "") -> ChangeSet:
    """Open a set that takes proposals."""
    permissions.require(permissions.can_gather(by))
    name = require_words(name, DomainError(_("Give the set a name."), code="name_required"))
    change_set = ChangeSet.objects.create(name=name, note=note.strip(), by=by)
    record(by=by, action="change_set.open", subject=change_set, reason=change_set.note)
    return change_set


@transaction.atomic
def gather(*, by: User, change_set: ChangeSet, proposals: Iterable[Proposal]) -> int:
    """Put proposals that stand in no set into an open one; return how many there were.

    Raises InvalidProposal where two of them, or one and what stands in the set, are about the same item.
    """
    change_set = locked_set(change_set, SetState.OPEN)
    count = 0
    for proposal in proposals:
        proposal = locked(proposal)
        permissions.require(_may_gather(by, proposal))
        if proposal.change_set_id is not None:
            raise WrongState(_("%(proposal)s stands in a change set already.") % {"proposal": proposal})
        same = change_set.proposals.touching(proposal.catalog_id, proposal.identity, proposal.merged).first()
        if same is not None:
            raise InvalidProposal(_("The set holds another proposal about item %(code)s.") % {"code": same.code})
        proposal.change_set = change_set
        proposal.save(update_fields=["change_set"])
        _record_of(by, proposal, "change_set.gather", change_set)
        count += 1
    return count


@transaction.atomic
def take_out(*, by: User, proposal: Proposal) -> Proposal:
    """Take a proposal out of an open set; it stands by itself again."""
    proposal = locked(proposal)
    permissions.require(_may_gather(by, proposal))
    if proposal.change_set is None:
        raise WrongState(_("The proposal stands in no change set."))
    change_set = locked_set(proposal.change_set, SetState.OPEN)
    proposal.change_set, proposal.outcome, proposal.outcome_reason, proposal.judged_by = None, "", "", None
    proposal.save(update_fields=["change_set", "outcome", "outcome_reason", "judged_by"])
    _record_of(by, proposal, "change_set.take_out", change_set)
    return proposal


@transaction.atomic
def close_set(*, by: User, change_set: ChangeSet) -> ChangeSet:
    """Close a set for appraisal. Who closes it will stand as the writer of the versions that it makes."""
    change_set = locked_set(change_set, SetState.OPEN)
    permissions.require(permissions.keeps_whole_set(by, change_set, Role.EDITOR))
    if not change_set.proposals.exists():
        raise InvalidProposal(_("The set holds no proposal."))
    if change_set.proposals.order_by().values("catalog").distinct().count() > MOST_CATALOGS:
        raise InvalidProposal(_("A set touches at most %(most)d catalogs.") % {"most": MOST_CATALOGS})
    notify_agencies(change_set, SetStep.CLOSED)
    return advance(by, change_set, "change_set.close", state=SetState.CLOSED, closed_by=by, stopped_because="")


@transaction.atomic
def reopen_set(*, by: User, change_set: ChangeSet, reason: str) -> ChangeSet:
    """Open a set again that is not decided; what was accepted and refused is appraised again when it is closed."""
    change_set = locked_set(change_set, SetState.CLOSED, SetState.APPRAISED)
    permissions.require(permissions.keeps_whole_set(by, change_set, Role.EDITOR, Role.APPROVER))
    reason = require_words(reason, DomainError(_("Write why the set is opened again."), code="reason_required"))
    change_set.proposals.filter(outcome=Outcome.ACCEPTED).update(outcome="", judged_by=None)
    return advance(
        by, change_set, "change_set.reopen", reason=reason,
        state=SetState.OPEN, closed_by=None, appraised_by=None, stopped_because=reason,
    )  # fmt: skip


@transaction.atomic
def remind_agencies(*, by: User, change_set: ChangeSet) -> int:
    """Remind the agencies of a set that have not answered, once a day at most; return how many proposals wait."""
    change_set = locked_set(change_set, SetState.OPEN, SetState.CLOSED, SetState.APPRAISED)
    permissions.require(permissions.keeps_whole_set(by, change_set, *APPRAISING_ROLES))
    if change_set.reminded_at and timezone.localdate(change_set.reminded_at) == timezone.localdate():
        raise WrongState(_("The agencies of this set were reminded today."))
    waiting = change_set.proposals.unanswered().count()
    if not waiting:
        raise InvalidProposal(_("Every agency of the set has answered."))
    notify_agencies(change_set, SetStep.REMINDER)
    advance(by, change_set, "change_set.remind", reminded_at=timezone.now())
    return waiting


def locked_set(change_set: ChangeSet, *states: SetState) -> ChangeSet:
    """Return the set, locked until the transaction ends; WrongState unless it is in one of these states."""
    locked_row = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
    if locked_row.state not in states:
        sentence = _("The change set is no longer where this can be done: %(state)s.")
        raise WrongState(sentence % {"state": locked_row.get_state_display().lower()})
    return locked_row


def advance(by: User, change_set: ChangeSet, action: str, reason: str = "", **changes: Any) -> ChangeSet:
    """Bring a locked set into another state, and write it into the ledger."""
    before = {"state": change_set.state}
    for name, value in changes.items():
        setattr(change_set, name, value)
    change_set.save(update_fields=[*changes])
    record(
        by=by, action=action, subject=change_set, before=before, reason=reason,
        after={"state": str(change_set.state), "proposals": change_set.proposals.count()},
    )  # fmt: skip
    return change_set


def _may_gather(by: User, proposal: Proposal) -> bool:
    return permissions.over_agency(by, proposal, Role.EDITOR)


def _record_of(by: User, proposal: Proposal, action: str, change_set: ChangeSet) -> None:
    record(
        by=by, action=action, subject=proposal, agency_code=proposal.catalog.agency.code,
        after={"change_set": change_set.name},
    )  # fmt: skip
