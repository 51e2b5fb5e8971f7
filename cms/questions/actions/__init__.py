"""Every write about questions."""

from cms.questions.actions.answering import answer_question, close_question, pass_on
from cms.questions.actions.asking import ask_question, follow_up, withdraw_question
from cms.questions.actions.publishing import hide_answer, publish_answer
from cms.questions.actions.reminding import remind_of_questions
from cms.questions.actions.topics import save_topic

__all__ = [
    "answer_question",
    "ask_question",
    "close_question",
    "follow_up",
    "hide_answer",
    "pass_on",
    "publish_answer",
    "remind_of_questions",
    "save_topic",
    "withdraw_question",
]
