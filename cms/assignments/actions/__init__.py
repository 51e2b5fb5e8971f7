"""The verbs of work: whoever gives it, does it or confirms it calls one of these, by whatever door."""

from cms.assignments.actions.confirming import confirm_work, correct_work, return_work
from cms.assignments.actions.giving import WorkValues, edit_work, give_work, items_on, withdraw_work
from cms.assignments.actions.reporting import finish_work, report_work

__all__ = [
    "WorkValues",
    "confirm_work",
    "correct_work",
    "edit_work",
    "finish_work",
    "give_work",
    "items_on",
    "report_work",
    "return_work",
    "withdraw_work",
]
