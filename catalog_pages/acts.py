"""The acts of public figures."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, Event, EventAudience, register

_Public = partial(Act, is_content=False, is_public=True)

_Decision = partial(Act, is_content=False, is_public=False)

_TRANSPARENCY_RELEASED = Event(
    "transparency.released", _("a release of public figures is published"), EventAudience.EVERYBODY
)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Public("transparency.prepare", _("had the figures prepared")),
        _Decision("catalog_decision.prepare", _("entered the decision on many catalogs")),
        _Decision("catalog_decision.approve", _("approved the versions of the decision")),
        _Decision("catalog_decision.abandon", _("gave up the decision on many catalogs")),
        _Public("transparency.publish", _("published the figures"), event=_TRANSPARENCY_RELEASED),
        labels={"versions": _("number of versions")},
    )
