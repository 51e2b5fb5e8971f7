"""The kinds of messages about catalogs, with their shipped texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.notices.kinds import LINK, Field, Group, Kind, register

_VERSION = Field("version", _("the version of the catalog"), _("Catalog of the Statistics Office, version 2"))
_OUTCOME = Field("outcome", _("what was accepted and what waits now"), _("The list was accepted."))
_REMARKS = Field("remarks", _("the notes at items, a line each"), _("TK.014 – Note: Say which output is meant."))
_CATALOGS = Group("catalogs", _("Catalogs and their deadlines"))


def register_kinds() -> None:
    """Make the kinds known."""
    register(
        Kind(
            "catalog.submitted", _("A catalog waits for appraisal"), _("Waits for appraisal: {version}"),
            _("The agency submitted its list.\n\nOpen it: {link}"), (_VERSION, LINK),
        ),
        Kind(
            "catalog.returned", _("A catalog was returned"), _("Returned: {version}"),
            _("Reason: {reason}\n{remarks}\n\nOpen it: {link}"),
            (
                _VERSION, Field("reason", _("why it was returned"), _("Add the legal bases."), is_required=True),
                _REMARKS, LINK,
            ),
        ),
        Kind(
            "catalog.accepted", _("A catalog was accepted in the appraisal"), _("Accepted: {version}"),
            _("{outcome}\n{remarks}\n\nOpen it: {link}"), (_VERSION, _OUTCOME, _REMARKS, LINK),
        ),
        Kind(
            "catalog.waits_for_decision", _("A catalog waits for the decision"), _("Waits for the decision: {version}"),
            _("{outcome}\n{remarks}\n\nOpen it: {link}"), (_VERSION, _OUTCOME, _REMARKS, LINK),
        ),
        Kind(
            "catalog.waits_for_opinion", _("A catalog waits for an opinion"), _("Waits for an opinion: {version}"),
            _("{body} is asked for its opinion before the decision.\n\nOpen it: {link}"),
            (_VERSION, Field("body", _("the body that is asked"), _("Department of Justice")), LINK),
        ),
        Kind(
            "catalog.approved", _("A catalog was approved"), _("Approved: {version}"),
            _("Decision {number}, in effect from {date}.\n\nOpen it: {link}"),
            (
                _VERSION, Field("number", _("the number of the decision"), "128/QĐ-UBND"),
                Field("date", _("the day from which it holds"), "01/01/2027"), LINK,
            ),
            is_lawful=True,
        ),
        Kind(
            "catalog.reminder", _("An agency is reminded of its catalog"), _("Reminder of the catalog: {agency}"),
            _(
                "To: {agency}\n\nThe list of products and works of the agency: {state}.\n{deadline}\n\n{words}\n\n"
                "Open it: {link}"
            ),
            (
                Field("agency", _("the agency"), _("Statistics Office")),
                Field("state", _("how far the list has come"), _("not started")),
                Field("deadline", _("a sentence with the day"), _("It is to be submitted by 15/12/2026.")),
                Field("words", _("what whoever reminds adds"), "", is_required=True), LINK,
            ),
        ),
        group=_CATALOGS,
    )  # fmt: skip
