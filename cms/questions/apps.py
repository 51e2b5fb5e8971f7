from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    """Questions and bottlenecks: an agency asks, those who appraise its block answer, by a clock."""

    name = "cms.questions"
    label = "questions"
    verbose_name = _("Questions and bottlenecks")

    def ready(self) -> None:
        """Make acts, messages and guards known."""
        from cms.core.checks import register_triggers
        from cms.questions.acts import register_acts
        from cms.questions.message_kinds import register_kinds
        from cms.questions.triggers import QUESTION_TRIGGERS

        register_acts()
        register_kinds()
        register_triggers(QUESTION_TRIGGERS)
