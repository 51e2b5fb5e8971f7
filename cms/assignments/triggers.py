"""What the database itself refuses: taking confirmed work away, and changing what was copied when work was given."""

from cms.core.triggers import Trigger, key_taken, row_missing

_WORK = "assignments_workassignment"
_COPIED = ("identity", "officer_id", "posting_id", "agency_id", "item_id", "item_identity", "code", "name", "unit",
           "coefficient")  # fmt: skip

_EVIDENCE = "assignments_evidence"
_BROUGHT = ("identity", "work_id", "kind", "name", "file", "media_type", "size", "sha256", "url", "document_number",
            "document_date", "added_by_id", "added_at")  # fmt: skip

EVIDENCE_TRIGGERS = [
    Trigger(
        "evidence_work_insert", _EVIDENCE, "INSERT", row_missing("work_id", _WORK), "evidence stands beside work"
    ),
    Trigger("evidence_delete", _EVIDENCE, "DELETE", "OLD.id IS NOT NULL", "evidence is withdrawn, never deleted"),
    Trigger(
        "evidence_brought_update", _EVIDENCE, "UPDATE",
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _BROUGHT),
        "evidence stays as it was brought",
    ),
]  # fmt: skip

_CLAIM = "assignments_claim"

CLAIM_TRIGGERS = [
    Trigger("claim_work_insert", _CLAIM, "INSERT", row_missing("work_id", _WORK), "a claim is about work"),
    Trigger("claim_delete", _CLAIM, "DELETE", "OLD.id IS NOT NULL", "claims are refused, never deleted"),
    Trigger(
        "claim_decided_update", _CLAIM, "UPDATE", "OLD.state IN ('accepted', 'refused')",
        "a decided claim never changes",
    ),
    Trigger(
        "claim_made_update", _CLAIM, "UPDATE",
        "NEW.work_id IS DISTINCT FROM OLD.work_id OR NEW.about IS DISTINCT FROM OLD.about "
        "OR NEW.made_by_id IS DISTINCT FROM OLD.made_by_id",
        "whose claim it is, and what for, never changes",
    ),
]  # fmt: skip

WORK_TRIGGERS = [
    Trigger(
        "work_delete", _WORK, "DELETE", "OLD.id IS NOT NULL", "work is withdrawn, never deleted", per_statement=True
    ),
    Trigger(
        "work_copied_update", _WORK, "UPDATE",
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _COPIED),
        "what was copied when the work was given never changes",
    ),
]  # fmt: skip

# What another system said of work may come to mean another piece, which is there as well.
OUTSIDE_TRIGGERS = [
    Trigger(f"{name}_{event.lower()}", table, event, row_missing("work_id", _WORK), "what is said of work is of work")
    for name, table in (
        ("outside_work_work", "assignments_outsidework"), ("outside_message_work", "assignments_outsidemessage")
    )
    for event in ("INSERT", "UPDATE")
]  # fmt: skip

_PLAN = "assignments_plantask"
_GIVEN = ("identity", "agency_id", "giver_id", "given_kind", "given_on", "system", "outside_id")

PLAN_TASK_TRIGGERS = [
    Trigger("plan_task_delete", _PLAN, "DELETE", "OLD.id IS NOT NULL", "plan tasks are withdrawn, never deleted"),
    Trigger(
        "plan_task_given_update", _PLAN, "UPDATE",
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _GIVEN),
        "who gave a plan task to whom never changes",
    ),
    Trigger(
        "plan_task_confirmed_update", _PLAN, "UPDATE",
        "OLD.state IN ('confirmed', 'withdrawn') AND NEW.state IS DISTINCT FROM OLD.state",
        "a confirmed or withdrawn plan task stays so",
    ),
    Trigger(
        "plan_task_replace", _PLAN, "INSERT", key_taken(_PLAN, "id", "identity"), "plan tasks are never replaced"
    ),
]  # fmt: skip

_PROPOSAL, _SIGNAL = "assignments_workproposal", "assignments_signal"
_HAND_OVER, _ABSENCE = "assignments_handover", "assignments_absence"
_PROPOSED = ("identity", "posting_id", "name", "unit", "quantity", "given_on", "due_on", "reason", "made_by_id")

PLANNING_TRIGGERS = [
    Trigger("work_proposal_delete", _PROPOSAL, "DELETE", "OLD.id IS NOT NULL", "proposals are refused, never deleted"),
    Trigger(
        "work_proposal_made_update", _PROPOSAL, "UPDATE",
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _PROPOSED),
        "what was proposed never changes",
    ),
    Trigger(
        "work_proposal_decided_update", _PROPOSAL, "UPDATE", "OLD.state IN ('refused', 'counted')",
        "a proposal that is decided never changes",
    ),
    Trigger("work_signal_delete", _SIGNAL, "DELETE", "OLD.id IS NOT NULL", "signals are dismissed, never deleted"),
    Trigger(
        "work_signal_dismissed_update", _SIGNAL, "UPDATE",
        "OLD.dismissed_at IS NOT NULL AND (NEW.dismissed_at IS DISTINCT FROM OLD.dismissed_at "
        "OR NEW.words IS DISTINCT FROM OLD.words OR NEW.dismissed_by_id IS DISTINCT FROM OLD.dismissed_by_id)",
        "a dismissed signal stays so",
    ),
    *(
        Trigger(f"work_proposal_counts_{event.lower()}", _PROPOSAL, event, row_missing("work_id", _WORK), "it is work")
        for event in ("INSERT", "UPDATE")
    ),
    *(
        Trigger(f"{name}_of_work", f"assignments_{table}", "INSERT", row_missing(column, _WORK), "it is about work")
        for name, table, column in (
            ("rule_piece", "rulepiece", "work_id"), ("notice", "notice", "work_id"),
            ("hand_over_from", "handover", "from_work_id"), ("hand_over_to", "handover", "to_work_id"),
        )
    ),
    Trigger("hand_over_update", _HAND_OVER, "UPDATE", "OLD.id IS NOT NULL", "a hand-over stays as it was"),
    Trigger("hand_over_delete", _HAND_OVER, "DELETE", "OLD.id IS NOT NULL", "a hand-over stays as it was"),
    Trigger("absence_delete", _ABSENCE, "DELETE", "OLD.id IS NOT NULL", "absences are withdrawn, never deleted"),
]  # fmt: skip

ALL_TRIGGERS = [
    *EVIDENCE_TRIGGERS,
    *CLAIM_TRIGGERS,
    *WORK_TRIGGERS,
    *OUTSIDE_TRIGGERS,
    *PLAN_TASK_TRIGGERS,
    *PLANNING_TRIGGERS,
]
