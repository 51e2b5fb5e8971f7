from django.apps import AppConfig


class ImportersConfig(AppConfig):
    """The way in."""

    name = "importers"
