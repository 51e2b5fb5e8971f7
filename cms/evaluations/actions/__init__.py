"""The verbs of evaluations."""

from cms.evaluations.actions.keeping import excuse, find, include, withdraw_finding
from cms.evaluations.actions.periods import lock_period, open_period, propose_lock, withdraw_lock
from cms.evaluations.actions.reopening import approve_reopening, propose_reopening
from cms.evaluations.actions.scoring import compute
from cms.evaluations.actions.steps import assess_self, decide, mark, send_back

__all__ = [
    "approve_reopening",
    "assess_self",
    "compute",
    "decide",
    "excuse",
    "find",
    "include",
    "lock_period",
    "mark",
    "open_period",
    "propose_lock",
    "propose_reopening",
    "send_back",
    "withdraw_finding",
    "withdraw_lock",
]
