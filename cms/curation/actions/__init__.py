"""Every write about alike works."""

from cms.curation.actions.abbreviations import keep_abbreviation, remove_abbreviation
from cms.curation.actions.answering import answer_other_work
from cms.curation.actions.choosing import choose_lists
from cms.curation.actions.judging import judge, undo
from cms.curation.actions.promoting import AlikeTexts, end_link, promote
from cms.curation.actions.reading import ask_for_reading, ask_for_reading_of_all, read_waiting
from cms.curation.actions.recomparing import compare_all_anew
from cms.curation.actions.taking import release, take, take_next
from cms.curation.actions.taking_over import TakenOver, take_over

__all__ = [
    "AlikeTexts",
    "TakenOver",
    "answer_other_work",
    "ask_for_reading",
    "ask_for_reading_of_all",
    "choose_lists",
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
    "take_over",
    "undo",
]
