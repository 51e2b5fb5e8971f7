"""Work, what shows that it was done, claims of objective causes, and who was reminded."""

from cms.assignments.models.claims import Claim, ClaimQuerySet
from cms.assignments.models.evidence import Evidence, EvidenceQuerySet
from cms.assignments.models.reminders import Reminder, ReminderChoice
from cms.assignments.models.work import WorkAssignment, WorkQuerySet

__all__ = [
    "Claim",
    "ClaimQuerySet",
    "Evidence",
    "EvidenceQuerySet",
    "Reminder",
    "ReminderChoice",
    "WorkAssignment",
    "WorkQuerySet",
]
