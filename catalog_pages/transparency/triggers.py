"""What the database itself refuses: changing or removing what was published."""

from cms.core.triggers import Trigger, key_taken

_TABLE = "catalog_pages_transparencyrelease"
_MESSAGE = "a published release never changes"
# Who published may be forgotten when an account is removed; nothing else may change.
_COLUMNS = ("id", "number", "content", "content_hash", "note", "published_at")
_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _COLUMNS)

RELEASE_TRIGGERS = [
    Trigger("transparency_release_update", _TABLE, "UPDATE", _CHANGED, _MESSAGE),
    Trigger("transparency_release_replace", _TABLE, "INSERT", key_taken(_TABLE, "id", "number"), _MESSAGE),
    Trigger("transparency_release_delete", _TABLE, "DELETE", "OLD.id IS NOT NULL", _MESSAGE),
]
