"""Writes about claims of objective causes: made by the officer, decided by who has authority over them."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.assignments.actions.writing import locked, record_work
from cms.assignments.enums import DECIDED_CLAIMS, ClaimAbout, ClaimCause, ClaimState, WorkState
from cms.assignments.errors import InvalidClaim, OwnClaimDecided
from cms.assignments.models import Claim, WorkAssignment
from cms.assignments.permissions import can_decide_claim, is_own
from cms.core.errors import NotAllowed, WrongState, require_words
from cms.organisations.authority import authority_for
from cms.organisations.enums import AuthorityAct
from cms.users.models import User

# The longest statement and answer.
_MOST = 4000


@transaction.atomic
def make_claim(
    *, by: User, work: WorkAssignment, about: ClaimAbout, cause: ClaimCause, statement: str
) -> Claim:  # fmt: skip
    """Claim, as the officer, that a delay or a failure had an objective cause.

    Who has authority to evaluate the officer today decides, within THUOCDO_CLAIM_DAYS; where the tables name nobody,
    the head of the agency does. Raises ``NotAllowed``, ``WrongState`` beside a claim that stands, ``InvalidClaim``.
    """
    work = locked(work)
    _require_own(by, work)
    _require_something_to_excuse(work, about)
    if work.claims.filter(about=about).exclude(state=ClaimState.REFUSED).exists():
        raise WrongState(_("A claim for this stands already."))
    answer = authority_for(work.officer, AuthorityAct.EVALUATE, timezone.localdate())
    claim = Claim.objects.create(
        work=work, about=about, cause=cause, statement=_words(statement, _("Say what the cause was.")),
        made_by=by, made_at=timezone.now(), competent=answer.officer, competent_reason=answer.reason,
        decide_by=_last_day(),
    )  # fmt: skip
    record_work(by, "work.make_claim", work, after=_recorded(claim))
    return claim


@transaction.atomic
def amend_claim(*, by: User, claim: Claim, statement: str) -> Claim:
    """Add, as the officer, what a claim was sent back for; its clock begins anew."""
    claim = _locked(claim)
    _require_own(by, claim.work)
    if claim.state != ClaimState.SENT_BACK:
        raise WrongState(_("Only a claim that was sent back is changed."))
    claim.statement, claim.state = _words(statement, _("Say what the cause was.")), ClaimState.MADE
    claim.made_at, claim.decide_by = timezone.now(), _last_day()
    claim.save()
    record_work(by, "work.make_claim", claim.work, after=_recorded(claim))
    return claim


@transaction.atomic
def decide_claim(*, by: User, claim: Claim, outcome: ClaimState, answer: str = "") -> Claim:
    """Accept, refuse or send back a claim; the latter two with words.

    Raises ``OwnClaimDecided`` for one's own, ``NotAllowed`` for who has no authority, ``WrongState`` for a claim that
    does not wait, ``InvalidClaim`` without the words.
    """
    claim = _locked(claim)
    if is_own(by, claim.work.officer) or claim.made_by_id == by.pk:
        raise OwnClaimDecided(_("Nobody decides a claim about their own work."))
    if not can_decide_claim(by, claim):
        raise NotAllowed(_("Claims are decided by who has authority over the officer, or the head of the agency."))
    if claim.state != ClaimState.MADE:
        raise WrongState(_("The claim does not wait for a decision."))
    if outcome not in {*DECIDED_CLAIMS, ClaimState.SENT_BACK}:
        raise ValueError(f"no outcome of a claim: {outcome}")
    needed = outcome != ClaimState.ACCEPTED
    claim.answer = _words(answer, _("Say why.")) if needed or answer.strip() else ""
    claim.state = outcome
    if outcome in DECIDED_CLAIMS:
        claim.decided_by, claim.decided_at = by, timezone.now()
    claim.save()
    refused = "work.refuse_claim" if outcome == ClaimState.REFUSED else "work.send_back_claim"
    action = "work.accept_claim" if outcome == ClaimState.ACCEPTED else refused
    record_work(by, action, claim.work, after=_recorded(claim), reason=claim.answer)
    return claim


def _require_something_to_excuse(work: WorkAssignment, about: ClaimAbout) -> None:
    if work.state == WorkState.WITHDRAWN:
        raise WrongState(_("The work is withdrawn; nothing of it counts."))
    if about == ClaimAbout.QUALITY and not work.quality_failures:
        raise InvalidClaim(_("No quality failure of this work was recorded."))
    # What is still open can be explained before it is late.
    if about == ClaimAbout.LATE and not (work.is_open or work.days_late or work.late_occurrences):
        raise InvalidClaim(_("This work was done in time."))


def _require_own(by: User, work: WorkAssignment) -> None:
    if not is_own(by, work.officer):
        raise NotAllowed(_("Only the officer who does the work claims an objective cause."))


def _words(text: str, missing: str) -> str:
    text = require_words(text, InvalidClaim(missing))
    if len(text) > _MOST:
        raise InvalidClaim(_("At most %(count)d characters.") % {"count": _MOST})
    return text


def _last_day() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=settings.THUOCDO_CLAIM_DAYS)


def _locked(claim: Claim) -> Claim:
    work = locked(claim.work)
    claim = Claim.objects.select_for_update(of=("self",)).select_related("competent").get(pk=claim.pk)
    claim.work = work
    return claim


def _recorded(claim: Claim) -> dict[str, Any]:
    return {"claim_about": claim.about, "claim_cause": claim.cause, "claim_state": claim.state}
