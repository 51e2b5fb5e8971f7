"""Writes of proposals, each in one transaction with its line in the ledger."""

from cms.changesets.actions.answering import answer_proposal
from cms.changesets.actions.proposing import propose, propose_again, propose_one_coefficient, propose_parting

__all__ = ["answer_proposal", "propose", "propose_again", "propose_one_coefficient", "propose_parting"]
