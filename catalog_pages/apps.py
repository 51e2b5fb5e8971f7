from django.apps import AppConfig


class CatalogPagesConfig(AppConfig):
    """Pages of the catalogs: what people see."""

    name = "catalog_pages"
