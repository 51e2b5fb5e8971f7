"""Every write to catalogs through their pages: pages and versions are opened here, ``workflow`` moves them on."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import GroupPagePermission

from catalog_pages.models import AgencyCatalogPage, CatalogIndexPage
from catalog_pages.workflow import accept, decide, return_to_agency, submit, withdraw
from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import CatalogVersion
from cms.core.text import fold
from cms.organisations.models import Agency
from cms.users.models import User

__all__ = [
    "accept", "decide", "open_page", "open_version", "page_of", "return_to_agency", "submit", "withdraw",
]  # fmt: skip


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
