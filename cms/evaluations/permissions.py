"""Who may do what in evaluations: the officer, who has authority over them, and the desk of their agency."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cms.evaluations.enums import AUTHORITIES, BODIES, Actor, Step
from cms.evaluations.models import Evaluation, Period
from cms.evaluations.models.evaluations import own_organisations
from cms.organisations.access import access_for
from cms.organisations.enums import AgencyKind, DelegationKind
from cms.organisations.models import Agency, AgencyQuerySet, Delegation, Officer
from cms.users.enums import AGENCY_ROLES, APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role

# Agencies that evaluate their people; a division's are evaluated with its agency's.
EVALUATING_KINDS = (AgencyKind.DEPARTMENT, AgencyKind.COMMUNE)
_USUAL: dict[str, Actor] = {Step.MARK: Actor.EVALUATE, Step.DECIDE: Actor.CLASSIFY, Step.OPINION: Actor.OPINION}


def can_see_periods(user: Any) -> bool:
    """Return whether the person keeps the periods of any agency."""
    return access_for(user).has(*WRITING_AGENCY_ROLES)


def can_see_board(user: Any) -> bool:
    """Return whether the person reads how far agencies have come: counts alone, for those who appraise."""
    return access_for(user).holds(*APPRAISING_ROLES)


def agencies_of_periods(user: Any) -> AgencyQuerySet:
    """Return the agencies whose periods the person may open."""
    access = access_for(user)
    own = (access.paths.get(role, frozenset()) for role in WRITING_AGENCY_ROLES)
    return Agency.objects.within(frozenset().union(*own))


def can_keep(user: Any, period: Period) -> bool:
    """Return whether the person opens, calculates and proposes to lock the period: the agency's own people.

    Sở Nội vụ and the bodies of other blocks keep those in which the province evaluates organisations.
    """
    if period.is_of_organisations:
        return can_open_for_organisations(user, period.agency)
    return access_for(user).acts_for(period.agency, *WRITING_AGENCY_ROLES)


def can_open_for_organisations(user: Any, agency: Agency) -> bool:
    """Return whether the person opens and keeps periods in which the organisations below an agency are evaluated."""
    access = access_for(user)
    return access.acts_for(agency, *WRITING_AGENCY_ROLES) or (agency.is_root() and access.holds(*APPRAISING_ROLES))


def can_keep_facts(user: Any, organisation: Agency) -> bool:
    """Return whether the person verifies an organisation and records what was found there: who appraises departments
    and communes of the block, the personnel body of the agency above for units.
    """
    access = access_for(user)
    if organisation.kind in EVALUATING_KINDS:
        return access.over(organisation, *APPRAISING_ROLES)
    return access.acts_for(organisation, *WRITING_AGENCY_ROLES)


def can_record_figure(user: Any, agency: Agency, *, of_officer: bool) -> bool:
    """Return whether the person records figures of an agency, or of an officer who works there.

    A program sends those of its agency's officers and of what is below; that its own agency is not below, says
    ``own_organisations``.
    """
    if access_for(user).acts_for(agency, Role.API_CLIENT):
        return True
    if of_officer:
        return access_for(user).acts_for(agency, *WRITING_AGENCY_ROLES) or access_for(user).over(
            agency, *APPRAISING_ROLES
        )
    return can_keep_facts(user, agency)


def can_see_figures(user: Any) -> bool:
    """Return whether the person records figures of anybody."""
    return can_see_periods(user) or access_for(user).holds(*APPRAISING_ROLES)


def can_see_organisation_periods(user: Any) -> bool:
    """Return whether the person keeps organisations' evaluations anywhere."""
    return can_see_periods(user) or access_for(user).holds(*APPRAISING_ROLES, Role.PROVINCIAL_APPROVER)


def can_lock(user: Any, period: Period) -> bool:
    """Return whether the person may be the one who locks: the head of the agency; never who proposed it."""
    access = access_for(user)
    heads = access.acts_for(period.agency, Role.AGENCY_HEAD)
    if period.is_of_organisations and period.agency.is_root():
        heads = heads or access.has(Role.PROVINCIAL_APPROVER)
    return heads and period.lock_proposed_at is not None and period.lock_proposed_by_id != user.pk


