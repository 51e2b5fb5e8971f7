"""The acts of webhooks."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register

_Unseen = partial(Act, is_content=False, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Unseen("webhook.add", _("added the webhook")),
        _Unseen("webhook.edit", _("changed the webhook")),
        _Unseen("webhook.rotate", _("made a new secret for the webhook")),
        _Unseen("webhook.switch_off", _("switched off the webhook")),
        _Unseen("webhook.switch_on", _("switched on the webhook")),
        _Unseen("webhook.test", _("sent a trial to the webhook")),
        _Unseen("webhook.replay", _("had events sent again to the webhook")),
        labels={
            "why": _("reason"),
            "again_since": _("sent again from"),
            "events": _("events"),
            "event": _("event"),
        },
        words={
            "why": {
                "gone": _("the receiver said that it is gone for good (410)"),
                "failing": _("nothing has arrived for five days"),
            }
        },
    )
