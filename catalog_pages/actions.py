"""Moving a catalog through its workflow: the version's own action and Wagtail's step, in one transaction."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission

from catalog_pages.models import AgencyCatalogPage, CatalogIndexPage
from catalog_pages.tasks import CatalogTaskState
from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import CatalogVersion
from cms.core.errors import WrongState
from cms.core.text import fold
from cms.organisations.models import Agency
from cms.users.models import User


@transaction.atomic
def open_page(*, by: User | None, agency: Agency) -> AgencyCatalogPage:
    """Return the agency's catalog page; make it, its catalog and the agency's right to it if there was none."""
    catalog = catalog_actions.open_catalog(by=by, agency=agency)
    existing = AgencyCatalogPage.objects.filter(catalog=catalog).first()
    if existing:
        return existing
    index = CatalogIndexPage.objects.get()
    page = AgencyCatalogPage(title=agency.name, slug=_slug(agency, index), catalog=catalog, live=False, owner=by)
    index.add_child(instance=page)
    page.save_revision(user=by)
    _give_agency_its_page(agency, page)
    return page


def _slug(agency: Agency, index: CatalogIndexPage) -> str:
    """Return the agency's part of the address: its name, with its code behind it when another agency bears the name."""
    slug = slugify(fold(agency.name))[:200] or agency.code
    taken = index.get_children().filter(slug=slug).exists()
    return f"{slug}-{agency.code}" if taken else slug


def _give_agency_its_page(agency: Agency, page: AgencyCatalogPage) -> None:
    group, _created = Group.objects.get_or_create(name=agency.group_name)
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.get_or_create(group=group, page=page, permission=change)


@transaction.atomic
def open_version(*, by: User, agency: Agency) -> CatalogVersion:
    """Return the agency's version that is not decided yet; if there is none, start it with its catalog and page."""
    page = open_page(by=by, agency=agency)
    return catalog_actions.working_version(page.catalog) or catalog_actions.start_version(by=by, catalog=page.catalog)


def page_of(version: CatalogVersion) -> AgencyCatalogPage:
    """Return the page on which the version lives."""
    return AgencyCatalogPage.objects.get(catalog_id=version.catalog_id)


@transaction.atomic
def submit(*, by: User, page: AgencyCatalogPage) -> CatalogVersion:
    """Submit the page's open version: the workflow starts from its first step, whatever came before."""
    version = _open_version(page)
    if page.current_workflow_state:
        page.current_workflow_state.cancel(user=by)
    submitted = catalog_actions.submit(by=by, version=version)
    page = page.get_latest_revision_as_object()
    page.save_revision(user=by)
    workflow = page.get_workflow()
    if workflow is None:
        raise WrongState(_("No workflow is set on the catalog index page."))
    workflow.start(page, by)
    return submitted


@transaction.atomic
def return_to_agency(*, by: User, page: AgencyCatalogPage, reason: str) -> CatalogVersion:
    """Send the page's submitted or appraised version back to its agency."""
    state = _current_state(page)
    version = catalog_actions.return_to_agency(by=by, version=_open_version(page), reason=reason)
    state.reject(user=by, comment=reason)
    return version


@transaction.atomic
def accept(*, by: User, page: AgencyCatalogPage) -> CatalogVersion:
    """Accept the page's submitted version; it goes on to the Chairman's decision."""
    state = _current_state(page)
    version = catalog_actions.accept(by=by, version=_open_version(page))
    state.approve(user=by)
    return version


@transaction.atomic
def decide(
    *,
    by: User,
    page: AgencyCatalogPage,
    decision_number: str,
    decision_date: datetime.date,
    effective_from: datetime.date,
) -> CatalogVersion:
    """Enter the Chairman's decision; the page is published now, or on the day of effect if that is later."""
    state = _current_state(page)
    version = catalog_actions.decide(
        by=by, version=_open_version(page),
        decision_number=decision_number, decision_date=decision_date, effective_from=effective_from,
    )  # fmt: skip
    _set_publication_day(page, state, effective_from)
    state.approve(user=by, comment=decision_number)
    version.refresh_from_db()
    return version


@transaction.atomic
def withdraw(*, by: User, page: AgencyCatalogPage) -> CatalogVersion:
    """Take the submitted version back."""
    version = catalog_actions.withdraw(by=by, version=_open_version(page))
    if page.current_workflow_state:
        page.current_workflow_state.cancel(user=by)
    return version


def _set_publication_day(page: AgencyCatalogPage, state: CatalogTaskState, day: datetime.date) -> None:
    """Have the page come out by the decision and by nothing else, whatever was typed into the page's own schedule.

    A later day of effect is Wagtail's scheduled publishing at the start of that day; a decided catalog never expires.
    """
    later = day > timezone.localdate()
    newest = page.get_latest_revision_as_object()
    newest.go_live_at = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min)) if later else None
    newest.expire_at = None
    revision = newest.save_revision(user=state.workflow_state.requested_by)
    CatalogTaskState.objects.filter(workflow_state=state.workflow_state).update(revision=revision)
    state.revision = revision


def _open_version(page: AgencyCatalogPage) -> CatalogVersion:
    version = catalog_actions.working_version(page.catalog)
    if version is None:
        raise WrongState(_("There is no version to submit. Upload the agency's list first."))
    return version


def _current_state(page: AgencyCatalogPage) -> CatalogTaskState:
    state = page.current_workflow_task_state
    if not isinstance(state, CatalogTaskState):
        raise WrongState(_("The version is not in the workflow at this moment."))
    return state
