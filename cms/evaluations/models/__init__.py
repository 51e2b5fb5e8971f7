"""Periods of an agency, the evaluations of its officers in them, and the results that follow."""

from cms.evaluations.models.acts import EvaluationAct, Finding, Reopening
from cms.evaluations.models.evaluations import Evaluation, EvaluationQuerySet
from cms.evaluations.models.periods import Period, PeriodQuerySet
from cms.evaluations.models.results import Result, ResultQuerySet

__all__ = [
    "Evaluation",
    "EvaluationAct",
    "EvaluationQuerySet",
    "Finding",
    "Period",
    "PeriodQuerySet",
    "Reopening",
    "Result",
    "ResultQuerySet",
]
