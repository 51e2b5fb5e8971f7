from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogsConfig(AppConfig):
    """Catalogs of products and works, their versions and items."""

    name = "cms.catalogs"
    label = "catalogs"
    verbose_name = _("Catalogs")

    def ready(self) -> None:
        """Have the database's guards looked for."""
        from cms.catalogs.triggers import CATALOG_TRIGGERS
        from cms.core.checks import register_triggers
        from cms.core.search import trigger_names

        register_triggers(CATALOG_TRIGGERS, trigger_names("catalogs_catalogitem"))
