"""The acts of API clients."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register

_Unseen = partial(Act, is_content=False, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Unseen("api_client.add", _("added the API client")),
        _Unseen("api_client.rotate", _("made a new token for the API client")),
        _Unseen("api_client.make_secret", _("made a new OAuth2 secret for the API client")),
        _Unseen("api_client.grant_token", _("got a token of an hour for its secret, as the API client")),
        _Unseen("api_client.refuse_token", _("refused a token to somebody who named the API client")),
        _Unseen("api_client.revoke", _("revoked the API client")),
        labels={
            "token": _("token"),
        },
    )
