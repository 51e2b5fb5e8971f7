"""Periods of an agency, the procedures and evaluations of its officers in them, and the results that follow."""

from cms.evaluations.models.acts import EvaluationAct, Finding, Reopening
from cms.evaluations.models.calendar import SpecialYearEnd, YearClock
from cms.evaluations.models.caps import CapChoice, CapDecision
from cms.evaluations.models.decisions import Decision, Notice, StaleMark
from cms.evaluations.models.dossier import DossierFile
from cms.evaluations.models.evaluations import Evaluation, EvaluationQuerySet
from cms.evaluations.models.figures import Figure
from cms.evaluations.models.hearings import Cancellation, Complaint, Objection
from cms.evaluations.models.meetings import Attendance, Meeting
from cms.evaluations.models.organisation_facts import ForceMajeure, Shortcoming
from cms.evaluations.models.periods import Period, PeriodQuerySet
from cms.evaluations.models.procedures import Procedure, ProcedureStep
from cms.evaluations.models.results import Result, ResultQuerySet
from cms.evaluations.models.scorings import PeriodScoring, PeriodScoringQuerySet

__all__ = [
    "CapChoice",
    "CapDecision",
    "Attendance",
    "Decision",
    "Cancellation",
    "Complaint",
    "DossierFile",
    "Evaluation",
    "EvaluationAct",
    "EvaluationQuerySet",
    "Figure",
    "Finding",
    "Meeting",
    "Notice",
    "ForceMajeure",
    "Period",
    "PeriodQuerySet",
    "Procedure",
    "ProcedureStep",
    "Objection",
    "PeriodScoring",
    "PeriodScoringQuerySet",
    "Reopening",
    "Result",
    "ResultQuerySet",
    "SpecialYearEnd",
    "StaleMark",
    "YearClock",
    "Shortcoming",
]
