"""The verbs of evaluations."""

from cms.evaluations.actions.bodies import Minutes, give_opinion, hold_meeting, review, verify
from cms.evaluations.actions.caps import choose_under_cap, record_cap_decision, withdraw_cap_decision
from cms.evaluations.actions.clock_reminding import remind_of_clocks
from cms.evaluations.actions.deciding import acknowledge, decide, decide_many, led_first, notify
from cms.evaluations.actions.dossier import add_dossier_file, withdraw_dossier_file
from cms.evaluations.actions.figures import (
    FigureValues,
    PutFigure,
    put_figure,
    put_figures,
    record_figure,
    withdraw_figure,
)
from cms.evaluations.actions.hearings import (
    answer_objection,
    appoint_reviewer,
    approve_cancellation,
    conclude_verification,
    object_to,
    order_verification,
    propose_cancellation,
)
from cms.evaluations.actions.keeping import excuse, find, include, withdraw_finding
from cms.evaluations.actions.marking import Marking, MarksRefused, mark_many
from cms.evaluations.actions.organisation_facts import (
    accept_force_majeure,
    record_shortcoming,
    remedy_shortcoming,
    withdraw_force_majeure,
    withdraw_shortcoming,
)
from cms.evaluations.actions.organisation_periods import open_organisation_period
from cms.evaluations.actions.periods import lock_period, open_period, propose_lock, withdraw_lock
from cms.evaluations.actions.procedures import (
    draft_procedure,
    edit_procedure,
    grant_special_year_end,
    issue_procedure,
    load_shipped_procedure,
    load_shipped_procedures,
    remove_clock,
    save_clock,
)
from cms.evaluations.actions.reminding import agency_reminders, remind_agencies, remind_awaited
from cms.evaluations.actions.reopening import approve_reopening, propose_reopening
from cms.evaluations.actions.scoring import compute
from cms.evaluations.actions.scoring_runs import ask_for_scoring_of_all, score_soon, score_waiting
from cms.evaluations.actions.steps import assess_self, mark, send_back

__all__ = [
    "FigureValues",
    "add_dossier_file",
    "withdraw_dossier_file",
    "Marking",
    "MarksRefused",
    "Minutes",
    "acknowledge",
    "agency_reminders",
    "choose_under_cap",
    "record_cap_decision",
    "withdraw_cap_decision",
    "accept_force_majeure",
    "open_organisation_period",
    "PutFigure",
    "put_figure",
    "put_figures",
    "record_figure",
    "record_shortcoming",
    "withdraw_figure",
    "remedy_shortcoming",
    "withdraw_force_majeure",
    "withdraw_shortcoming",
    "answer_objection",
    "appoint_reviewer",
    "approve_cancellation",
    "approve_reopening",
    "ask_for_scoring_of_all",
    "assess_self",
    "compute",
    "conclude_verification",
    "decide",
    "decide_many",
    "draft_procedure",
    "edit_procedure",
    "excuse",
    "find",
    "give_opinion",
    "grant_special_year_end",
    "hold_meeting",
    "include",
    "led_first",
    "issue_procedure",
    "load_shipped_procedure",
    "load_shipped_procedures",
    "lock_period",
    "mark",
    "mark_many",
    "notify",
    "object_to",
    "open_period",
    "order_verification",
    "propose_cancellation",
    "propose_lock",
    "propose_reopening",
    "remind_agencies",
    "remind_awaited",
    "remind_of_clocks",
    "remove_clock",
    "review",
    "save_clock",
    "score_soon",
    "score_waiting",
    "send_back",
    "verify",
    "withdraw_finding",
    "withdraw_lock",
]
