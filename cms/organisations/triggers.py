"""What the database itself refuses: two main postings of one officer at one time."""

from cms.core.triggers import Trigger

_POSTINGS = "organisations_posting"
_MESSAGE = "main postings of one officer overlap in time"
_OTHERS = (
    "NEW.is_main AND EXISTS (SELECT 1 FROM organisations_posting other WHERE other.officer_id = NEW.officer_id "
    "AND other.is_main AND other.valid_from <= COALESCE(NEW.valid_to, '9999-12-31') "
    "AND COALESCE(other.valid_to, '9999-12-31') >= NEW.valid_from"
)

# A row that is being inserted has no key yet on SQLite, so it is not compared with one.
POSTING_TRIGGERS = [
    Trigger("posting_overlap_insert", _POSTINGS, "INSERT", f"{_OTHERS})", _MESSAGE),
    Trigger("posting_overlap_update", _POSTINGS, "UPDATE", f"{_OTHERS} AND other.id <> OLD.id)", _MESSAGE),
]
