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

FRAMEWORK_TRIGGERS = [
    Trigger("framework_version_update", _VERSIONS, "UPDATE", _changed(_VERSION_COLUMNS), _VERSION),
    Trigger("framework_version_delete", _VERSIONS, "DELETE", "OLD.id IS NOT NULL", _VERSION),
    Trigger("framework_version_replace", _VERSIONS, "INSERT", _VERSION_TAKEN, _VERSION),
    Trigger("framework_inputs_update", _SETS, "UPDATE", _changed(_INPUT_COLUMNS), _INPUTS),
    Trigger("framework_inputs_replace", _SETS, "INSERT", key_taken(_SETS, "id", "content_hash"), _INPUTS),
]
