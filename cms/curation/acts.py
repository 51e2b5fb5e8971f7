"""The acts of judging alike works."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register

_Content = partial(Act, is_content=True, is_public=False)
_Public = partial(Act, is_content=False, is_public=False)


def register_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Content("cluster.judge", _("judged alike works of the cluster")),
        _Content("cluster.undo", _("undid the judgement of alike works")),
        _Content("cluster.take_over", _("took over from another editor the cluster")),
        _Public("abbreviation.add", _("added the abbreviation")),
        _Public("abbreviation.edit", _("changed the abbreviation")),
        _Public("abbreviation.remove", _("removed the abbreviation")),
        _Content("catalog.answer", _("said that works like others are other works, in the catalog")),
        _Content("common.promote", _("promoted into the common list the work")),
        _Content("common.end_link", _("ended the link to the common list of an item of")),
        labels={
            "verdict": _("judgement"),
            "names": _("names"),
            "pairs": _("pairs"),
            "linked": _("items linked to the common list"),
            "taken_from": _("taken over from"),
        },
    )
