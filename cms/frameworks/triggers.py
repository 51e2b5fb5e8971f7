"""What the database itself refuses: changing or removing a published version or a set of inputs."""

from cms.core.triggers import Trigger, key_taken

_VERSION = "a published framework version never changes"
_INPUTS = "a set of inputs never changes"

# Who published and who added may be forgotten when an account is removed; nothing else may change.
_VERSION_COLUMNS = (
    "id", "framework_id", "number", "content", "content_hash", "name", "effective_from", "effective_to", "published_at",
)  # fmt: skip
_INPUT_COLUMNS = ("id", "subject", "size", "made_up", "content", "content_hash")


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


_VERSIONS, _SETS = "frameworks_frameworkversion", "frameworks_inputset"
_VERSION_TAKEN = key_taken(_VERSIONS, "id", "framework_id,number")


def framework_triggers(*later_columns: str) -> list[Trigger]:
    """Return the guards; a migration names the columns of versions that were there by then beside the first ones."""
    changed = _changed((*_VERSION_COLUMNS, *later_columns))
    return [
        Trigger("framework_version_update", _VERSIONS, "UPDATE", changed, _VERSION),
        Trigger("framework_version_delete", _VERSIONS, "DELETE", "OLD.id IS NOT NULL", _VERSION),
        Trigger("framework_version_replace", _VERSIONS, "INSERT", _VERSION_TAKEN, _VERSION),
        Trigger("framework_inputs_update", _SETS, "UPDATE", _changed(_INPUT_COLUMNS), _INPUTS),
        Trigger("framework_inputs_replace", _SETS, "INSERT", key_taken(_SETS, "id", "content_hash"), _INPUTS),
    ]


FRAMEWORK_TRIGGERS = framework_triggers("backdating_reason")
