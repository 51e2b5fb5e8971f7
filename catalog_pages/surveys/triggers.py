"""What the database itself refuses: changing an answer, taking one away, and other questions under it."""

from __future__ import annotations

from cms.core.triggers import Trigger, key_taken

_QUESTION = "catalog_pages_surveyquestion"
_LINK = "catalog_pages_surveylink"
_ANSWER = "catalog_pages_surveyanswer"
_ANSWERED = "EXISTS (SELECT 1 FROM catalog_pages_surveyanswer a WHERE a.survey_id = {row}.page_id)"
_COLUMNS = ("id", "page_id", "clean_name", "label", "field_type", "choices")
_REWORDED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _COLUMNS)
_FIXED = "questions that were answered never change"
_FROZEN = "an answer to a survey never changes"
_ONCE = "a link to a survey is used once"

SURVEY_TRIGGERS = [
    Trigger("survey_question_update", _QUESTION, "UPDATE", f"({_REWORDED}) AND {_ANSWERED.format(row='OLD')}", _FIXED),
    Trigger("survey_question_insert", _QUESTION, "INSERT", _ANSWERED.format(row="NEW"), _FIXED),
    Trigger("survey_question_delete", _QUESTION, "DELETE", _ANSWERED.format(row="OLD"), _FIXED),
    Trigger("survey_answer_update", _ANSWER, "UPDATE", "OLD.id IS NOT NULL", _FROZEN),
    Trigger("survey_answer_replace", _ANSWER, "INSERT", key_taken(_ANSWER, "id"), _FROZEN),
    Trigger("survey_answer_delete", _ANSWER, "DELETE", "OLD.id IS NOT NULL", _FROZEN),
    Trigger("survey_link_update", _LINK, "UPDATE", "OLD.used OR NEW.token_hash IS DISTINCT FROM OLD.token_hash", _ONCE),
    Trigger("survey_link_delete", _LINK, "DELETE", "OLD.used", _ONCE),
]
