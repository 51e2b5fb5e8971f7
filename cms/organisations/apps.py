from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """The tree of agencies and who acts for them."""

    name = "cms.organisations"
    label = "organisations"
    verbose_name = _("Agencies and people")

    def ready(self) -> None:
        """Register who reads what with the ledger's screens, and the check of the database's guards."""
        from cms.audit.scope import use_scope
        from cms.core.checks import register_triggers
        from cms.organisations.ledger import MembershipScope
        from cms.organisations.triggers import POSTING_TRIGGERS

        use_scope(MembershipScope())
        register_triggers(POSTING_TRIGGERS)
