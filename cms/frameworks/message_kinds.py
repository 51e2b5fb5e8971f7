"""The kinds of messages about frameworks, with their shipped texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Group, Kind, register

_NAME = Field("name", _("the name of the framework"), _("The province's criteria framework"))
_DAYS = Field("days", _("sentences with the days that count"), _("The new version has effect from 01/01/2027."))
_FRAMEWORKS = Group("frameworks", _("Criteria frameworks"))


def register_kinds() -> None:
    """Make the kinds known."""
    register(
        Kind(
            "framework.base_moved", _("The base of the agency's framework has a new version"),
            _("A base of frameworks has a new version: {name}"),
            _("It touches your agency's framework “{framework}”.\n{days}\n\nOpen it: {link}"),
            (
                _NAME, Field("framework", _("the agency's own framework"), _("Framework of the Statistics Office")),
                _DAYS, LINK,
            ),
        ),
        Kind(
            "framework.base_moved_overview", _("Frameworks have to follow a new version of their base"),
            _("A base of frameworks has a new version: {name}"), _("{frameworks}\n{days}\n\nOpen it: {link}"),
            (
                _NAME,
                Field("frameworks", _("which frameworks, a line each"), _("– Statistics Office: Framework of 2027")),
                _DAYS, LINK,
            ),
        ),
        Kind(
            "framework.waits_for_decision", _("A framework waits for its decision"),
            _("A framework waits for its decision: {name}"),
            _(
                "The version is published and holds on no day until the decision that issues it is recorded.\n"
                "It is meant to take effect on {day}.\n\nOpen it: {link}"
            ),
            (_NAME, Field("day", _("the day on which it is to take effect"), "01/01/2027"), LINK),
        ),
        group=_FRAMEWORKS,
    )  # fmt: skip
