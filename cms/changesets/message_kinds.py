"""The kinds of messages about proposals and change sets, with their shipped texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Group, Kind, register

_SET = Field("set", _("the name of the change set"), _("Change set of the first quarter"))
_PROPOSALS = Field("proposals", _("the proposals about the agency's items, a line each"), _("TK.014 Report – New item"))
_NUMBER = Field("number", _("the number of the decision"), "128/QĐ-UBND")
_DATE = Field("date", _("the day from which it holds"), "01/01/2027")
_CHANGES = Group("changes", _("Proposals and change sets"))


def register_kinds() -> None:
    """Make the kinds known."""
    register(
        Kind(
            "proposal.made", _("A change of an item is proposed"), _("The agency's answer is asked: {proposal}"),
            _("Reason: {reason}\nThe list stays as it is until a decision.\n\nOpen it: {link}"),
            (
                Field("proposal", _("the item that it is about"), _("TK.014 Report")),
                Field("reason", _("why it is proposed"), _("Two items are one work."), is_required=True), LINK,
            ),
        ),
        Kind(
            "change_set.closed", _("A change set is being appraised"), _("Change set being appraised: {set}"),
            _(
                "The set is being appraised. The agency may still answer until the decision is entered.\n\n"
                "{proposals}\n\nOpen it: {link}"
            ),
            (_SET, _PROPOSALS, LINK),
        ),
        Kind(
            "change_set.reminder", _("A change set waits for answers"),
            _("Change set waits for the agency's answer: {set}"),
            _("These proposals about the agency's items have no answer yet.\n\n{proposals}\n\nOpen it: {link}"),
            (_SET, _PROPOSALS, LINK),
        ),
        Kind(
            "change_set.decided", _("A change set was decided"), _("Change set decided: {set}"),
            _(
                "Decision {number}, in effect from {date}. The agency's list changes on that day.\n\n"
                "{proposals}\n\nOpen it: {link}"
            ),
            (_SET, _NUMBER, _DATE, _PROPOSALS, LINK),
        ),
        Kind(
            "change_set.undone", _("The decision on a change set was undone"),
            _("Decision on the change set undone: {set}"),
            _("Reason: {reason}\nNo list has changed.\n\n{proposals}\n\nOpen it: {link}"),
            (
                _SET, Field("reason", _("why it was undone"), _("The day of effect is wrong."), is_required=True),
                _PROPOSALS, LINK,
            ),
        ),
        Kind(
            "change_set.released", _("A change set was released"), _("Change set released: {set}"),
            _(
                "Decision {number}, in effect from {date}. What was accepted stands in the next version of the "
                "agency's list.\n\n{proposals}\n\nOpen it: {link}"
            ),
            (_SET, _NUMBER, _DATE, _PROPOSALS, LINK),
        ),
        group=_CHANGES,
    )  # fmt: skip
