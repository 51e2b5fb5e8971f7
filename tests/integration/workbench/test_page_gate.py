"""Wagtail's own screens over a catalog's page lead to the project's actions, or nowhere."""

import inspect
import re

import pytest
from django.urls import reverse

from catalog_pages import actions as page_actions
from catalog_pages.admin import page_gate
from catalog_pages.models import AgencyCatalogPage, CatalogIndexPage
from cms.audit.models import AuditEvent
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from tests.factories import catalogs

WRITERS = ("uploader", "editor", "approver", "provincial_approver")


def _page(version):
    return AgencyCatalogPage.objects.get(catalog=version.catalog_id)


def _edit(page, **buttons):
    return {"title": page.title, "slug": page.slug, "introduction": "null", "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0, "comments-MIN_NUM_FORMS": 0, **buttons}  # fmt: skip


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize(
    "button",
    ["action-submit", "action-publish", "action-cancel-workflow", "action-restart-workflow", "action-workflow-action"],
)
@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_no_button_of_the_page_editor_moves_a_version(client_of, people, province, role, button, state):
    make = catalogs.make_submitted if state == "submitted" else None
    version = (
        make(people, province.statistics) if make else catalogs.make_version(people["uploader"], province.statistics)
    )
    page, events = _page(version), AuditEvent.objects.count()
    data = _edit(page, **{button: "1", "workflow-action-name": "approve"})

    response = client_of(people[role]).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    assert response.status_code in (200, 302, 404)
    assert CatalogVersion.objects.get(pk=version.pk).state == state
    assert not _page(version).live
    assert AuditEvent.objects.count() == events


def test_the_page_editor_offers_saving_alone(client_of, people, draft):
    page = (
        client_of(people["uploader"]).get(reverse("wagtailadmin_pages:edit", args=[_page(draft).pk])).content.decode()
    )

    assert "action-submit" not in page
    assert "action-publish" not in page


@pytest.mark.parametrize("role", ["approver", "provincial_approver", "editor", "uploader"])
@pytest.mark.parametrize("view", ["unpublish", "delete", "copy", "move", "set_privacy", "lock"])
def test_an_approved_catalogs_page_is_not_hidden_moved_or_deleted(client_of, people, approved, role, view):
    page = _page(approved)

    response = client_of(people[role]).post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))

    assert response.status_code in (302, 404)
    page = _page(approved)
    assert (page.live, page.locked, page.get_view_restrictions().exists()) == (True, False, False)
    assert AgencyCatalogPage.objects.count() == 1


@pytest.mark.parametrize("action", ["unpublish", "publish", "delete", "move"])
def test_bulk_actions_leave_catalog_pages_alone(client_of, people, approved, draft_page, action):
    index = CatalogIndexPage.objects.get()
    live, hidden = _page(approved), draft_page
    query = f"?id={live.pk}&id={hidden.pk}&next=/admin/"
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    client_of(people["approver"]).post(address + query, {"chooser": index.pk, "include_descendants": "on"})

    assert (_page(approved).live, AgencyCatalogPage.objects.get(pk=hidden.pk).live) == (True, False)


@pytest.fixture
def draft_page(people, province):
    """Return the page of an agency that has published nothing."""
    return page_actions.open_page(by=None, agency=province.office)


def test_the_index_page_is_not_unpublished_with_its_catalogs(client_of, people, approved):
    index = CatalogIndexPage.objects.get()

    client_of(people["approver"]).post(
        reverse("wagtailadmin_pages:unpublish", args=[index.pk]), {"include_descendants": "on"}
    )

    assert _page(approved).live
    assert CatalogIndexPage.objects.get().live


def test_a_catalog_page_is_not_made_by_hand(client_of, people, province):
    index = CatalogIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["catalog_pages", "agencycatalogpage", index.pk])

    statuses = {role: client_of(people[role]).get(address).status_code for role in WRITERS}

    assert set(statuses.values()) == {302}
    assert not AgencyCatalogPage.objects.exists()


@pytest.mark.parametrize("view", ["edit", "history", "workflow_history", "view_draft", "usage"])
def test_another_agencys_page_is_not_there(client_of, people, draft, view):
    address = reverse(f"wagtailadmin_pages:{view}", args=[_page(draft).pk])

    assert client_of(people["other_uploader"]).get(address).status_code == 404


