"""What the database itself refuses: changing an approved version or its items, and versions that overlap in time."""

from cms.core.triggers import Trigger, key_taken

_VERSIONS = "catalogs_catalogversion"
_ITEMS = "catalogs_catalogitem"
_FROZEN = "('approved', 'superseded')"
_MESSAGE = "an approved catalog version never changes"

# Columns of an approved version that no later act may touch. What may still happen to it: it is published, its last
# day is set once, and it is superseded.
_FIXED = (
    "id", "catalog_id", "number", "year", "round_id", "base_id", "standard_unit", "standard_score", "divisor", "frames",
    "legal_basis", "decision_number", "decision_date", "effective_from", "created_by_id", "created_at",
    "submitted_by_id", "submitted_at", "appraised_by_id", "appraised_at", "decided_by_id", "decided_at", "edition",
    "summary", "content_hash",
)  # fmt: skip


def _state(row: str) -> str:
    return f"(SELECT state FROM {_VERSIONS} WHERE id = {row}.version_id) IN {_FROZEN}"


def _overlap() -> str:
    return (
        f"NEW.state IN {_FROZEN} AND EXISTS (SELECT 1 FROM {_VERSIONS} other WHERE other.catalog_id = NEW.catalog_id "
        f"AND other.id <> NEW.id AND other.state IN {_FROZEN} "
        "AND other.effective_from <= COALESCE(NEW.effective_to, '9999-12-31') "
        "AND COALESCE(other.effective_to, '9999-12-31') >= NEW.effective_from)"
    )


def _version_changed() -> str:
    changed = [f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _FIXED]
    changed.append(f"NEW.state NOT IN {_FROZEN}")
    changed.append("(OLD.state = 'superseded' AND NEW.state <> 'superseded')")
    changed.append("(OLD.effective_to IS NOT NULL AND NEW.effective_to IS DISTINCT FROM OLD.effective_to)")
    changed.append("(OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)")
    return f"OLD.state IN {_FROZEN} AND ({' OR '.join(changed)})"


_ITEM_IS_FROZEN = f"(SELECT state FROM {_VERSIONS} WHERE id = taken.version_id) IN {_FROZEN}"
_VERSION_IS_FROZEN = f"taken.state IN {_FROZEN}"


def _item_taken(is_update: bool) -> str:
    return key_taken(_ITEMS, "id", only=_ITEM_IS_FROZEN, is_update=is_update)


def _version_taken(is_update: bool) -> str:
    return key_taken(_VERSIONS, "id", "catalog_id,number", only=_VERSION_IS_FROZEN, is_update=is_update)


CATALOG_TRIGGERS = [
    Trigger("catalog_item_frozen_replace", _ITEMS, "INSERT", _item_taken(is_update=False), _MESSAGE),
    Trigger("catalog_item_frozen_take", _ITEMS, "UPDATE", _item_taken(is_update=True), _MESSAGE),
    Trigger("catalog_version_frozen_replace", _VERSIONS, "INSERT", _version_taken(is_update=False), _MESSAGE),
    Trigger("catalog_version_frozen_take", _VERSIONS, "UPDATE", _version_taken(is_update=True), _MESSAGE),
    Trigger("catalog_item_frozen_insert", _ITEMS, "INSERT", _state("NEW"), _MESSAGE),
    Trigger("catalog_item_frozen_update", _ITEMS, "UPDATE", f"({_state('OLD')} OR {_state('NEW')})", _MESSAGE),
    Trigger("catalog_item_frozen_delete", _ITEMS, "DELETE", _state("OLD"), _MESSAGE),
    Trigger("catalog_version_frozen_update", _VERSIONS, "UPDATE", _version_changed(), _MESSAGE),
    Trigger("catalog_version_frozen_delete", _VERSIONS, "DELETE", f"OLD.state IN {_FROZEN}", _MESSAGE),
    Trigger("catalog_version_overlap_insert", _VERSIONS, "INSERT", _overlap(), "catalog versions overlap in time"),
    Trigger("catalog_version_overlap_update", _VERSIONS, "UPDATE", _overlap(), "catalog versions overlap in time"),
]

_OPINIONS = "catalogs_versionopinion"

OPINION_TRIGGERS = [
    Trigger("version_opinion_update", _OPINIONS, "UPDATE", "OLD.given_at IS NOT NULL", "a given opinion never changes"),
    Trigger("version_opinion_delete", _OPINIONS, "DELETE", "OLD.given_at IS NOT NULL", "a given opinion never changes"),
]

_DECISIONS = "catalogs_catalogdecision"
_PARTS = "catalogs_decisionpart"
_DONE = "a decision that was carried out never changes"


def _of_done(row: str) -> str:
    return f"(SELECT state FROM {_DECISIONS} WHERE id = {row}.decision_id) = 'done'"


DECISION_TRIGGERS = [
    Trigger("catalog_decision_update", _DECISIONS, "UPDATE", "OLD.state = 'done'", _DONE),
    Trigger("catalog_decision_delete", _DECISIONS, "DELETE", "OLD.state = 'done'", _DONE),
    Trigger("decision_part_insert", _PARTS, "INSERT", _of_done("NEW"), _DONE),
    Trigger("decision_part_update", _PARTS, "UPDATE", f"({_of_done('OLD')} OR {_of_done('NEW')})", _DONE),
    Trigger("decision_part_delete", _PARTS, "DELETE", _of_done("OLD"), _DONE),
]
