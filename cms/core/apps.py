from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.admin.apps import WagtailAdminAppConfig

# Fields of Wagtail's forms for links that it leaves without a label, so that their names in English would stand there.
_LINK_LABELS = {
    "link_text": _("Words of the link"),
    "email_address": _("Email address"),
    "subject": _("Subject"),
    "body": _("Text of the message"),
    "phone_number": _("Telephone"),
}


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
    """Wagtail's admin without its own e-mails about workflows: each step of ours notifies the right people itself.

    Its forms for links have labels.
    """

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
        self._label_links()

    def _label_links(self) -> None:
        from wagtail.admin.forms import choosers

        for form in (
            choosers.ExternalLinkChooserForm, choosers.AnchorLinkChooserForm,
            choosers.EmailLinkChooserForm, choosers.PhoneLinkChooserForm,
        ):  # fmt: skip
            for name, field in form.base_fields.items():
                field.label = field.label or _LINK_LABELS[name]
