from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    """Curation: which works of all catalogs are the same, and what editors judged of them."""

    name = "cms.curation"
    label = "curation"
    verbose_name = _("Common vocabulary of works")

    def ready(self) -> None:
        """Tell the ledger the acts, have the guards looked for, and read catalogs whose versions move on."""
        from cms.catalogs.actions.review import version_moved
        from cms.core.checks import register_triggers
        from cms.curation.actions.reading import ask_for_reading
        from cms.curation.acts import register_acts
        from cms.curation.triggers import CURATION_TRIGGERS

        version_moved.provide(ask_for_reading)
        register_acts()
        register_triggers(CURATION_TRIGGERS)
