from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangeSetsConfig(AppConfig):
    """Change sets: proposals about items of many catalogs, decided and released together."""

    name = "cms.changesets"
    label = "changesets"
    verbose_name = _("Change sets")

    def ready(self) -> None:
        """Make acts, messages and guards known."""
        from cms.changesets.acts import register_acts
        from cms.changesets.message_kinds import register_kinds
        from cms.changesets.triggers import CHANGE_SET_TRIGGERS
        from cms.core.checks import register_triggers

        register_acts()
        register_kinds()
        register_triggers(CHANGE_SET_TRIGGERS)
