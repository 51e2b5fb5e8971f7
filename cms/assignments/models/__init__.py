"""Work, what shows that it was done, and claims that what went wrong had an objective cause."""

from cms.assignments.models.claims import Claim, ClaimQuerySet
from cms.assignments.models.evidence import Evidence, EvidenceQuerySet
from cms.assignments.models.work import WorkAssignment, WorkQuerySet

__all__ = ["Claim", "ClaimQuerySet", "Evidence", "EvidenceQuerySet", "WorkAssignment", "WorkQuerySet"]
