"""Work and what shows it, plan tasks, claims, other systems that tell of work, and who was reminded."""

from cms.assignments.models.claims import Claim, ClaimQuerySet
from cms.assignments.models.days import Absence, AbsenceQuerySet, DayOff
from cms.assignments.models.evidence import Evidence, EvidenceQuerySet
from cms.assignments.models.notices import Notice, NoticeQuerySet
from cms.assignments.models.outside import (
    ExternalSystem,
    ExternalSystemQuerySet,
    OutsideMessage,
    OutsideMessageQuerySet,
    OutsideName,
    OutsideNameQuerySet,
    OutsideWork,
)
from cms.assignments.models.plan_tasks import PlanTask, PlanTaskQuerySet
from cms.assignments.models.planning import (
    HandOver,
    PositionTemplate,
    PositionTemplateQuerySet,
    RulePiece,
    TemplateLine,
    WorkRule,
    WorkRuleQuerySet,
)
from cms.assignments.models.proposals import WorkProposal, WorkProposalQuerySet
from cms.assignments.models.reminders import Reminder, ReminderChoice
from cms.assignments.models.signal_rows import Signal, SignalQuerySet
from cms.assignments.models.work import WorkAssignment, WorkQuerySet

__all__ = [
    "Absence",
    "AbsenceQuerySet",
    "Claim",
    "ClaimQuerySet",
    "DayOff",
    "Evidence",
    "EvidenceQuerySet",
    "ExternalSystem",
    "ExternalSystemQuerySet",
    "HandOver",
    "Notice",
    "NoticeQuerySet",
    "OutsideMessage",
    "OutsideMessageQuerySet",
    "OutsideName",
    "OutsideNameQuerySet",
    "OutsideWork",
    "PlanTask",
    "PlanTaskQuerySet",
    "PositionTemplate",
    "PositionTemplateQuerySet",
    "Reminder",
    "ReminderChoice",
    "RulePiece",
    "Signal",
    "SignalQuerySet",
    "TemplateLine",
    "WorkAssignment",
    "WorkProposal",
    "WorkProposalQuerySet",
    "WorkQuerySet",
    "WorkRule",
    "WorkRuleQuerySet",
]
