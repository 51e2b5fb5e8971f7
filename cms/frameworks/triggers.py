"""What the database itself refuses: changing or removing published versions, their confirmations, sets of inputs."""

from cms.core.triggers import Trigger, key_taken

_VERSION = "a published framework version never changes"
_CONFIRMATION = "a confirmation beside a later base never changes"
_INPUTS = "a set of inputs never changes"

# Who published and who added may be forgotten when an account is removed; nothing else may change.
_VERSION_COLUMNS = (
    "id", "framework_id", "number", "content", "content_hash", "name", "effective_from", "effective_to", "published_at",
)  # fmt: skip
_INPUT_COLUMNS = ("id", "subject", "size", "made_up", "content", "content_hash")
_CONFIRMATION_COLUMNS = ("id", "version_id", "base_version_id", "confirmed_on", "confirmed_at")


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


_VERSIONS, _SETS = "frameworks_frameworkversion", "frameworks_inputset"
_CONFIRMATIONS = "frameworks_baseconfirmation"
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


_CHOICES = "frameworks_contractstaffchoice"
_CHOICE = "a choice on contract staff never changes"
_CHOICE_COLUMNS = ("id", "agency_id", "covered", "valid_from", "document", "decided_at")
CONTRACT_STAFF_TRIGGERS = [
    Trigger("framework_contract_staff_update", _CHOICES, "UPDATE", _changed(_CHOICE_COLUMNS), _CHOICE),
    Trigger("framework_contract_staff_delete", _CHOICES, "DELETE", "OLD.id IS NOT NULL", _CHOICE),
    Trigger("framework_contract_staff_replace", _CHOICES, "INSERT", key_taken(_CHOICES, "id"), _CHOICE),
]
_CONFIRMATION_TAKEN = key_taken(_CONFIRMATIONS, "id", "version_id,base_version_id")
_DECISIONS = "frameworks_issuingdecision"
_DECISION = "an issuing decision never changes"
_DECISION_COLUMNS = ("id", "version_id", "number", "signed_on", "signer", "effective_from", "recorded_at")
DECISION_TRIGGERS = [
    Trigger("framework_decision_update", _DECISIONS, "UPDATE", _changed(_DECISION_COLUMNS), _DECISION),
    Trigger("framework_decision_delete", _DECISIONS, "DELETE", "OLD.id IS NOT NULL", _DECISION),
    Trigger("framework_decision_replace", _DECISIONS, "INSERT", key_taken(_DECISIONS, "id", "version_id"), _DECISION),
]
# Those that there were before later tables came: a migration of that time installs these.
FIRST_TRIGGERS = [
    *framework_triggers("backdating_reason", "base_version_id", "confirm_by"),
    Trigger("framework_confirmation_update", _CONFIRMATIONS, "UPDATE", _changed(_CONFIRMATION_COLUMNS), _CONFIRMATION),
    Trigger("framework_confirmation_delete", _CONFIRMATIONS, "DELETE", "OLD.id IS NOT NULL", _CONFIRMATION),
    Trigger("framework_confirmation_replace", _CONFIRMATIONS, "INSERT", _CONFIRMATION_TAKEN, _CONFIRMATION),
]
FRAMEWORK_TRIGGERS = [*FIRST_TRIGGERS, *CONTRACT_STAFF_TRIGGERS, *DECISION_TRIGGERS]
