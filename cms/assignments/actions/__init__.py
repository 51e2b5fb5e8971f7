"""The verbs of work: whoever gives it, does it or confirms it calls one of these, by whatever door."""

from cms.assignments.actions.bouncing import bounces_in, note_bounces, read_mailbox
from cms.assignments.actions.claiming import amend_claim, decide_claim, make_claim
from cms.assignments.actions.confirming import confirm_work, correct_work, return_work
from cms.assignments.actions.days import (
    AbsenceRow,
    enter_absence,
    enter_absences,
    remove_day_off,
    save_day_off,
    withdraw_absence,
)
from cms.assignments.actions.evidence import EvidenceValues, add_evidence, verify_evidence, withdraw_evidence
from cms.assignments.actions.giving import WorkValues, edit_work, give_work, items_on, withdraw_work
from cms.assignments.actions.handing_over import hand_over_work
from cms.assignments.actions.looking import dismiss_signal, find_all_signals, look_at
from cms.assignments.actions.many import WRITTEN_FIELDS, ChangedWork, NewWork, work_edition, write_work
from cms.assignments.actions.noticing import make_all_notices, make_notices, read_notices
from cms.assignments.actions.outside import Taken, take_messages
from cms.assignments.actions.plan_tasks import (
    PlanTaskValues,
    confirm_plan_task,
    correct_plan_task,
    edit_plan_task,
    give_plan_task,
    report_plan_task,
    return_plan_task,
    withdraw_plan_task,
)
from cms.assignments.actions.planning import Outcome, apply_template, copy_plan, give_to_many, save_template
from cms.assignments.actions.proposing import (
    ProposalValues,
    count_proposal,
    count_proposals,
    propose_work,
    refuse_proposal,
    take_proposal,
)
from cms.assignments.actions.reminding import choose_reminders, send_reminders
from cms.assignments.actions.reporting import finish_work, report_at_once, report_work
from cms.assignments.actions.rules_of_work import (
    RuleValues,
    carry_out_rules,
    change_rule,
    make_rule,
    make_rules,
    stop_rule,
    warn_of_rule,
)
from cms.assignments.actions.systems import (
    MOST_RETRIED,
    accept_correction,
    leave_message,
    map_name,
    map_names,
    retry_messages,
    save_system,
)

__all__ = [
    "MOST_RETRIED",
    "WRITTEN_FIELDS",
    "AbsenceRow",
    "ChangedWork",
    "EvidenceValues",
    "NewWork",
    "Outcome",
    "PlanTaskValues",
    "ProposalValues",
    "RuleValues",
    "Taken",
    "WorkValues",
    "accept_correction",
    "add_evidence",
    "amend_claim",
    "apply_template",
    "bounces_in",
    "carry_out_rules",
    "change_rule",
    "choose_reminders",
    "confirm_plan_task",
    "confirm_work",
    "copy_plan",
    "correct_plan_task",
    "correct_work",
    "count_proposal",
    "count_proposals",
    "decide_claim",
    "dismiss_signal",
    "edit_plan_task",
    "edit_work",
    "enter_absence",
    "enter_absences",
    "find_all_signals",
    "finish_work",
    "give_plan_task",
    "give_to_many",
    "give_work",
    "hand_over_work",
    "items_on",
    "leave_message",
    "look_at",
    "make_all_notices",
    "make_claim",
    "make_notices",
    "make_rule",
    "make_rules",
    "map_name",
    "map_names",
    "note_bounces",
    "propose_work",
    "read_mailbox",
    "read_notices",
    "refuse_proposal",
    "remove_day_off",
    "report_at_once",
    "report_plan_task",
    "report_work",
    "retry_messages",
    "return_plan_task",
    "return_work",
    "save_day_off",
    "save_system",
    "save_template",
    "send_reminders",
    "stop_rule",
    "take_messages",
    "take_proposal",
    "verify_evidence",
    "warn_of_rule",
    "withdraw_absence",
    "withdraw_evidence",
    "withdraw_plan_task",
    "withdraw_work",
    "work_edition",
    "write_work",
]
