"""Every write about alike works."""

from cms.curation.actions.abbreviations import keep_abbreviation, remove_abbreviation
from cms.curation.actions.answering import answer_other_work
from cms.curation.actions.judging import judge, undo
from cms.curation.actions.promoting import AlikeTexts, end_link, promote
from cms.curation.actions.reading import ask_for_reading, ask_for_reading_of_all, read_waiting
from cms.curation.actions.recomparing import compare_all_anew
from cms.curation.actions.taking import release, take, take_next

__all__ = [
    "AlikeTexts",
    "answer_other_work",
    "ask_for_reading",
    "ask_for_reading_of_all",
    "compare_all_anew",
    "end_link",
    "judge",
    "keep_abbreviation",
    "promote",
    "read_waiting",
    "release",
    "remove_abbreviation",
    "take",
    "take_next",
    "undo",
]
