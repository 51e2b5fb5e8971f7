from django.apps import AppConfig
from wagtail.admin.apps import WagtailAdminAppConfig


class CoreConfig(AppConfig):
    """What every other room stands on: errors, formats, search, paging, triggers."""

    name = "cms.core"
    label = "core"
    default = True

    def ready(self) -> None:
        """Have Wagtail's exports hold no text that a spreadsheet program would run."""
        from cms.core.spreadsheets import guard_wagtail_exports

        guard_wagtail_exports()


class WagtailAdminConfig(WagtailAdminAppConfig):
    """Wagtail's admin without its own e-mails about workflows: each step of ours notifies the right people itself."""

    default = False

    def ready(self) -> None:
        """Take back what Wagtail connects; it has no setting for that."""
        super().ready()
        from wagtail import signals
        from wagtail.models import WorkflowState

        for step in ("submitted", "rejected", "approved"):
            signal = getattr(signals, f"workflow_{step}")
            uid = f"workflow_state_{step}_email_notification"
            if not signal.disconnect(sender=WorkflowState, dispatch_uid=uid):
                raise RuntimeError(f"Wagtail no longer connects {uid}: look how it sends its e-mails now.")
