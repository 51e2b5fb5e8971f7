"""The acts on messages."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register

_Act = partial(Act, is_content=False, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Act("message.retry", _("had e-mails tried again")),
        _Act("message.write_text", _("changed the text of messages")),
        _Act("message.reset_text", _("put back the shipped text of messages")),
        labels={"messages": _("number of messages")},
    )
