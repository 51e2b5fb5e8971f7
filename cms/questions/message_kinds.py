"""The kinds of messages about questions, with their shipped texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Group, Kind, register

_QUESTION = Field("question", _("the number and the subject of the question"), _("12. Standard unit of an inspection"))
_AGENCY = Field("agency", _("the agency that asks"), _("Statistics Office"))
_TOPIC = Field("topic", _("the topic of the question"), _("Criteria and scoring"))
_DUE = Field("deadline", _("the last day of the answer"), "15/12/2026")
_GROUP = Group("questions", _("Questions and bottlenecks"))


def register_kinds() -> None:
    """Make the kinds known."""
    register(
        Kind(
            "question.asked", _("An agency asks a question"), _("Waits for your answer: {question}"),
            _("{agency} asks about “{topic}”. It is to be answered by {deadline}.\n\nOpen it: {link}"),
            (_QUESTION, _AGENCY, _TOPIC, _DUE, LINK),
        ),
        Kind(
            "question.passed_on", _("A question was passed on"), _("Passed on to you: {question}"),
            _("{name} passed the question of {agency} on to you, to be answered by {deadline}.\n\nOpen it: {link}"),
            (_QUESTION, _AGENCY, Field("name", _("who passed it on"), _("Nguyen Van A")), _DUE, LINK),
        ),
        Kind(
            "question.answered", _("A question was answered"), _("Answered: {question}"),
            _("The question of {agency} was answered. Ask once more there if something is missing.\n\nOpen it: {link}"),
            (_QUESTION, _AGENCY, LINK),
        ),
        Kind(
            "question.due", _("Questions have to be answered"), _("Questions that wait for your answer"),
            _("{questions}\n\nOpen the list: {link}"),
            (
                Field("questions", _("questions with their days, a line each"), _("– 12. Standard unit: by 15/12/2026"),
                      is_required=True),
                LINK,
            ),
        ),
        group=_GROUP,
    )  # fmt: skip
