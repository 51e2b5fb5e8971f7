from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    """Work: given, done, confirmed."""

    name = "cms.assignments"
    label = "assignments"
    verbose_name = _("Work")

    def ready(self) -> None:
        """Tell the ledger the acts, have the database's guards looked for, and give officers the page of their work."""
        from cms.assignments.acts import register_acts
        from cms.assignments.personal.pages import register_pages
        from cms.assignments.triggers import ALL_TRIGGERS
        from cms.core.checks import register_triggers

        register_acts()
        register_pages()
        register_triggers(ALL_TRIGGERS)
