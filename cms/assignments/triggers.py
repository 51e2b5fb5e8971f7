"""What the database itself refuses: taking confirmed work away, and changing what was copied when work was given."""

from cms.core.triggers import Trigger

_WORK = "assignments_workassignment"
_COPIED = ("identity", "officer_id", "posting_id", "agency_id", "item_id", "item_identity", "code", "name", "unit",
           "coefficient")  # fmt: skip

_EVIDENCE = "assignments_evidence"
_BROUGHT = ("identity", "work_id", "kind", "name", "file", "media_type", "size", "sha256", "url", "document_number",
            "document_date", "added_by_id", "added_at")  # fmt: skip

EVIDENCE_TRIGGERS = [
    Trigger("evidence_delete", _EVIDENCE, "DELETE", "OLD.id IS NOT NULL", "evidence is withdrawn, never deleted"),
    Trigger(
        "evidence_brought_update", _EVIDENCE, "UPDATE",
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _BROUGHT),
        "evidence stays as it was brought",
    ),
]  # fmt: skip

_CLAIM = "assignments_claim"

CLAIM_TRIGGERS = [
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
    Trigger("work_delete", _WORK, "DELETE", "OLD.id IS NOT NULL", "work is withdrawn, never deleted"),
    Trigger(
        "work_copied_update", _WORK, "UPDATE",
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _COPIED),
        "what was copied when the work was given never changes",
    ),
]  # fmt: skip
