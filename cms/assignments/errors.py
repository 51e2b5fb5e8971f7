"""Refusals about work."""

from cms.core.errors import DomainError


class InvalidWork(DomainError):
    """What was said about the work cannot be: a quantity, a day, an item or a person that does not fit."""

    code = "invalid_work"


class OwnWorkConfirmed(DomainError):
    """Nobody confirms their own work."""

    code = "own_work_confirmed"


class InvalidMapping(DomainError):
    """What was said of another system, or of what its words stand for, cannot be."""

    code = "invalid_mapping"


class InvalidEvidence(DomainError):
    """What was brought as evidence cannot be taken."""

    code = "invalid_evidence"


class OwnEvidenceVerified(DomainError):
    """Nobody verifies what they brought, or what is about themselves."""

    code = "own_evidence_verified"


class InvalidClaim(DomainError):
    """What was claimed cannot be: there is nothing to excuse, or words are missing."""

    code = "invalid_claim"


class OwnClaimDecided(DomainError):
    """Nobody decides what they claimed, or what is about themselves."""

    code = "own_claim_decided"


class InvalidPlanTask(DomainError):
    """What was said about the plan task cannot be: days, an agency or words that do not fit."""

    code = "invalid_plan_task"


class OwnReportConfirmed(DomainError):
    """Nobody confirms what they reported themselves."""

    code = "own_report_confirmed"


class InvalidDay(DomainError):
    """What was said about days off or an absence cannot be."""

    code = "invalid_day"


class InvalidProposal(DomainError):
    """What was proposed to the catalog cannot be, or does not count yet."""

    code = "invalid_proposal"
