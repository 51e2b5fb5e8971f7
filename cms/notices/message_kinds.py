"""The kinds of messages that are about messages, with their shipped texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Kind, register

DIGEST = "message.digest"


def register_kinds() -> None:
    """Make the kinds known."""
    register(
        Kind(
            DIGEST, _("Messages of the day in one e-mail"), _("Messages of the day: {count}"),
            _("{messages}\n\nThe whole texts stand in your inbox: {link}"),
            (
                Field("count", _("how many messages these are"), "2"),
                Field(
                    "messages", _("the subjects with their addresses"),
                    _("– Returned: Catalog of the Statistics Office, version 2"), is_required=True,
                ),
                LINK,
            ),
        )
    )  # fmt: skip
