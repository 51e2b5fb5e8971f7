from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    """Evaluations: periods, marks, results."""

    name = "cms.evaluations"
    label = "evaluations"
    verbose_name = _("Evaluations")

    def ready(self) -> None:
        """Tell the ledger the acts, have the guards looked for, say when work is locked, and give officers pages."""
        from cms.assignments import digests
        from cms.assignments.locks import is_locked, is_plan_locked, locked_months
        from cms.core.checks import register_triggers
        from cms.evaluations import locks
        from cms.evaluations.acts import register_acts
        from cms.evaluations.digests import long_late_steps, waiting_steps
        from cms.evaluations.message_kinds import register_kinds
        from cms.evaluations.personal.pages import register_pages
        from cms.evaluations.triggers import (
            CAP_FILE_TRIGGERS,
            CAP_TRIGGERS,
            DOSSIER_TRIGGERS,
            EVALUATION_TRIGGERS,
            FIGURE_TRIGGERS,
            HEARING_TRIGGERS,
            ORGANISATION_TRIGGERS,
            PLAN_LOCK_TRIGGERS,
            PROCEDURE_TRIGGERS,
        )

        is_locked.provide(locks.is_month_locked)
        locked_months.provide(locks.locked_months)
        is_plan_locked.provide(locks.is_plan_month_locked)
        digests.waiting_steps.provide(waiting_steps)
        digests.long_late_steps.provide(long_late_steps)
        register_acts()
        register_kinds()
        register_pages()
        register_triggers([
            *CAP_FILE_TRIGGERS, *CAP_TRIGGERS, *DOSSIER_TRIGGERS, *EVALUATION_TRIGGERS, *FIGURE_TRIGGERS,
            *HEARING_TRIGGERS, *ORGANISATION_TRIGGERS, *PLAN_LOCK_TRIGGERS, *PROCEDURE_TRIGGERS,
        ])  # fmt: skip
