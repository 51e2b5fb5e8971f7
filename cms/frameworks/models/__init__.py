"""Criteria frameworks as editors write them, the versions that publishing freezes, and trials of drafts."""

from cms.frameworks.models.contract_staff import ContractStaffChoice
from cms.frameworks.models.decisions import IssuingDecision
from cms.frameworks.models.frameworks import CriteriaFramework, FrameworkQuerySet
from cms.frameworks.models.sources import SourceConfirmation
from cms.frameworks.models.trials import InputSet, Trial, TrialChange, TrialQuerySet
from cms.frameworks.models.versions import BaseConfirmation, FrameworkVersion, FrameworkVersionQuerySet
from cms.frameworks.tasks import FrameworkApprovalTask

__all__ = [
    "BaseConfirmation",
    "ContractStaffChoice",
    "CriteriaFramework",
    "FrameworkApprovalTask",
    "FrameworkQuerySet",
    "FrameworkVersion",
    "FrameworkVersionQuerySet",
    "InputSet",
    "IssuingDecision",
    "SourceConfirmation",
    "Trial",
    "TrialChange",
    "TrialQuerySet",
]
