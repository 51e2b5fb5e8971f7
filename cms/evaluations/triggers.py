"""What the database itself refuses: changing what was locked, and erasing who marked whom how."""

from cms.core.triggers import Trigger, key_taken

_PERIOD, _EVALUATION = "evaluations_period", "evaluations_evaluation"
_ACT, _FINDING, _RESULT = "evaluations_evaluationact", "evaluations_finding", "evaluations_result"
_FIGURE = "evaluations_figure"
_SHORTCOMING, _MAJEURE = "evaluations_shortcoming", "evaluations_forcemajeure"
_AGENCY, _PLAN = "organisations_agency", "assignments_plantask"
_OBJECTION, _COMPLAINT, _CANCELLATION = (
    "evaluations_objection", "evaluations_complaint", "evaluations_cancellation",
)  # fmt: skip
_CAP_DECISION, _CAP_CHOICE = "evaluations_capdecision", "evaluations_capchoice"
_REOPENING, _WORK = "evaluations_reopening", "assignments_workassignment"

_REOPENED = (
    "EXISTS (SELECT 1 FROM evaluations_reopening r WHERE r.evaluation_id = {} AND r.approved_at IS NOT NULL "
    "AND r.closed_at IS NULL)"
)


def _is_locked(evaluation: str) -> str:
    """Return the condition that the evaluation of this key is of a locked period and not opened again."""
    return (
        f"EXISTS (SELECT 1 FROM {_EVALUATION} e JOIN {_PERIOD} p ON p.id = e.period_id "  # noqa: S608
        f"WHERE e.id = {evaluation} AND p.locked_at IS NOT NULL) AND NOT {_REOPENED.format(evaluation)}"
    )


def _work_locked(row: str) -> str:
    """Return the condition that the work of a row is of a month that is locked for its officer."""
    return (
        f"EXISTS (SELECT 1 FROM {_EVALUATION} e JOIN {_PERIOD} p ON p.id = e.period_id "  # noqa: S608
        f"WHERE e.officer_id = {row}.officer_id AND p.locked_at IS NOT NULL AND p.made_of = '' "
        f"AND p.first_day <= {row}.month AND p.last_day >= {row}.month AND NOT {_REOPENED.format('e.id')})"
    )


def _plan_locked(row: str) -> str:
    """Return the condition that a plan task of a row is due in a locked period of its agency, or of one above it.

    While the agency's own evaluation of such a period is opened again, that is not so.
    """
    over = f"made_of = '' AND {{0}}.first_day <= {row}.due_on AND {{0}}.last_day >= {row}.due_on"
    return (
        f"EXISTS (SELECT 1 FROM {_PERIOD} p JOIN {_AGENCY} above ON above.id = p.agency_id "  # noqa: S608
        f"JOIN {_AGENCY} own ON own.id = {row}.agency_id AND substr(own.path, 1, length(above.path)) = above.path "
        f"WHERE p.locked_at IS NOT NULL AND p.{over.format('p')}) "
        f"AND NOT EXISTS (SELECT 1 FROM {_EVALUATION} e JOIN {_PERIOD} q ON q.id = e.period_id "
        f"WHERE e.organisation_id = {row}.agency_id AND q.locked_at IS NOT NULL AND q.{over.format('q')} "
        f"AND {_REOPENED.format('e.id')})"
    )


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


_PINNED = ("identity", "period_id", "officer_id", "organisation_id")

