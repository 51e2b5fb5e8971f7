from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Messages: what people are told, in the application and by e-mail."""

    name = "cms.notices"
    label = "notices"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Tell the ledger the acts, and register the check and the kinds."""
        from cms.notices import checks  # noqa: F401
        from cms.notices.acts import register_acts
        from cms.notices.message_kinds import register_kinds

        register_acts()
        register_kinds()