def is_own(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the evaluation is the person's own, or of an organisation to which they belong."""
    if evaluation.officer is not None:
        return _is(user, evaluation.officer)
    return bool(own_organisations(user).filter(pk=evaluation.organisation_id).exists())


def can_assess(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person assesses themselves now."""
    return is_own(user, evaluation) and evaluation.asks_self_assessment


def can_mark(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person marks the subject: who has authority to evaluate, never the subject itself.

    An organisation is verified by the body that keeps facts about it, unless a table names somebody.
    """
    return may_do(user, evaluation, Step.MARK)


def can_decide(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person decides: who has authority to classify, never the officer."""
    return may_do(user, evaluation, Step.DECIDE)


def may_do(user: Any, evaluation: Evaluation, step: str) -> bool:
    """Return whether a step is the person's to do: by authority, by delegation of today, or for a body; never the
    officer, but for the self-assessment.

    Where the tables of authority named nobody, who heads the agency on the platform does it.
    """
    if is_own(user, evaluation) or step == Step.ASSESS:
        return is_own(user, evaluation) and step == Step.ASSESS
    actor = actor_of(evaluation, step)
    if actor in BODIES:
        return _is_of_body(user, evaluation.agency, Role(actor))
    competent = getattr(evaluation, AUTHORITIES[actor])
    if competent is None and evaluation.organisation is not None and step == Step.MARK:
        return can_keep_facts(user, evaluation.organisation)
    if competent is None:
        return access_for(user).acts_for(evaluation.agency, Role.AGENCY_HEAD)
    return _is(user, competent) or delegation_to(user, evaluation, step) is not None


def actor_of(evaluation: Evaluation, step: str) -> Actor:
    """Return who does a step, as it was frozen; of a step that the procedure leaves out, who usually does it."""
    return Actor(evaluation.step_data(step).get("actor") or _USUAL.get(step, Actor.UPLOADER))


def delegation_to(user: Any, evaluation: Evaluation, step: str) -> Delegation | None:
    """Return the delegation of today by which the person does a step for who was named at the opening."""
    actor, account = actor_of(evaluation, step), getattr(user, "pk", None)
    competent = getattr(evaluation, AUTHORITIES[actor]) if actor in AUTHORITIES else None
    if competent is None or account is None or _is(user, competent):
        return None
    held = Delegation.objects.on(timezone.localdate()).filter(kind=DelegationKind.DELEGATION, from_officer=competent)
    return held.exclude(to_officer=evaluation.officer_id).filter(to_officer__account=account).with_names().first()


def _is_of_body(user: Any, agency: Agency, role: Role) -> bool:
    access = access_for(user)
    return access.acts_for(agency, role) if role in AGENCY_ROLES else access.over(agency, role)


def is_of_any_body(user: Any) -> bool:
    """Return whether the person belongs to any body that procedures name."""
    return access_for(user).holds(*(Role(actor) for actor in BODIES))


def can_write_procedures(user: Any) -> bool:
    """Return whether the person drafts procedures and keeps the calendar: editors of Sở Nội vụ."""
    return access_for(user).has(Role.EDITOR)


def can_issue_procedures(user: Any) -> bool:
    """Return whether the person issues procedures that another wrote, and grants a special end of the year."""
    return access_for(user).has(Role.APPROVER)


def can_see_procedures(user: Any) -> bool:
    """Return whether the person reads procedures and the calendar."""
    return access_for(user).has(*WRITING_AGENCY_ROLES, *APPRAISING_ROLES)


def has_part(user: Any, evaluation: Evaluation) -> bool:
    """Return whether a step of the evaluation is the person's to do, and it is not their own."""
    steps = {Step.MARK, Step.DECIDE, *evaluation.step_values} - {Step.ASSESS}
    return any(may_do(user, evaluation, step) for step in steps)


def can_add_to_dossier(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person brings files: the subject, who keeps the evaluation, and who has a part in it."""
    return is_own(user, evaluation) or can_keep_evaluation(user, evaluation) or has_part(user, evaluation)


def dossier_for(user: Any, evaluation: Evaluation) -> Any:
    """Return the files of the dossier that a person reads who sees the evaluation.

    Before the result is theirs to read, the subject reads what they brought themselves, and nothing of others.
    """
    found = evaluation.dossier.select_related("added_by")
    return found.of_subject() if is_own(user, evaluation) and not evaluation.is_readable else found


def knows_cases(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person must know of cases that hold the level down: the subject, the agency's own people, and
    who verifies, advises or decides; not whoever only marks, nor those who only attend.
    """
    if is_own(user, evaluation) or can_keep(user, evaluation.period):
        return True
    knowing = {Step.DECIDE, *evaluation.step_values} - {Step.ASSESS, Step.MARK, Step.MEET, Step.NOTIFY}
    return any(may_do(user, evaluation, step) for step in knowing)


def can_keep_evaluation(user: Any, evaluation: Evaluation) -> bool:
    """Return whether the person records absences and findings: the agency's own people, never about themselves."""
    if evaluation.organisation is not None:
        return can_keep_facts(user, evaluation.organisation) and not is_own(user, evaluation)
    return can_keep(user, evaluation.period) and not is_own(user, evaluation)


def _is(user: Any, officer: Officer) -> bool:
    return officer.account_id is not None and officer.account_id == getattr(user, "pk", None)
