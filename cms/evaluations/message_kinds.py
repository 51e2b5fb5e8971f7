"""The kinds of messages about evaluations, with their shipped texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Group, Kind, register

_PERIOD = Field("period", _("the period"), _("Quarter III 2026"))
_EVALUATIONS = Group("evaluations", _("Evaluations"))


def register_kinds() -> None:
    """Make the kinds known."""
    register(
        Kind(
            "evaluation.awaited", _("Evaluations wait for somebody's step"), _("Evaluations wait for you"),
            _("{evaluations}\n\nOpen it: {link}"),
            (
                Field("evaluations", _("which evaluations and steps, a line each"), _("– Quarter III 2026: marks")),
                LINK,
            ),
        ),
        Kind(
            "evaluation.reminder", _("An agency is reminded of its evaluations"),
            _("Reminder of evaluations: {period}"), _("To: {agency}\n\n{steps}\n\n{words}\n\nOpen it: {link}"),
            (
                _PERIOD, Field("agency", _("the agency"), _("Statistics Office")),
                Field("steps", _("what waits at each step, a line each"), _("– Marks: 12 people, 3 late")),
                Field("words", _("what whoever reminds adds"), "", is_required=True), LINK,
            ),
        ),
        Kind(
            "evaluation.clock", _("An agency's desk is reminded of the year's calendar"),
            _("The year's calendar: what is asked now"), _("{clocks}\n\nOpen it: {link}"),
            (
                Field(
                    "clocks", _("what the calendar asks for, a line each"),
                    _("– Progress to the Department: 05/09/2026 to 10/09/2026"), is_required=True,
                ),
                LINK,
            ),
        ),
        Kind(
            "evaluation.notice", _("A person's result was decided"), _("Your evaluation: {period}"),
            _("Your result has been decided. Read it, and say that you have received it:\n{link}"),
            (_PERIOD, LINK), is_lawful=True,
        ),
        group=_EVALUATIONS,
    )  # fmt: skip
