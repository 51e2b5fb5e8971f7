from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    """Evaluations: periods, marks, results."""

    name = "cms.evaluations"
    label = "evaluations"
    verbose_name = _("Evaluations")

    def ready(self) -> None:
        """Tell the ledger the acts, have the guards looked for, say when work is locked, and give officers pages."""
        from cms.assignments.locks import is_locked
        from cms.core.checks import register_triggers
        from cms.evaluations.acts import register_acts
        from cms.evaluations.locks import is_month_locked
        from cms.evaluations.personal.pages import register_pages
        from cms.evaluations.triggers import EVALUATION_TRIGGERS

        is_locked.provide(is_month_locked)
        register_acts()
        register_pages()
        register_triggers(EVALUATION_TRIGGERS)
