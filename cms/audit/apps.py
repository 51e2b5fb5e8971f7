from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The append-only ledger of acts."""

    name = "cms.audit"
    label = "audit"
    verbose_name = _("Audit ledger")

    def ready(self) -> None:
        from cms.audit.models import AUDIT_TRIGGERS
        from cms.core.checks import register_triggers

        register_triggers(AUDIT_TRIGGERS)
