from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpConfig(AppConfig):
    """Help: the guides of docs/, read where the work is done."""

    name = "cms.help"
    label = "help"
    verbose_name = _("Help")
