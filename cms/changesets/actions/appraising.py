"""Appraising a closed set: each proposal accepted, or refused with a reason."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.catalogs.errors import OwnWork
from cms.changesets import permissions
from cms.changesets.actions.answering import locked
from cms.changesets.actions.gathering import advance, locked_set
from cms.changesets.enums import Outcome, SetState
from cms.changesets.errors import InvalidProposal, ProposalOvertaken
from cms.changesets.models import ChangeSet, Proposal
from cms.changesets.standing import troubles_of
from cms.core.errors import DomainError, WrongState, require_words
from cms.users.enums import APPRAISING_ROLES
from cms.users.models import User

# So many proposals are judged in one request.
MOST_AT_ONCE = 200


@transaction.atomic
def judge_proposal(*, by: User, proposal: Proposal, outcome: Outcome, reason: str = "") -> Proposal:
    """Accept a proposal of a closed set, or refuse it with a reason; nobody judges their own.

    Raises ProposalOvertaken, with the sentences, for what cannot be accepted as things are; it can be refused.
    """
    proposal = locked(proposal)
    if proposal.change_set is not None:
        locked_set(proposal.change_set, SetState.CLOSED)
    permissions.require(permissions.can_judge(by, proposal))
    if outcome == Outcome.REFUSED:
        reason = _require_reason(reason)
    elif sentences := troubles_of([proposal], with_drafts=False).get(proposal.pk):
        raise ProposalOvertaken(" ".join(sentences))
    proposal.outcome, proposal.outcome_reason, proposal.judged_by = outcome, reason.strip(), by
    proposal.save(update_fields=["outcome", "outcome_reason", "judged_by"])
    record(
        by=by, action="proposal.judge", subject=proposal, agency_code=proposal.catalog.agency.code,
        after={"outcome": str(outcome)}, reason=proposal.outcome_reason,
    )  # fmt: skip
    return proposal


@transaction.atomic
def judge_many(
    *, by: User, change_set: ChangeSet, proposals: Collection[Proposal], outcome: Outcome, reason: str = ""
) -> list[tuple[Proposal, str]]:
    """Judge proposals of one closed set alike; return those that could not be judged, each with why.

    What somebody appraised already stays as it is. Raises InvalidProposal for none, and for more than MOST_AT_ONCE.
    """
    change_set = locked_set(change_set, SetState.CLOSED)
    if not proposals:
        raise InvalidProposal(_("Tick the proposals first."))
    if len(proposals) > MOST_AT_ONCE:
        sentence = _("At most %(most)d proposals are appraised at once: narrow the filter.")
        raise InvalidProposal(sentence % {"most": MOST_AT_ONCE})
    if outcome == Outcome.REFUSED:
        _require_reason(reason)
    left = []
    for proposal in proposals:
        try:
            with transaction.atomic():
                _require_new_in(by, change_set, proposal)
                judge_proposal(by=by, proposal=proposal, outcome=outcome, reason=reason)
        except DomainError as refusal:
            left.append((proposal, str(refusal)))
    return left


def _require_new_in(by: User, change_set: ChangeSet, proposal: Proposal) -> None:
    proposal = locked(proposal)
    if proposal.change_set_id != change_set.pk:
        raise WrongState(_("It does not stand in this change set."))
    if proposal.by_id == by.pk:
        raise OwnWork(_("You proposed it, so somebody else has to appraise it."))
    if proposal.outcome:
        sentence = _("It was appraised already: %(outcome)s.")
        raise WrongState(sentence % {"outcome": proposal.get_outcome_display().lower()})


def _require_reason(reason: str) -> str:
    return require_words(reason, DomainError(_("Write why it is refused."), code="reason_required"))


@transaction.atomic
def finish_appraisal(*, by: User, change_set: ChangeSet) -> ChangeSet:
    """Pass the set on to the decision. Who does will stand as the appraiser of the versions that it makes.

    Raises OwnWork for who closed the set or proposed what it accepts.
    """
    change_set = locked_set(change_set, SetState.CLOSED)
    permissions.require(permissions.keeps_whole_set(by, change_set, *APPRAISING_ROLES))
    accepted = change_set.proposals.accepted()
    if by.pk == change_set.closed_by_id or accepted.filter(by=by).exists():
        raise OwnWork(_("You closed the set or proposed something in it, so somebody else has to pass it on."))
    if change_set.proposals.filter(outcome="").exists():
        raise WrongState(_("Each proposal has to be accepted or refused first."))
    if not accepted.exists():
        raise InvalidProposal(_("Nothing in the set was accepted."))
    return advance(by, change_set, "change_set.appraise", state=SetState.APPRAISED, appraised_by=by)
