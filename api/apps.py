from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The way out: the read API."""

    name = "api"
