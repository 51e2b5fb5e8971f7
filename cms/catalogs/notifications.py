"""Which people are told of each step of a version: those who have to act next, and those whose list it is."""

from __future__ import annotations

from django.urls import reverse

from cms.catalogs.bodies import accepted_sentence
from cms.catalogs.enums import RemarkKind
from cms.catalogs.models import CatalogVersion, VersionOpinion
from cms.core.mail import in_the_platforms_language
from cms.notices.actions import send
from cms.organisations.models import Membership, MembershipQuerySet
from cms.users.enums import APPRAISING_ROLES, WRITING_AGENCY_ROLES, Role

_MOST_REMARKS = 200


def notify_submitted(version: CatalogVersion) -> None:
    """Tell those who appraise that a list waits for them."""
    people = Membership.objects.active().over(version.catalog.agency).filter(role__in=APPRAISING_ROLES)
    _send("catalog.submitted", version, people)


@in_the_platforms_language()
def notify_returned(version: CatalogVersion) -> None:
    """Tell the agency that its list came back, why, and what was noted on which item."""
    _send(
        "catalog.returned", version, _agency_people(version), reason=version.return_reason, remarks=_remarks(version)
    )  # fmt: skip


@in_the_platforms_language()
def notify_accepted(version: CatalogVersion) -> None:
    """Tell the agency what was accepted and changed."""
    _send("catalog.accepted", version, _agency_people(version), **_accepted(version))


@in_the_platforms_language()
def notify_waits_for_decision(version: CatalogVersion) -> None:
    """Tell those who decide that a list waits for them."""
    deciding = Membership.objects.active().over(version.catalog.agency).filter(role=Role.PROVINCIAL_APPROVER)
    _send("catalog.waits_for_decision", version, deciding, **_accepted(version))


def notify_waits_for_opinion(version: CatalogVersion, opinion: VersionOpinion) -> None:
    """Tell those who speak for the body that is asked now."""
    asked = Membership.objects.active().over(version.catalog.agency).filter(role=opinion.role)
    _send("catalog.waits_for_opinion", version, asked, body=opinion.name)


def notify_approved(version: CatalogVersion) -> None:
    """Tell the agency by which decision its list was approved, and from when it holds."""
    decision = {"number": version.decision_number, "date": f"{version.effective_from:%d/%m/%Y}"}
    _send("catalog.approved", version, _agency_people(version), **decision)


def _accepted(version: CatalogVersion) -> dict[str, str]:
    asked = version.opinions.pending().first()
    return {"outcome": accepted_sentence(version, asked.name if asked else ""), "remarks": _remarks(version)}


def _agency_people(version: CatalogVersion) -> MembershipQuerySet:
    return Membership.objects.active().filter(agency=version.catalog.agency, role__in=WRITING_AGENCY_ROLES)


def _remarks(version: CatalogVersion) -> str:
    remarks = version.remarks.filter(resolved_at__isnull=True).order_by("item__position", "at")
    return "\n".join(
        f"{remark.item_code} – {RemarkKind(remark.kind).label}: {remark.text}".lstrip(" –")
        for remark in remarks[:_MOST_REMARKS]
    )


def _send(kind: str, version: CatalogVersion, people: MembershipQuerySet, **values: object) -> None:
    link = reverse("catalogs:version", args=[version.pk])
    with in_the_platforms_language():
        send(kind, to=people.values_list("user", flat=True), link=link, version=str(version), **values)
