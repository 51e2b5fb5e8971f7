"""The acts of change sets."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register

_Content = partial(Act, is_content=True, is_public=False)
_Decision = partial(Act, is_content=False, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Content("proposal.make", _("proposed a change of an item of the catalog")),
        _Content("proposal.answer", _("answered, for the agency, the proposal")),
        _Content("proposal.judge", _("appraised the proposal")),
        _Decision("change_set.open", _("opened the change set")),
        _Content("change_set.gather", _("put the proposal into the change set")),
        _Content("change_set.take_out", _("took the proposal out of the change set")),
        _Decision("change_set.close", _("closed for appraisal the change set")),
        _Decision("change_set.reopen", _("opened again the change set")),
        _Content("change_set.remind", _("reminded the agencies to answer the proposals of the change set")),
        _Decision("change_set.appraise", _("finished the appraisal of the change set")),
        _Decision("change_set.decide", _("entered the decision on the change set")),
        _Decision("change_set.undo", _("undid, before its day of effect, the decision on the change set")),
        _Decision("change_set.release", _("released the change set")),
        labels={
            "change_set": _("change set"),
            "answer": _("answer"),
            "proposals": _("number of proposals"),
            "catalogs": _("number of catalogs"),
            "left_out": _("left out"),
        },
    )
