"""What an agency says of a proposal about its item; nothing changes in its list."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.changesets import permissions
from cms.changesets.enums import Answer
from cms.changesets.models import Proposal
from cms.core.errors import DomainError, require_words
from cms.users.models import User


@transaction.atomic
def answer_proposal(*, by: User, proposal: Proposal, answer: Answer, words: str = "") -> Proposal:
    """Agree or, in words, disagree for the agency; it may answer otherwise until the proposal is decided."""
    proposal = locked(proposal)
    permissions.require(permissions.can_answer(by, proposal))
    if answer == Answer.DISAGREES:
        words = require_words(words, DomainError(_("Write why the agency disagrees."), code="reason_required"))
    before = {"answer": proposal.answer, "reason": proposal.answer_words} if proposal.answer else {}
    proposal.answer, proposal.answer_words = answer, words.strip()
    proposal.answered_by, proposal.answered_at = by, timezone.now()
    proposal.save(update_fields=["answer", "answer_words", "answered_by", "answered_at"])
    record(
        by=by, action="proposal.answer", subject=proposal, agency_code=proposal.catalog.agency.code, before=before,
        after={"answer": str(answer)}, reason=proposal.answer_words,
    )  # fmt: skip
    return proposal


def locked(proposal: Proposal) -> Proposal:
    """Return the proposal with its agency and its set, locked until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("catalog__agency", "change_set")
    return rows.get(pk=proposal.pk)