def test_wagtails_approval_ends_in_the_projects_action(client_of, people, submitted):
    page = _page(submitted)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
    )

    client_of(people["editor"]).post(address)

    assert CatalogVersion.objects.get(pk=submitted.pk).state == VersionState.APPRAISED
    assert AuditEvent.objects.filter(action="catalog_version.accept").count() == 1


def test_wagtails_return_without_a_reason_is_a_sentence_and_moves_nothing(client_of, people, submitted, reported):
    page = _page(submitted)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "reject", page.current_workflow_task_state.pk]
    )

    response = client_of(people["editor"]).post(address, {"comment": ""})

    assert response.status_code == 302
    assert reported(response)
    assert CatalogVersion.objects.get(pk=submitted.pk).state == VersionState.SUBMITTED


def test_an_approver_brings_out_a_new_text_of_a_public_page(client_of, people, approved):
    page = _page(approved)
    data = _edit(page, **{"action-publish": "1"}) | {"title": "Danh mục của Chi cục"}

    client_of(people["approver"]).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    assert _page(approved).title == "Danh mục của Chi cục"


def test_the_workbench_leads_to_the_public_page_on_whatever_host_it_is_served(client_of, people, approved):
    client, address = client_of(people["editor"]), _page(approved).url

    assert address.startswith("/danh-muc/")
    for name, pk in (("version", approved.pk), ("catalog", approved.catalog_id)):
        assert f'href="{address}"' in client.get(reverse(f"catalogs:{name}", args=[pk])).content.decode()


def test_a_pages_own_schedule_does_not_hide_a_decided_catalog(people, province):
    import datetime

    from django.utils import timezone

    version = catalogs.make_version(people["uploader"], province.statistics)
    page = _page(version)
    page.expire_at = timezone.now() + datetime.timedelta(days=1)
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    page.save_revision()
    page.save()

    catalogs.decide(
        catalogs.accept(catalogs.submit(version, people["uploader"]), people["editor"]), people["provincial_approver"]
    )

    page = _page(version)
    assert (page.live, page.expire_at) == (True, None)


def test_the_page_form_changes_neither_the_address_nor_the_schedule(client_of, people, approved):
    page = _page(approved)
    data = _edit(page, **{"action-publish": "1"}) | {"slug": "khac", "expire_at": "2026-01-01 00:00"}

    client_of(people["approver"]).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    after = _page(approved)
    assert (after.slug, after.expire_at, after.live) == (page.slug, None, True)


@pytest.mark.parametrize("role", ["editor", "approver", "provincial_approver"])
def test_no_screen_of_wagtails_offers_a_closed_way(client_of, people, approved, role):
    page, index = _page(approved), CatalogIndexPage.objects.get()
    screens = [
        reverse("wagtailadmin_explore", args=[index.pk]), reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:search") + f"?q={page.title}",
    ]  # fmt: skip

    html = "".join(client_of(people[role]).get(screen).content.decode() for screen in screens)

    offered = set(re.findall(rf'href="/admin/pages/{page.pk}/([a-z_]+)/', html))
    assert "history" in offered
    assert offered <= page_gate.OPEN_VIEWS


def test_what_an_upgrade_brings_is_closed_until_somebody_opens_it(rf, people, approved):
    views = page_gate.AgencyCatalogPageViewSet().views
    page, superuser = _page(approved), people["editor"]
    superuser.is_superuser = True
    rights = page.permissions_for_user(superuser)

    assert set(views) >= page_gate.OPEN_VIEWS
    # Reading, and the text.
    allowed = {name for name in dir(rights) if name.startswith("can_") and is_allowed(getattr(rights, name), page)}
    assert allowed == {"can_edit", "can_publish", "can_view_revisions", "can_unlock"}


def is_allowed(right, page):
    return right(page.get_parent()) if inspect.signature(right).parameters.get("destination") else right()


@pytest.mark.parametrize("button", ["action-something-of-wagtail-9", "action-submit"])
def test_a_button_nobody_knows_saves_and_moves_nothing(client_of, people, draft, button):
    page = _page(draft)
    revisions, data = page.revisions.count(), _edit(page, **{button: "1"}) | {"title": "Tên khác"}

    client_of(people["uploader"]).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    assert page.revisions.count() == revisions
