"""The acts of public figures."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, Event, EventAudience, register

_Public = partial(Act, is_content=False, is_public=True)

_TRANSPARENCY_RELEASED = Event(
    "transparency.released", _("a release of public figures is published"), EventAudience.EVERYBODY
)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Public("transparency.prepare", _("had the figures prepared")),
        _Public("transparency.publish", _("published the figures"), event=_TRANSPARENCY_RELEASED),
    )
