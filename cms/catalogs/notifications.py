"""Telling an agency's people what happened to their list, by e-mail, after the transaction has been kept."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from cms.catalogs.enums import RemarkKind
from cms.catalogs.models import CatalogVersion
from cms.organisations.models import Membership
from cms.users.enums import WRITING_AGENCY_ROLES


def tell_agency_returned(version: CatalogVersion) -> None:
    """Say that the list came back, why, and what was noted on which item."""
    _tell(version, _("Returned: %(version)s"), [version.return_reason, *_remark_lines(version)])


def tell_agency_accepted(version: CatalogVersion) -> None:
    """Say that the list was accepted, and what the appraiser changed in it."""
    _tell(version, _("Accepted: %(version)s"), _remark_lines(version))


def tell_agency_approved(version: CatalogVersion) -> None:
    """Say that the list was approved, by which decision, and from when it holds."""
    lines = [
        _("Decision %(number)s, in effect from %(date)s.")
        % {"number": version.decision_number, "date": f"{version.effective_from:%d/%m/%Y}"}
    ]
    _tell(version, _("Approved: %(version)s"), lines)


def _remark_lines(version: CatalogVersion) -> list[str]:
    remarks = version.remarks.filter(resolved_at__isnull=True).order_by("item__position", "at")
    return [
        f"{remark.item_code} – {RemarkKind(remark.kind).label}: {remark.text}".lstrip(" –") for remark in remarks[:200]
    ]


def _tell(version: CatalogVersion, subject: str, lines: list[str]) -> None:
    people = Membership.objects.active().filter(agency=version.catalog.agency, role__in=WRITING_AGENCY_ROLES)
    addresses = sorted(set(people.exclude(user__email="").values_list("user__email", flat=True)))
    if not addresses:
        return
    with translation.override(settings.LANGUAGE_CODE):
        title = (subject % {"version": version}).replace("\n", " ")
        send_mail(title, "\n".join(lines), None, addresses, fail_silently=True)
