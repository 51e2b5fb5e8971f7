"""The act of the fairness of coefficients."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register


def register_acts() -> None:
    """Make the act known to the ledger."""
    register(Act("fairness.compare", _("had coefficients compared"), is_content=False, is_public=False))
