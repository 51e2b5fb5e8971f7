from django.apps import AppConfig


class CatalogPagesConfig(AppConfig):
    """Pages of the catalogs: what people see."""

    name = "catalog_pages"

    def ready(self) -> None:
        """Have the database's guards looked for."""
        from catalog_pages.transparency.triggers import RELEASE_TRIGGERS
        from cms.core.checks import register_triggers

        register_triggers(RELEASE_TRIGGERS)
