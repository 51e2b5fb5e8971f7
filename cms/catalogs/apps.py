from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogsConfig(AppConfig):
    """Catalogs of products and works, their versions and items."""

    name = "cms.catalogs"
    label = "catalogs"
    verbose_name = _("Catalogs")

    def ready(self) -> None:
        """Tell the ledger the acts and who reads of added columns, and have the database's guards looked for."""
        from cms.audit.scope import add_veil
        from cms.audit.seals import add_kind
        from cms.catalogs.acts import register_acts
        from cms.catalogs.ledger import veil_columns
        from cms.catalogs.message_kinds import register_kinds
        from cms.catalogs.seals import APPROVED_VERSIONS
        from cms.catalogs.triggers import CATALOG_TRIGGERS, DECISION_TRIGGERS, OPINION_TRIGGERS
        from cms.core.checks import register_triggers
        from cms.core.search import trigger_names

        register_acts()
        register_kinds()
        add_veil(veil_columns)
        add_kind(APPROVED_VERSIONS)
        register_triggers(
            [*CATALOG_TRIGGERS, *OPINION_TRIGGERS, *DECISION_TRIGGERS], trigger_names("catalogs_catalogitem")
        )
