"""What the database itself refuses: taking confirmed work away, and changing what was copied when work was given."""

from cms.core.triggers import Trigger

_WORK = "assignments_workassignment"
_COPIED = ("identity", "officer_id", "posting_id", "agency_id", "item_id", "item_identity", "code", "name", "unit",
           "coefficient")  # fmt: skip

WORK_TRIGGERS = [
    Trigger("work_delete", _WORK, "DELETE", "OLD.id IS NOT NULL", "work is withdrawn, never deleted"),
    Trigger(
        "work_copied_update", _WORK, "UPDATE",
        " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _COPIED),
        "what was copied when the work was given never changes",
    ),
]  # fmt: skip
