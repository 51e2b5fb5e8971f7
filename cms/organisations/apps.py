from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """The tree of agencies and who acts for them."""

    name = "cms.organisations"
    label = "organisations"
    verbose_name = _("Agencies and people")

    def ready(self) -> None:
        """Tell the ledger the acts and its screens who reads what, and have the database's guards looked for."""
        from cms.audit.scope import use_scope
        from cms.core.checks import register_triggers
        from cms.organisations.acts import register_acts
        from cms.organisations.ledger import MembershipScope
        from cms.organisations.triggers import POSTING_TRIGGERS

        register_acts()
        use_scope(MembershipScope())
        register_triggers(POSTING_TRIGGERS)
