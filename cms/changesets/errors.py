"""Refusals of proposals and change sets."""

from cms.core.errors import DomainError, WrongState


class InvalidProposal(DomainError):
    """Nothing can be proposed so."""

    code = "invalid_proposal"


class ProposalOvertaken(WrongState):
    """The list, or another change set, has moved on since the proposal was made."""

    code = "proposal_overtaken"


class ReleaseStopped(DomainError):
    """One catalog could not be given its next version, so none was."""

    code = "release_stopped"
