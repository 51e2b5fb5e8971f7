"""The acts of questions."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register

_Act = partial(Act, is_content=False, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger; what was asked and answered stands with the question alone."""
    register(
        _Act("question.ask", _("asked, for the agency, the question")),
        _Act("question.follow_up", _("asked, for the agency, once more about the question")),
        _Act("question.answer", _("answered the question")),
        _Act("question.close", _("closed the question")),
        _Act("question.withdraw", _("withdrew the question")),
        _Act("question.pass_on", _("passed on the question")),
        _Act("question.remind", _("reminded those who answer of the question")),
        _Act("question.publish", _("made public the answer to the question"), is_public=True),
        _Act("question.hide", _("took from the public the answer to the question"), is_public=True),
        _Act("question_topic.save", _("saved the topic of questions")),
        labels={
            "topic": _("topic"),
            "answerer": _("who answers"),
            "days": _("working days"),
            "is_active": _("can be chosen"),
            "files": _("number of files"),
            "public_asked": _("question for everybody"),
            "public_answer": _("answer for everybody"),
        },
    )
