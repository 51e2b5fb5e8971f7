"""The acts of criteria frameworks and position groups."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, Event, EventAudience, register

_Unseen = partial(Act, is_content=False, is_public=False)
_Public = partial(Act, is_content=False, is_public=True)

_FRAMEWORK_PUBLISHED = Event("framework.published", _("a criteria framework is published"), EventAudience.EVERYBODY)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Public("position_group.add", _("added the position group")),
        _Public("position_group.edit", _("changed the position group")),
        _Public("framework.import", _("took over a definition as the draft of the framework")),
        _Public("framework.copy", _("copied into the new framework")),
        _Public("framework.specialise", _("made for an agency the framework")),
        _Unseen("framework.try", _("tried the draft of the framework")),
        _Public("framework.publish", _("published the framework"), event=_FRAMEWORK_PUBLISHED),
        _Public("framework.issue", _("recorded the decision that issues the framework")),
        _Public("framework.confirm_backdating", _("confirmed that days that are over are meant in the framework")),
        _Public("framework.confirm_beside_base", _("confirmed, beside a later version of its base, the framework")),
        _Public("framework.follow_base", _("let follow a later version of its base the framework")),
        _Public("framework.set_confirm_by", _("set by when agencies' own are confirmed beside the framework")),
        _Public(
            "framework.confirm_overlap",
            _("confirmed that others for the same people hold beside the framework"),
            is_past=True,
        ),
        _Public("framework.confirm_source", _("confirmed the source")),
        _Public("framework.give_up", _("could not publish on its day the framework")),
        _Unseen("framework.choose_contract_staff", _("chose whether a framework judges contract staff of")),
        _Unseen("framework_inputs.add", _("added the set of inputs")),
        labels={
            "inputs": _("set of inputs"),
            "covered": _("contract staff are judged by the framework"),
            "document": _("document"),
            "signed_on": _("signed on"),
            "signer": _("signed by"),
        },
    )
