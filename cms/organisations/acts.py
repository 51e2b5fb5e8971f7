"""The acts of agencies, accounts, roles and officers."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, Event, EventAudience, register

_Unseen = partial(Act, is_content=False, is_public=False)
_Public = partial(Act, is_content=False, is_public=True)
_Content = partial(Act, is_content=True, is_public=False)

_AGENCY_CHANGED = Event("agency.changed", _("an agency is added or changed"), EventAudience.EVERYBODY)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Public("agency.add", _("added the agency"), event=_AGENCY_CHANGED),
        _Public("agency.edit", _("changed the agency"), event=_AGENCY_CHANGED),
        _Public("agency.move", _("moved the agency"), event=_AGENCY_CHANGED),
        _Public(
            "agency.add_identifier_code",
            _("gave an identifier code to the agency"),
            event=_AGENCY_CHANGED,
            formerly=("agency.identifier_code",),
        ),
        _Unseen("account.add", _("added the account of")),
        _Unseen("account.edit", _("changed the account of")),
        _Unseen("account.close", _("closed the account of")),
        _Unseen("account.open", _("opened again the account of")),
        _Unseen("account.reset_password", _("reset the password of")),
        _Unseen("account.reset_second_factor", _("removed the second factor of")),
        _Unseen("account.link_identity", _("linked with the identity provider the account of")),
        _Unseen("account.unlink_identity", _("unlinked from the identity provider the account of")),
        _Unseen("account.release", _("let sign in again the account of")),
        _Unseen("account.invite", _("sent a set-up link to")),
        _Unseen("account.set_up", _("set up by a link the account of")),
        _Unseen("membership.grant", _("gave the role")),
        _Unseen("membership.confirm", _("confirmed, as the second person, the role")),
        _Unseen("membership.refuse", _("refused, as the second person, the role")),
        _Unseen("membership.revoke", _("revoked the role")),
        _Public("position.add", _("added the position")),
        _Public("position.edit", _("changed the position")),
        _Public("position.approve", _("entered the approval of the position")),
        _Content("officer.add", _("added the officer")),
        _Content("officer.edit", _("changed the officer")),
        _Content("officer.upload", _("took an uploaded list of officers over for")),
        _Content("officer.export", _("took a list of officers out of")),
        _Content("identity_number.enter", _("entered the identity number of")),
        _Content("identity_number.read", _("read the whole identity number of")),
        _Content("identity_number.remove", _("removed the identity number of")),
        _Content("posting.start", _("posted the officer")),
        _Content("posting.edit", _("corrected a posting of the officer")),
        _Content("posting.end", _("ended a posting of the officer")),
        _Content("posting.transfer", _("transferred the officer")),
        _Content("delegation.give", _("wrote down a delegation")),
        _Content("delegation.revoke", _("revoked a delegation")),
        _Content("authority.edit", _("changed the authority table")),
        _Content("authority.issue", _("issued the authority table")),
        labels={
            "block": _("block"),
            "rows": _("rows"),
            "to_agency": _("receiving agency"),
            "from_officer": _("from officer"),
            "to_officer": _("to officer"),
            "parent": _("agency above"),
            "last_day": _("last day"),
            "identifier_codes": _("identifier codes"),
            "form": _("form"),
            "valid_from": _("valid from"),
            "confirmed": _("confirmed"),
            "officer": _("officer"),
            "failures": _("failed attempts to sign in"),
            "second_factors": _("second factors"),
        },
    )
