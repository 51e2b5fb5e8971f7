from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every other room stands on: errors, formats, search, paging, triggers."""

    name = "cms.core"
    label = "core"
