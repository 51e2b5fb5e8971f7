from django.apps import AppConfig


class ImportersConfig(AppConfig):
    """The way in."""

    name = "importers"

    def ready(self) -> None:
        """Make the acts known to the ledger."""
        from importers.acts import register_acts

        register_acts()
