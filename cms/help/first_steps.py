"""The first steps of each role, on the first screen: a short list that ticks itself by what the ledger holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import PageLogEntry

from cms.audit import acts
from cms.audit.models import AuditEvent
from cms.help.places import help_address
from cms.organisations.access import access_for
from cms.users.enums import Role

# Whoever has had an account for longer has found the way.
SHOWN_FOR = datetime.timedelta(days=60)
# Pages are kept by Wagtail, and so is who published them.
PAGE_PUBLISHED = "wagtail.publish"


@dataclass(frozen=True)
class Step:
    """What somebody new does once: done as soon as they have done one of these acts; ``view`` is where."""

    label: Any
    acts: tuple[str, ...]
    view: str


_JUDGE = Step(_("Judge a group of works that look alike"), ("cluster.judge",), "curation:queue")
_LET_IN = Step(_("Confirm or refuse a role, as the second person"), ("membership.confirm", "membership.refuse"),
               "organisations:membership_list")  # fmt: skip
STEPS: dict[Role, tuple[Step, ...]] = {
    Role.UPLOADER: (
        Step(_("Upload the agency's list from the template"), ("import.upload",), "importers:choose_agency"),
        Step(_("See what was found in it, mend it and confirm the file"), ("import.commit",), "importers:batch_list"),
        Step(_("Submit the version for appraisal"), ("catalog_version.submit",), "catalogs:overview"),
    ),
    Role.AGENCY_HEAD: (
        Step(_("Submit the version for appraisal"), ("catalog_version.submit",), "catalogs:overview"),
        Step(_("Give the officers accounts"), ("account.invite",), "organisations:invitation_list"),
        Step(_("Give somebody work from the list"), ("work.give",), "assignments:work_list"),
    ),
    Role.EDITOR: (
        Step(_("Read a version and leave a note on an item"), ("catalog_version.note",), "catalogs:next"),
        Step(_("Return or accept a version"), ("catalog_version.return", "catalog_version.accept"), "catalogs:board"),
        _JUDGE,
        Step(_("Remind the agencies that are late"), ("catalog.remind",), "catalogs:board"),
    ),
    Role.APPROVER: (
        Step(_("Accept or return a version"), ("catalog_version.accept", "catalog_version.return"), "catalogs:next"),
        _JUDGE, _LET_IN,
    ),
    Role.PROVINCIAL_APPROVER: (
        Step(_("Enter a decision and approve a version"), ("catalog_version.approve",), "catalogs:next"),
        Step(_("Decide many catalogs at once"), ("catalog_decision.prepare",), "catalogs:decisions"),
        _LET_IN,
    ),
    Role.TECHNICAL_ADMIN: (
        Step(_("Enter an agency"), ("agency.add",), "organisations:agency_list"),
        Step(_("Open an account for somebody"), ("account.add", "account.open"), "organisations:account_list"),
        Step(_("Give the account a role"), ("membership.grant",), "organisations:membership_list"),
    ),
    Role.PORTAL_EDITOR: (
        Step(_("Change a page of the portal and publish it"), (PAGE_PUBLISHED,), "wagtailadmin_explore_root"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A step as one person sees it, with where it is done and what explains it."""

    step: Step
    is_done: bool
    url: str
    guide: str


def lines_for(user: Any) -> list[Line]:
    """Return the steps of the person's roles, each once, with what is done ticked: two queries."""
    access = access_for(user)
    steps = list(dict.fromkeys(step for role, own in STEPS.items() if access.has(role) for step in own))
    done = _done_by(user, {act for step in steps for act in step.acts})
    urls = [reverse(step.view) for step in steps]
    return [
        Line(step, not done.isdisjoint(step.acts), url, help_address(user, url))
        for step, url in zip(steps, urls, strict=True)
    ]


def _done_by(user: Any, wanted: Iterable[str]) -> set[str]:
    codes = [act for act in wanted if act != PAGE_PUBLISHED]
    events = AuditEvent.objects.filter(actor_id=user.pk).done(*codes)
    found = map(acts.find, events.order_by().values_list("action", flat=True).distinct())
    done = {act.code for act in found if act}
    if PAGE_PUBLISHED in wanted and PageLogEntry.objects.filter(user=user, action=PAGE_PUBLISHED).exists():
        done.add(PAGE_PUBLISHED)
    return done


class FirstStepsPanel(Component):
    """The steps of somebody new, until all are done."""

    name = "first_steps"
    template_name = "help/first_steps.html"
    order = 95

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"lines": self.lines, "done_count": sum(line.is_done for line in self.lines)}


def put_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show somebody new what is left to do for the first time."""
    person: Any = request.user
    if timezone.now() - person.date_joined < SHOWN_FOR:
        lines = lines_for(person)
        if not all(line.is_done for line in lines):
            panels.append(FirstStepsPanel(lines))
