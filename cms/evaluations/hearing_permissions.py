"""Who is independent enough to review an objection, and who appoints them."""

from __future__ import annotations

from typing import Any

from cms.evaluations.models import Evaluation
from cms.evaluations.permissions import is_own
from cms.organisations.access import access_for
from cms.users.enums import Role


def can_appoint(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person appoints the reviewer: the agency's head, or who approves over it; never oneself."""
    access, agency = access_for(user), evaluation.period.agency
    may = access.acts_for(agency, Role.AGENCY_HEAD) or access.over(agency, Role.APPROVER)
    return may and not is_own(user, evaluation)


def is_involved(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person had a part in any step: an act, authority, a case recorded; or is the officer."""
    if is_own(user, evaluation):
        return True
    named = {each.account_id for each in (evaluation.evaluator, evaluation.decider) if each}
    named |= set(evaluation.acts.order_by().values_list("done_by", flat=True))
    named |= set(evaluation.findings.order_by().values_list("recorded_by", flat=True))
    return user.pk in named
