"""Which people hear by e-mail of each step of a version: those who have to act next, and those whose list it is."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from cms.catalogs.bodies import accepted_sentence
from cms.catalogs.enums import RemarkKind
from cms.catalogs.models import CatalogVersion, VersionOpinion
from cms.core.mail import address_of, in_the_platforms_language, send_notice
from cms.organisations.models import Membership, MembershipQuerySet
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role

_MOST_REMARKS = 200


@in_the_platforms_language()
def notify_submitted(version: CatalogVersion) -> None:
    """Tell those who appraise that a list waits for them."""
    people = Membership.objects.active().over(version.catalog.agency).filter(role__in=APPRAISING_ROLES)
    _send(version, people, _("Waits for appraisal: %(version)s"), [_("The agency submitted its list.")])


@in_the_platforms_language()
def notify_returned(version: CatalogVersion) -> None:
    """Tell the agency that its list came back, why, and what was noted on which item."""
    lines = [_("Reason: %(reason)s") % {"reason": version.return_reason}, *_remark_lines(version)]
    _send(version, _agency_people(version), _("Returned: %(version)s"), lines)


@in_the_platforms_language()
def notify_accepted(version: CatalogVersion) -> None:
    """Tell the agency what was accepted and changed."""
    _send(version, _agency_people(version), _("Accepted: %(version)s"), _accepted_lines(version))


@in_the_platforms_language()
def notify_waits_for_decision(version: CatalogVersion) -> None:
    """Tell those who decide that a list waits for them."""
    deciding = Membership.objects.active().over(version.catalog.agency).filter(role=Role.PROVINCIAL_APPROVER)
    _send(version, deciding, _("Waits for the decision: %(version)s"), _accepted_lines(version))


@in_the_platforms_language()
def notify_waits_for_opinion(version: CatalogVersion, opinion: VersionOpinion) -> None:
    """Tell those who speak for the body that is asked now."""
    asked = Membership.objects.active().over(version.catalog.agency).filter(role=opinion.role)
    line = _("%(step)s is asked for its opinion before the decision.") % {"step": opinion.name}
    _send(version, asked, _("Waits for an opinion: %(version)s"), [line])


@in_the_platforms_language()
def notify_approved(version: CatalogVersion) -> None:
    """Tell the agency by which decision its list was approved, and from when it holds."""
    line = decided_sentence(version.decision_number, version.effective_from)
    _send(version, _agency_people(version), _("Approved: %(version)s"), [line])


def decided_sentence(number: str, effective_from: datetime.date | None) -> str:
    """Return by which decision something was approved, and from when it holds."""
    decision = {"number": number, "date": f"{effective_from:%d/%m/%Y}"}
    return _("Decision %(number)s, in effect from %(date)s.") % decision


def _accepted_lines(version: CatalogVersion) -> list[str]:
    asked = version.opinions.pending().first()
    return [accepted_sentence(version, asked.name if asked else ""), *_remark_lines(version)]


def _agency_people(version: CatalogVersion) -> MembershipQuerySet:
    return Membership.objects.active().filter(agency=version.catalog.agency, role__in=WRITING_AGENCY_ROLES)


def _remark_lines(version: CatalogVersion) -> list[str]:
    remarks = version.remarks.filter(resolved_at__isnull=True).order_by("item__position", "at")
    return [
        f"{remark.item_code} – {RemarkKind(remark.kind).label}: {remark.text}".lstrip(" –")
        for remark in remarks[:_MOST_REMARKS]
    ]


def _send(version: CatalogVersion, people: MembershipQuerySet, subject: str, lines: list[str]) -> None:
    addresses = people.filter(user__is_active=True).values_list("user__email", flat=True)
    link = _("Open it: %(address)s") % {"address": address_of("catalogs:version", version.pk)}
    send_notice(subject % {"version": version}, [*lines, "", link], addresses)
