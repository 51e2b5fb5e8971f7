"""What the database itself refuses: changing a change set, or its proposals, once it was decided."""

from cms.core.triggers import Trigger, key_taken

_SETS = "changesets_changeset"
_PROPOSALS = "changesets_proposal"
_FIXED_STATES = "('decided', 'released')"
_MESSAGE = "a change set that was decided never changes: it is undone before its day, or released"


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


# A decided set may be released, or come back before its day with its decision given up.
_SET_CHANGED = (
    f"OLD.state = 'released' OR (OLD.state = 'decided' AND "
    f"({_changed('id', 'name', 'note', 'by_id', 'at', 'closed_by_id', 'appraised_by_id')} "
    "OR NEW.state NOT IN ('decided', 'appraised', 'released') "
    "OR (NEW.decision_id IS DISTINCT FROM OLD.decision_id AND NEW.state <> 'appraised')))"
)
_PROPOSAL_COLUMNS = (
    "id", "catalog_id", "change_set_id", "kind", "identity", "merged", "code", "name", "contents", "former", "reason",
    "together", "by_id", "at", "answer", "answer_words", "answered_by_id", "answered_at", "outcome", "outcome_reason",
    "judged_by_id",
)  # fmt: skip


def _of_decided(row: str, states: str = _FIXED_STATES) -> str:
    return f"(SELECT state FROM {_SETS} WHERE id = {row}.change_set_id) IN {states}"  # noqa: S608


_OF_RELEASED = _of_decided("OLD", "('released')")
# Why it was left out is written while the set is being released.
_PROPOSAL_CHANGED = _changed(*_PROPOSAL_COLUMNS)

CHANGE_SET_TRIGGERS = [
    Trigger("change_set_update", _SETS, "UPDATE", _SET_CHANGED, _MESSAGE),
    Trigger("change_set_delete", _SETS, "DELETE", f"OLD.state IN {_FIXED_STATES}", _MESSAGE),
    Trigger(
        "change_set_replace", _SETS, "INSERT", key_taken(_SETS, "id", only=f"taken.state IN {_FIXED_STATES}"), _MESSAGE
    ),
    Trigger("proposal_insert", _PROPOSALS, "INSERT", _of_decided("NEW"), _MESSAGE),
    Trigger(
        "proposal_replace", _PROPOSALS, "INSERT", key_taken(_PROPOSALS, "id", only=_of_decided("taken")), _MESSAGE
    ),
    Trigger(
        "proposal_update", _PROPOSALS, "UPDATE",
        f"{_OF_RELEASED} OR (({_of_decided('OLD')} OR {_of_decided('NEW')}) AND ({_PROPOSAL_CHANGED}))",
        _MESSAGE,
    ),
    Trigger("proposal_delete", _PROPOSALS, "DELETE", _of_decided("OLD"), _MESSAGE),
]  # fmt: skip
