"""Opening a period for the organisations below a department or commune, or the province."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.audit.actions import record
from cms.evaluations.actions.periods import Opening, made_of, require_day
from cms.evaluations.enums import Step, SubjectKind
from cms.evaluations.errors import InvalidPeriod
from cms.evaluations.models import Evaluation, Period
from cms.evaluations.models.periods import last_day_of, period_name
from cms.evaluations.permissions import can_open_for_organisations
from cms.frameworks.applicable import Applicable, FrameworksOn
from cms.organisations.authority import AuthorityChart
from cms.organisations.enums import AgencyKind, AuthorityAct, AuthoritySubject
from cms.organisations.models import Agency
from cms.organisations.permissions import require
from cms.users.models import User

# The province evaluates these; each of them evaluates its own units.
_OF_PROVINCE = (AgencyKind.DEPARTMENT, AgencyKind.COMMUNE)


@transaction.atomic
def open_organisation_period(*, by: User | None, agency: Agency, kind: str, first_day: datetime.date) -> Period:
    """Open a period for the organisations below an agency: of the province its departments and communes, of those
    their units.

    For each the framework, and who recognises the result by the tables of authority, are settled now, with reasons.
    Raises ``InvalidPeriod``: opened already, a day on which none begins, a period that no framework knows, no
    organisation below.
    """
    require(by is None or can_open_for_organisations(by, agency))
    require_day(kind, first_day)
    Agency.objects.select_for_update().filter(pk=agency.pk).exists()
    last_day = last_day_of(kind, first_day)
    organisations = _organisations(agency, last_day)
    _require_new(agency, kind, first_day, organisations)
    frameworks = FrameworksOn(last_day).for_organisations(organisations)
    period = Period.objects.create(
        agency=agency, kind=kind, subject_kind=SubjectKind.ORGANISATION, first_day=first_day, last_day=last_day,
        made_of=made_of(kind, frameworks), opened_by=by, opened_at=timezone.now(),
    )  # fmt: skip
    chart = AuthorityChart(timezone.localdate())
    chart.read([], organisations)
    opening = Opening.of(period, chart)
    evaluations = [_evaluation(period, *each, chart) for each in zip(organisations, frameworks, strict=True)]
    for each in evaluations:
        opening.give_steps(each, left_out={Step.OPINION})
    Evaluation.objects.bulk_create(evaluations)
    record(
        by=by, action="period.open", subject=period, label=str(period), agency_code=agency.code,
        after={"evaluations": len(organisations)},
    )  # fmt: skip
    return period


def _organisations(agency: Agency, day: datetime.date) -> list[Agency]:
    """Return the organisations that the agency's period evaluates, those that stand on its last day."""
    below = Agency.objects.filter(path__startswith=agency.path, depth__gt=agency.depth).order_by("path")
    below = below.filter(kind__in=_OF_PROVINCE) if agency.is_root() else below.exclude(kind__in=_OF_PROVINCE)
    found = [each for each in below if each.dissolved_on is None or each.dissolved_on > day]
    if not found:
        raise InvalidPeriod(_("No organisation stands below %(agency)s on the last day.") % {"agency": agency})
    return found


def _require_new(agency: Agency, kind: str, first_day: datetime.date, organisations: list[Agency]) -> None:
    same = Evaluation.objects.filter(
        organisation__in=organisations, period__kind=kind, period__first_day=first_day
    ).select_related("period__agency")
    if (one := same.first()) is not None:
        words = {"period": period_name(kind, first_day), "agency": one.period.agency}
        raise InvalidPeriod(_("%(period)s is open already for the organisations of %(agency)s.") % words)


def _evaluation(period: Period, agency: Agency, applicable: Applicable, chart: AuthorityChart) -> Evaluation:
    evaluates = chart.of_agency(agency, AuthorityAct.EVALUATE)
    classifies = chart.of_agency(agency, AuthorityAct.CLASSIFY)
    found = applicable.version
    return Evaluation(
        period=period, organisation=agency, agency=agency, role=AuthoritySubject.ORGANISATION, framework=found,
        framework_reason="; ".join(applicable.reasons) if found else applicable.problem,
        evaluator=evaluates.officer, evaluator_reason=evaluates.reason,
        decider=classifies.officer, decider_reason=classifies.reason,
        absence="" if found else applicable.problem,
    )  # fmt: skip
