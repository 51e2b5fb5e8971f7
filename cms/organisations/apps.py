from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """The tree of agencies and who acts for them."""

    name = "cms.organisations"
    label = "organisations"
    verbose_name = _("Agencies and people")

    def ready(self) -> None:
        """Tell the ledger the acts and its screens who reads what, have the database's
        guards looked for, row scope managers and authority, and put an officer's own pages at their addresses."""
        from cms.audit.scope import use_scope
        from cms.core.checks import register_triggers
        from cms.organisations.access import authority_of, managed_by
        from cms.organisations.acts import register_acts
        from cms.organisations.authority import under_authority_of_account
        from cms.organisations.ledger import MembershipScope
        from cms.organisations.managers import managed_by_account
        from cms.organisations.personal.pages import register_pages
        from cms.organisations.triggers import AUTHORITY_TRIGGERS, POSITION_TRIGGERS, POSTING_TRIGGERS

        register_acts()
        managed_by.provide(managed_by_account)
        authority_of.provide(under_authority_of_account)
        register_pages()
        use_scope(MembershipScope())
        register_triggers(POSTING_TRIGGERS)
        register_triggers(AUTHORITY_TRIGGERS)
        register_triggers(POSITION_TRIGGERS)
