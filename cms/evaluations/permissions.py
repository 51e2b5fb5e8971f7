"""Who may do what in evaluations: the officer, who has authority over them, and the desk of their agency."""

from __future__ import annotations

from typing import Any

from cms.evaluations.models import Evaluation, Period
from cms.organisations.access import access_for
from cms.organisations.models import Agency, AgencyQuerySet, Officer
from cms.users.enums import WRITING_AGENCY_ROLES, Role


def can_see_periods(user: Any) -> bool:
    """Return whether the person keeps the periods of any agency."""
    return access_for(user).has(*WRITING_AGENCY_ROLES)


def agencies_of_periods(user: Any) -> AgencyQuerySet:
    """Return the agencies whose periods the person may open."""
    access = access_for(user)
    own = (access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES)
    return Agency.objects.within(frozenset().union(*own))


def can_keep(user: Any, period: Period) -> bool:
    """Return whether the person opens, calculates and proposes to lock the period: the agency's own people."""
    return access_for(user).acts_for(period.agency, *WRITING_AGENCY_ROLES)


def can_lock(user: Any, period: Period) -> bool:
    """Return whether the person may be the one who locks: the head of the agency; never who proposed it."""
    heads = access_for(user).acts_for(period.agency, Role.AGENCY_HEAD)
    return heads and period.lock_proposed_at is not None and period.lock_proposed_by_id != user.pk


def is_own(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the evaluation is the person's own."""
    return _is(user, evaluation.officer)


def can_assess(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person assesses themselves now."""
    return is_own(user, evaluation) and evaluation.asks_self_assessment


def can_mark(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person marks the officer: who has authority to evaluate, never the officer."""
    return _has_authority(user, evaluation, evaluation.evaluator)


def can_decide(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person decides: who has authority to classify, never the officer."""
    return _has_authority(user, evaluation, evaluation.decider)


def can_keep_evaluation(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person records absences and findings: the agency's own people, never about themselves."""
    return can_keep(user, evaluation.period) and not is_own(user, evaluation)


def _has_authority(user: Any, evaluation: Evaluation, competent: Officer | None) -> bool:
    """Ask the officer named at opening; where nobody could be named, who heads the agency on the platform."""
    if is_own(user, evaluation):
        return False
    if competent is not None:
        return _is(user, competent)
    return access_for(user).acts_for(evaluation.agency, Role.AGENCY_HEAD)


def _is(user: Any, officer: Officer) -> bool:
    return officer.account_id is not None and officer.account_id == getattr(user, "pk", None)
