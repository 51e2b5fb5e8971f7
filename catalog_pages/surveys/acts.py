"""The acts of surveys. That somebody answered is no act of the ledger: its moments would tell who it was."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cms.audit.acts import Act, register

_Act = partial(Act, is_content=False)


def register_survey_acts() -> None:
    """Make the acts known to the ledger."""
    register(
        _Act("survey.make_links", _("made links to the survey"), is_public=False),
        _Act("survey.withdraw_links", _("withdrew the unused links to the survey"), is_public=False),
        _Act("survey.publish_results", _("made the results of the survey public"), is_public=True),
        _Act("survey.hide_results", _("took the results of the survey from the public"), is_public=True),
        labels={"links": _("number of links")},
    )