EVALUATION_TRIGGERS = [
    Trigger("period_locked_update", _PERIOD, "UPDATE", "OLD.locked_at IS NOT NULL", "a locked period never changes"),
    Trigger("period_delete", _PERIOD, "DELETE", "OLD.id IS NOT NULL", "periods are never deleted"),
    Trigger(
        "period_replace", _PERIOD, "INSERT", key_taken(_PERIOD, "id", "agency_id,kind,first_day,subject_kind"),
        "periods are never replaced",
    ),
    Trigger(
        "evaluation_locked_update", _EVALUATION, "UPDATE", _is_locked("OLD.id"),
        "an evaluation of a locked period never changes",
    ),
    Trigger(
        "evaluation_pinned_update", _EVALUATION, "UPDATE", _changed(*_PINNED), "whose evaluation it is never changes"
    ),
    Trigger("evaluation_delete", _EVALUATION, "DELETE", "OLD.id IS NOT NULL", "evaluations are never deleted"),
    Trigger(
        "evaluation_replace", _EVALUATION, "INSERT",
        key_taken(_EVALUATION, "id", "identity", "period_id,officer_id", "period_id,organisation_id"),
        "evaluations are never replaced",
    ),
    Trigger("evaluation_act_update", _ACT, "UPDATE", "OLD.id IS NOT NULL", "what was done in an evaluation stays"),
    Trigger("evaluation_act_delete", _ACT, "DELETE", "OLD.id IS NOT NULL", "what was done in an evaluation stays"),
    Trigger("evaluation_act_replace", _ACT, "INSERT", key_taken(_ACT, "id"), "what was done in an evaluation stays"),
    Trigger(
        "evaluation_act_locked", _ACT, "INSERT", _is_locked("NEW.evaluation_id"), "the period is locked"
    ),
    Trigger(
        "finding_locked_update", _FINDING, "UPDATE", _is_locked("OLD.evaluation_id"),
        "a finding of a locked period never changes",
    ),
    Trigger("finding_locked_insert", _FINDING, "INSERT", _is_locked("NEW.evaluation_id"), "the period is locked"),
    Trigger("finding_delete", _FINDING, "DELETE", "OLD.id IS NOT NULL", "findings are withdrawn, never deleted"),
    Trigger("result_frozen_update", _RESULT, "UPDATE", "OLD.frozen_at IS NOT NULL", "a frozen result never changes"),
    Trigger("result_delete", _RESULT, "DELETE", "OLD.id IS NOT NULL", "results are never deleted"),
    Trigger(
        "result_replace", _RESULT, "INSERT", key_taken(_RESULT, "id", "evaluation_id,number"),
        "results are never replaced",
    ),
    Trigger("result_locked_insert", _RESULT, "INSERT", _is_locked("NEW.evaluation_id"), "the period is locked"),
    Trigger(
        "reopening_closed_update", _REOPENING, "UPDATE", "OLD.closed_at IS NOT NULL", "a closed reopening never changes"
    ),
    Trigger(
        "reopening_whose_update", _REOPENING, "UPDATE",
        _changed("evaluation_id", "proposed_by_id", "proposed_at", "reason"), "what was proposed never changes",
    ),
    Trigger("reopening_delete", _REOPENING, "DELETE", "OLD.id IS NOT NULL", "reopenings are never deleted"),
    Trigger("work_locked_insert", _WORK, "INSERT", _work_locked("NEW"), "the month of the work is locked"),
    Trigger(
        "work_locked_update", _WORK, "UPDATE", f"{_work_locked('OLD')} OR {_work_locked('NEW')}",
        "the month of the work is locked",
    ),
]  # fmt: skip

PLAN_LOCK_TRIGGERS = [
    Trigger("plan_task_locked_insert", _PLAN, "INSERT", _plan_locked("NEW"), "the period of the plan task is locked"),
    Trigger(
        "plan_task_locked_update", _PLAN, "UPDATE", f"{_plan_locked('OLD')} OR {_plan_locked('NEW')}",
        "the period of the plan task is locked",
    ),
]  # fmt: skip

ORGANISATION_TRIGGERS = [
    Trigger("shortcoming_delete", _SHORTCOMING, "DELETE", "OLD.id IS NOT NULL", "shortcomings are never deleted"),
    Trigger(
        "shortcoming_found_update", _SHORTCOMING, "UPDATE",
        _changed("organisation_id", "source", "words", "document", "found_on", "recorded_by_id", "recorded_at")
        + " OR OLD.withdrawn_at IS NOT NULL", "what was found at an organisation never changes",
    ),
    Trigger(
        "shortcoming_remedy_update", _SHORTCOMING, "UPDATE",
        f"OLD.remedied_on IS NOT NULL AND ({_changed('remedied_on', 'remedy', 'remedy_document')})",
        "how it was remedied never changes",
    ),
    Trigger("force_majeure_delete", _MAJEURE, "DELETE", "OLD.id IS NOT NULL", "force majeure is never deleted"),
    Trigger(
        "force_majeure_update", _MAJEURE, "UPDATE",
        _changed("evaluation_id", "reasoning", "document", "decided_on", "decided_by_id")
        + " OR OLD.withdrawn_at IS NOT NULL", "what was decided never changes",
    ),
    Trigger("force_majeure_locked_insert", _MAJEURE, "INSERT", _is_locked("NEW.evaluation_id"), "the period is locked"),
    Trigger("force_majeure_locked_update", _MAJEURE, "UPDATE", _is_locked("OLD.evaluation_id"), "the period is locked"),
]  # fmt: skip

