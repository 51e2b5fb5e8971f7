from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangeSetsConfig(AppConfig):
    """Change sets: proposals about items of many catalogs, decided and released together."""

    name = "cms.changesets"
    label = "changesets"
    verbose_name = _("Change sets")

    def ready(self) -> None:
        """Tell the ledger the acts, and have the guards looked for."""
        from cms.changesets.acts import register_acts
        from cms.changesets.triggers import CHANGE_SET_TRIGGERS
        from cms.core.checks import register_triggers

        register_acts()
        register_triggers(CHANGE_SET_TRIGGERS)
