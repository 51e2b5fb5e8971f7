"""Who hears by e-mail that a framework of the province moved, or waits for the decision that issues it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from cms.core.dates import format_date_vi
from cms.core.mail import address_of, in_the_platforms_language, send_notice
from cms.frameworks.bases import due, suspended_from, touched
from cms.frameworks.models import FrameworkVersion
from cms.organisations.models import Membership, MembershipQuerySet
from cms.users.enums import APPRAISING_ROLES, Role

# Longer lists are on the screen that the mail leads to.
_MOST_NAMED = 50


def notify_base_moved(base_version: FrameworkVersion) -> None:
    """Tell whom a later version of a base touches, beside the request and once the version is kept."""
    transaction.on_commit(lambda: _mail.enqueue(base_version.pk))


@task(backend="background")
def _mail(base_version_pk: int) -> None:
    mail_base_moved(FrameworkVersion.objects.select_related("framework").get(pk=base_version_pk))


@in_the_platforms_language()
def mail_base_moved(base_version: FrameworkVersion) -> None:
    """Tell the head of each agency whose framework has to follow or be confirmed, and Sở Nội vụ which those are."""
    behind = [
        each
        for each in touched(base_version.framework, base_version.effective_from)
        if any(beside.base_version == base_version for beside in due(each))
    ]
    if not behind:
        return
    subject = _("A base of frameworks has a new version: %(name)s") % {"name": base_version.name}
    heads = _addresses_by_agency(behind)
    for each in behind:
        own = _("It touches your agency's framework “%(name)s”.") % {"name": each.name}
        link = address_of("frameworks:base", each.framework_id)
        send_notice(subject, [own, *_days(base_version), "", _link(link)], heads.get(each.framework.agency_id, ()))
    found = ngettext(
        "%(number)s agency's framework has to follow or be confirmed:",
        "%(number)s agencies' frameworks have to follow or be confirmed:",
        len(behind),
    ) % {"number": len(behind)}
    named = [f"– {each.framework.agency}: {each.name}" for each in behind[:_MOST_NAMED]]
    rest = [_("and %(number)s more.") % {"number": len(behind) - len(named)}] if len(behind) > len(named) else []
    link = address_of("frameworks:specialised", base_version.framework_id)
    people = Membership.objects.active().whole().filter(role__in=APPRAISING_ROLES)
    send_notice(subject, [found, *named, *rest, *_days(base_version), "", _link(link)], _addresses(people))


def notify_waits_for_decision(version: FrameworkVersion) -> None:
    """Send whoever records decisions that a version waits for one, once the version is kept."""
    transaction.on_commit(lambda: _mail_waiting.enqueue(version.pk))


@task(backend="background")
def _mail_waiting(version_pk: int) -> None:
    waiting = FrameworkVersion.objects.waiting_for_decision().filter(pk=version_pk).first()
    if waiting:
        mail_waits_for_decision(waiting)


@in_the_platforms_language()
def mail_waits_for_decision(version: FrameworkVersion) -> None:
    """Send which version waits, from when it is to hold, and where the decision is recorded."""
    subject = _("A framework waits for its decision: %(name)s") % {"name": version.name}
    days = {"day": format_date_vi(version.effective_from)}
    lines = [
        _("The version is published and holds on no day until the decision that issues it is recorded."),
        _("It is meant to take effect on %(day)s.") % days,
        "",
        _link(address_of("frameworks:issue", version.pk)),
    ]
    people = Membership.objects.active().whole().filter(role=Role.PROVINCIAL_APPROVER)
    send_notice(subject, lines, _addresses(people))


def _days(base_version: FrameworkVersion) -> list[str]:
    """Return from when the version holds, and what has to be done until which day."""
    by, after = base_version.confirm_by, suspended_from(base_version)
    begins = _("The new version has effect from %(day)s.") % {"day": format_date_vi(base_version.effective_from)}
    if by is None or after is None:
        return [begins]
    until = _(
        "Until %(by)s inclusive: the agency publishes a version that follows it, or the Department of Home Affairs "
        "confirms the agency's version as it is. Otherwise that is suspended from %(after)s and the province's holds."
    )
    return [begins, until % {"by": format_date_vi(by), "after": format_date_vi(after)}]


def _link(address: str) -> str:
    return _("Open it: %(address)s") % {"address": address}


def _addresses_by_agency(versions: Iterable[FrameworkVersion]) -> dict[int | None, set[str]]:
    agencies = {each.framework.agency_id for each in versions}
    heads = Membership.objects.active().filter(role=Role.AGENCY_HEAD, agency__in=agencies, user__is_active=True)
    found: dict[int | None, set[str]] = {}
    for agency, address in heads.values_list("agency", "user__email"):
        found.setdefault(agency, set()).add(address)
    return found


def _addresses(people: MembershipQuerySet) -> Iterable[str]:
    return people.filter(user__is_active=True).values_list("user__email", flat=True)
