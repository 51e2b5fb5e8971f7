"""The verbs of work: whoever gives it, does it or confirms it calls one of these, by whatever door."""

from cms.assignments.actions.claiming import amend_claim, decide_claim, make_claim
from cms.assignments.actions.confirming import confirm_work, correct_work, return_work
from cms.assignments.actions.evidence import EvidenceValues, add_evidence, verify_evidence, withdraw_evidence
from cms.assignments.actions.giving import WorkValues, edit_work, give_work, items_on, withdraw_work
from cms.assignments.actions.reminding import choose_reminders, send_reminders
from cms.assignments.actions.reporting import finish_work, report_work

__all__ = [
    "EvidenceValues",
    "WorkValues",
    "add_evidence",
    "amend_claim",
    "choose_reminders",
    "confirm_work",
    "correct_work",
    "decide_claim",
    "edit_work",
    "finish_work",
    "give_work",
    "items_on",
    "make_claim",
    "report_work",
    "return_work",
    "send_reminders",
    "verify_evidence",
    "withdraw_evidence",
    "withdraw_work",
]
