from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FairnessConfig(AppConfig):
    """Whether agencies weigh the same work alike: counted from their lists, kept until it is counted anew."""

    name = "cms.fairness"
    label = "fairness"
    verbose_name = _("Fairness of coefficients")

    def ready(self) -> None:
        """Register the ledger's act."""
        from cms.fairness.acts import register_acts

        register_acts()
