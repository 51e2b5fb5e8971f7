"""What the database itself refuses: changing what was locked, and erasing who marked whom how."""

from cms.core.triggers import Trigger, key_taken

_PERIOD, _EVALUATION = "evaluations_period", "evaluations_evaluation"
_ACT, _FINDING, _RESULT = "evaluations_evaluationact", "evaluations_finding", "evaluations_result"
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


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


_PINNED = ("identity", "period_id", "officer_id")

EVALUATION_TRIGGERS = [
    Trigger("period_locked_update", _PERIOD, "UPDATE", "OLD.locked_at IS NOT NULL", "a locked period never changes"),
    Trigger("period_delete", _PERIOD, "DELETE", "OLD.id IS NOT NULL", "periods are never deleted"),
    Trigger(
        "period_replace", _PERIOD, "INSERT", key_taken(_PERIOD, "id", "agency_id,kind,first_day"),
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
        "evaluation_replace", _EVALUATION, "INSERT", key_taken(_EVALUATION, "id", "identity", "period_id,officer_id"),
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
