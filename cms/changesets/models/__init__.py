"""Proposals about items of catalogs, and the sets in which they are decided."""

from cms.changesets.models.proposals import NONE, Proposal, ProposalQuerySet
from cms.changesets.models.sets import ChangeSet, ChangeSetQuerySet

__all__ = ["NONE", "ChangeSet", "ChangeSetQuerySet", "Proposal", "ProposalQuerySet"]
