from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The way out: the read API."""

    name = "api"

    def ready(self) -> None:
        """Make the acts known to the ledger."""
        from api.clients.acts import register_acts as register_client_acts
        from api.webhooks.acts import register_acts as register_webhook_acts
        from api.webhooks.message_kinds import register_kinds

        register_client_acts()
        register_webhook_acts()
        register_kinds()
