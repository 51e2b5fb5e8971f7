"""The kinds of messages that are about messages, with their shipped texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Group, Kind, register

DIGEST = "message.digest"
WEEKLY = "waiting.weekly"
_WAITING = Group("waiting", _("What waits for you, on Mondays"))


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
    register(
        Kind(
            WEEKLY, _("What waits for a person, on Mondays"), _("What waits for you this week"),
            _("{waiting}\n\nOpen it: {link}"),
            (
                Field(
                    "waiting", _("what waits and how many, a line each"), _("– 3 catalogs to appraise or decide"),
                    is_required=True,
                ),
                LINK,
            ),
        ),
        group=_WAITING,
    )  # fmt: skip
