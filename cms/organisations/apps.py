from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """The tree of agencies and who acts for them."""

    name = "cms.organisations"
    label = "organisations"
    verbose_name = _("Agencies and people")

    def ready(self) -> None:
        """Tell the ledger's screens who reads what."""
        from cms.audit.scope import use_scope
        from cms.organisations.ledger import MembershipScope

        use_scope(MembershipScope())
