"""Who is told that a framework of the province moved, or waits for the decision that issues it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from cms.core.dates import format_date_vi
from cms.core.mail import in_the_platforms_language
from cms.frameworks.bases import due, suspended_from, touched
from cms.frameworks.models import FrameworkVersion
from cms.notices.actions import Letter, send, send_all
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
    about = {"name": base_version.name, "days": "\n".join(_days(base_version))}
    heads = _heads_by_agency(behind)
    letters = [
        Letter(
            "framework.base_moved", heads.get(each.framework.agency_id, set()),
            reverse("frameworks:base", args=[each.framework_id]), about | {"framework": each.name},
        )
        for each in behind
    ]  # fmt: skip
    found = ngettext(
        "%(number)s agency's framework has to follow or be confirmed:",
        "%(number)s agencies' frameworks have to follow or be confirmed:",
        len(behind),
    ) % {"number": len(behind)}
    named = [f"– {each.framework.agency}: {each.name}" for each in behind[:_MOST_NAMED]]
    rest = [_("and %(number)s more.") % {"number": len(behind) - len(named)}] if len(behind) > len(named) else []
    link = reverse("frameworks:specialised", args=[base_version.framework_id])
    people = Membership.objects.active().whole().filter(role__in=APPRAISING_ROLES)
    listed = "\n".join([found, *named, *rest])
    overview = Letter("framework.base_moved_overview", set(_accounts(people)), link, about | {"frameworks": listed})
    send_all([*letters, overview])


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
    people = Membership.objects.active().whole().filter(role=Role.PROVINCIAL_APPROVER)
    send(
        "framework.waits_for_decision", to=_accounts(people), link=reverse("frameworks:issue", args=[version.pk]),
        name=version.name, day=format_date_vi(version.effective_from),
    )  # fmt: skip


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


def _heads_by_agency(versions: Iterable[FrameworkVersion]) -> dict[int | None, set[int]]:
    agencies = {each.framework.agency_id for each in versions}
    heads = Membership.objects.active().filter(role=Role.AGENCY_HEAD, agency__in=agencies)
    found: dict[int | None, set[int]] = {}
    for agency, account in heads.values_list("agency", "user"):
        found.setdefault(agency, set()).add(account)
    return found


def _accounts(people: MembershipQuerySet) -> Iterable[int]:
    return people.values_list("user", flat=True)
