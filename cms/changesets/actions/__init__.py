"""Writes of proposals and change sets, each in one transaction with its line in the ledger."""

from cms.changesets.actions.answering import answer_proposal
from cms.changesets.actions.appraising import finish_appraisal, judge_many, judge_proposal
from cms.changesets.actions.by_code import propose_by_code
from cms.changesets.actions.gathering import close_set, gather, open_set, remind_agencies, reopen_set, take_out
from cms.changesets.actions.proposing import propose, propose_again, propose_one_coefficient, propose_parting

__all__ = [
    "answer_proposal",
    "close_set",
    "finish_appraisal",
    "gather",
    "judge_many",
    "judge_proposal",
    "open_set",
    "propose",
    "propose_again",
    "propose_by_code",
    "propose_one_coefficient",
    "propose_parting",
    "remind_agencies",
    "reopen_set",
    "take_out",
]