FIGURE_TRIGGERS = [
    Trigger("figure_delete", _FIGURE, "DELETE", "OLD.id IS NOT NULL", "figures are withdrawn, never deleted"),
    Trigger(
        "figure_update", _FIGURE, "UPDATE",
        _changed("code", "agency_id", "officer_id", "value", "measured_on", "source", "recorded_by_id", "recorded_at")
        + " OR OLD.withdrawn_at IS NOT NULL", "a figure is withdrawn, never changed",
    ),
]  # fmt: skip

# Objections, complaints and cancellations: what was said stays, an answer is the last word, nothing is erased.
HEARING_TRIGGERS = [
    Trigger(
        "objection_answered_update", _OBJECTION, "UPDATE", "OLD.decided_at IS NOT NULL",
        "an answered objection never changes",
    ),
    Trigger(
        "objection_pinned_update", _OBJECTION, "UPDATE",
        _changed("identity", "evaluation_id", "result_id", "grounds", "made_by_id", "made_at"),
        "what was objected never changes",
    ),
    Trigger("objection_delete", _OBJECTION, "DELETE", "OLD.id IS NOT NULL", "objections are never deleted"),
    Trigger(
        "objection_replace", _OBJECTION, "INSERT", key_taken(_OBJECTION, "id", "identity", "result_id"),
        "objections are never replaced",
    ),
    Trigger(
        "complaint_concluded_update", _COMPLAINT, "UPDATE", "OLD.verified_at IS NOT NULL",
        "a concluded complaint never changes",
    ),
    Trigger(
        "complaint_pinned_update", _COMPLAINT, "UPDATE",
        _changed("evaluation_id", "content", "ordered_by_id", "ordered_at"), "what was complained of never changes",
    ),
    Trigger("complaint_delete", _COMPLAINT, "DELETE", "OLD.id IS NOT NULL", "complaints are never deleted"),
    Trigger("complaint_replace", _COMPLAINT, "INSERT", key_taken(_COMPLAINT, "id"), "complaints are never replaced"),
    Trigger(
        "cancellation_approved_update", _CANCELLATION, "UPDATE", "OLD.approved_at IS NOT NULL",
        "an approved cancellation never changes",
    ),
    Trigger(
        "cancellation_pinned_update", _CANCELLATION, "UPDATE",
        _changed("evaluation_id", "result_id", "ground", "reason", "document", "proposed_by_id", "proposed_at"),
        "what was proposed never changes",
    ),
    Trigger("cancellation_delete", _CANCELLATION, "DELETE", "OLD.id IS NOT NULL", "cancellations are never deleted"),
    Trigger(
        "cancellation_replace", _CANCELLATION, "INSERT", key_taken(_CANCELLATION, "id", "result_id"),
        "cancellations are never replaced",
    ),
]  # fmt: skip

_PROCEDURE, _STEP, _DECISION = "evaluations_procedure", "evaluations_procedurestep", "evaluations_decision"
_MEETING, _ATTENDANCE, _NOTICE = "evaluations_meeting", "evaluations_attendance", "evaluations_notice"
_STALE, _SPECIAL = "evaluations_stalemark", "evaluations_specialyearend"


def _is_issued(row: str) -> str:
    """Return the condition that a step is of a procedure that was issued."""
    return f"EXISTS (SELECT 1 FROM {_PROCEDURE} p WHERE p.id = {row}.procedure_id AND p.issued_at IS NOT NULL)"  # noqa: S608


