"""What the database itself refuses: two main postings at one time, changing an issued table or an approved position."""

from cms.core.triggers import Trigger, key_taken

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

_TABLES, _ROWS = "organisations_authoritytable", "organisations_authorityrow"
_ISSUED = "an issued authority table never changes"
_COLUMNS = ("id", "block", "number", "effective_from", "decision_number", "basis", "issued_at")
_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _COLUMNS)
_TAKEN = key_taken(_TABLES, "id", "block,number", only="taken.issued_at IS NOT NULL")


def _in_issued(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_TABLES} held WHERE held.id = {row}.table_id AND held.issued_at IS NOT NULL)"  # noqa: S608


AUTHORITY_TRIGGERS = [
    Trigger("authority_table_update", _TABLES, "UPDATE", f"OLD.issued_at IS NOT NULL AND ({_CHANGED})", _ISSUED),
    Trigger("authority_table_delete", _TABLES, "DELETE", "OLD.issued_at IS NOT NULL", _ISSUED),
    Trigger("authority_table_replace", _TABLES, "INSERT", _TAKEN, _ISSUED),
    Trigger("authority_row_insert", _ROWS, "INSERT", _in_issued("NEW"), _ISSUED),
    Trigger("authority_row_update", _ROWS, "UPDATE", f"{_in_issued('NEW')} OR {_in_issued('OLD')}", _ISSUED),
    Trigger("authority_row_delete", _ROWS, "DELETE", _in_issued("OLD"), _ISSUED),
]

_VERSIONS = "organisations_positionversion"
_FROZEN = "an approved version of a position never changes"
_IS_APPROVED = "approved_on IS NOT NULL"


def _version_taken(is_update: bool) -> str:
    return key_taken(_VERSIONS, "id", "position_id,number", only=f"taken.{_IS_APPROVED}", is_update=is_update)


POSITION_TRIGGERS = [
    Trigger("position_version_replace", _VERSIONS, "INSERT", _version_taken(is_update=False), _FROZEN),
    Trigger("position_version_take", _VERSIONS, "UPDATE", _version_taken(is_update=True), _FROZEN),
    Trigger("position_version_update", _VERSIONS, "UPDATE", f"OLD.{_IS_APPROVED}", _FROZEN),
    Trigger("position_version_delete", _VERSIONS, "DELETE", f"OLD.{_IS_APPROVED}", _FROZEN),
]
