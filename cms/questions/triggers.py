"""What the database itself refuses: changing what was asked or answered."""

from cms.core.triggers import Trigger, key_taken

_QUESTIONS = "questions_question"
_ENTRIES = "questions_questionentry"
_FILES = "questions_questionfile"
_MESSAGE = "what was asked and answered never changes"
_QUESTION_COLUMNS = ("id", "agency_id", "topic_id", "subject", "asked_by_id", "asked_at")
_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _QUESTION_COLUMNS)
_IS_OVER = "OLD.state IN ('closed', 'withdrawn')"
_OF_OVER = f"(SELECT state FROM {_QUESTIONS} WHERE id = NEW.question_id) IN ('closed', 'withdrawn')"  # noqa: S608

QUESTION_TRIGGERS = [
    Trigger("question_update", _QUESTIONS, "UPDATE", f"{_IS_OVER} OR {_CHANGED}", _MESSAGE),
    Trigger("question_entry_insert", _ENTRIES, "INSERT", _OF_OVER, _MESSAGE),
    *(
        trigger
        for name, table in (("question", _QUESTIONS), ("question_entry", _ENTRIES), ("question_file", _FILES))
        for trigger in (
            Trigger(f"{name}_delete", table, "DELETE", "OLD.id IS NOT NULL", _MESSAGE),
            Trigger(f"{name}_replace", table, "INSERT", key_taken(table, "id"), _MESSAGE),
        )
    ),
    *(
        Trigger(f"{name}_update", table, "UPDATE", "OLD.id IS NOT NULL", _MESSAGE)
        for name, table in (("question_entry", _ENTRIES), ("question_file", _FILES))
    ),
]
