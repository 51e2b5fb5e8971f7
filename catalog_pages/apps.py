from django.apps import AppConfig


class CatalogPagesConfig(AppConfig):
    name = "catalog_pages"
