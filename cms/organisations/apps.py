from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """The tree of agencies and who acts for them."""

    name = "cms.organisations"
    label = "organisations"
    verbose_name = _("Agencies and people")
