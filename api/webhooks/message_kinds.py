"""The kind of message about webhooks, with its shipped text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Group, Kind, register

_WEBHOOKS = Group("webhooks", _("Connections to other systems"))


def register_kinds() -> None:
    """Make the kind known."""
    register(
        Kind(
            "webhook.switched_off", _("A webhook was switched off"), _("A webhook was switched off: {program}"),
            _("{address}\n{reason}\n\nOpen it: {link}"),
            (
                Field("program", _("the program"), _("Personnel system of the province")),
                Field("address", _("the address that events were sent to"), "https://nhan-su.example.gov.vn/su-kien"),
                Field("reason", _("why it was switched off"), _("nothing has arrived for five days")), LINK,
            ),
        ),
        group=_WEBHOOKS,
    )  # fmt: skip