PROCEDURE_TRIGGERS = [
    Trigger(
        "evaluation_steps_update", _EVALUATION, "UPDATE", _changed("steps"), "the steps of an evaluation never change"
    ),
    Trigger(
        "procedure_issued_update", _PROCEDURE, "UPDATE", "OLD.issued_at IS NOT NULL", "an issued procedure stays"
    ),
    Trigger(
        "procedure_issued_delete", _PROCEDURE, "DELETE", "OLD.issued_at IS NOT NULL", "an issued procedure stays"
    ),
    Trigger(
        "procedure_replace", _PROCEDURE, "INSERT", key_taken(_PROCEDURE, "id", "code,number"),
        "procedures are never replaced",
    ),
    Trigger("procedure_step_insert", _STEP, "INSERT", _is_issued("NEW"), "an issued procedure stays"),
    Trigger("procedure_step_update", _STEP, "UPDATE", _is_issued("OLD"), "an issued procedure stays"),
    Trigger("procedure_step_delete", _STEP, "DELETE", _is_issued("OLD"), "an issued procedure stays"),
    *(
        Trigger(f"{name}_{event.lower()}", table, event, "OLD.id IS NOT NULL", f"{words} never changes")
        for name, table, words in (
            ("evaluation_decision", _DECISION, "a decision"), ("meeting", _MEETING, "what minutes say"),
            ("attendance", _ATTENDANCE, "what minutes say"), ("special_year_end", _SPECIAL, "what was allowed"),
        )
        for event in ("UPDATE", "DELETE")
    ),
    Trigger(
        "notice_update", _NOTICE, "UPDATE",
        f"OLD.acknowledged_at IS NOT NULL AND ({_changed('acknowledged_at')}) OR OLD.withdrawn_at IS NOT NULL OR "
        f"{_changed('evaluation_id', 'notified_on', 'bodies', 'sent_by_id', 'sent_at')}",
        "a notice that was given stays",
    ),
    Trigger("notice_delete", _NOTICE, "DELETE", "OLD.id IS NOT NULL", "a notice that was given stays"),
    Trigger("stale_mark_delete", _STALE, "DELETE", "OLD.id IS NOT NULL", "marks are settled, never deleted"),
]  # fmt: skip

CAP_TRIGGERS = [
    Trigger("cap_decision_delete", _CAP_DECISION, "DELETE", "OLD.id IS NOT NULL", "cap decisions are never deleted"),
    Trigger(
        "cap_decision_update", _CAP_DECISION, "UPDATE",
        _changed("period_id", "kind", "groups", "number", "signed_on", "reason", "recorded_by_id", "recorded_at")
        + " OR OLD.withdrawn_at IS NOT NULL", "what was decided about a cap never changes",
    ),
    Trigger("cap_decision_replace", _CAP_DECISION, "INSERT", key_taken(_CAP_DECISION, "id"),
            "decisions on caps are never replaced"),
    Trigger("cap_choice_delete", _CAP_CHOICE, "DELETE", "OLD.id IS NOT NULL", "choices under caps are never deleted"),
    Trigger(
        "cap_choice_update", _CAP_CHOICE, "UPDATE",
        _changed("evaluation_id", "level", "is_kept", "reason", "chosen_by_id", "chosen_at")
        + " OR OLD.withdrawn_at IS NOT NULL", "what was chosen under a cap never changes",
    ),
    Trigger("cap_choice_replace", _CAP_CHOICE, "INSERT", key_taken(_CAP_CHOICE, "id"),
            "choices under caps are never replaced"),
    Trigger("cap_choice_locked", _CAP_CHOICE, "INSERT", _is_locked("NEW.evaluation_id"), "the period is locked"),
]  # fmt: skip

CAP_FILE_TRIGGERS = [
    Trigger(
        "cap_decision_file_update", _CAP_DECISION, "UPDATE", _changed("name", "file", "media_type", "size", "sha256"),
        "the file of a decision on a cap never changes",
    ),
]  # fmt: skip

_DOSSIER = "evaluations_dossierfile"

DOSSIER_TRIGGERS = [
    Trigger("dossier_locked_insert", _DOSSIER, "INSERT", _is_locked("NEW.evaluation_id"), "the period is locked"),
    Trigger("dossier_locked_update", _DOSSIER, "UPDATE", _is_locked("OLD.evaluation_id"), "the period is locked"),
    Trigger("dossier_delete", _DOSSIER, "DELETE", "OLD.id IS NOT NULL", "files of a dossier are never deleted"),
    Trigger("dossier_replace", _DOSSIER, "INSERT", key_taken(_DOSSIER, "id", "identity"),
            "files of a dossier are never replaced"),
    Trigger(
        "dossier_brought_update", _DOSSIER, "UPDATE",
        _changed("identity", "evaluation_id", "kind", "is_of_subject", "name", "file", "media_type", "size", "sha256",
                 "added_by_id", "added_at")
        + " OR OLD.withdrawn_at IS NOT NULL", "a file of a dossier is withdrawn, never changed",
    ),
]  # fmt: skip
