from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every other room stands on: errors, formats, search, paging, triggers."""

    name = "cms.core"
    label = "core"

    def ready(self) -> None:
        """Have Wagtail's exports hold no text that a spreadsheet program would run."""
        from cms.core.spreadsheets import guard_wagtail_exports

        guard_wagtail_exports()
