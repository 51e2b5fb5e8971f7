"""What Wagtail brings along: bulk actions, its own API, reports, exports, choosers, previews."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page, Task

from tests.authorisation.asking import Answer, ask, undone
from tests.authorisation.canaries import leaks
from tests.authorisation.world import World

INSIDE = ("uploader", "agency_head", "editor", "approver", "provincial_approver", "technical_admin")
REPORTS = ("aging_pages", "locked_pages", "page_types_usage", "site_history", "workflow", "workflow_tasks")
PAGES = ("own", "own_approved", "other", "other_submitted", "other_appraised", "above")


def tables(answer: Answer) -> set[str]:
    """Return the tables of pages and catalogs that an answer wrote to."""
    return {name for name in answer.writes if name.startswith(("wagtailcore_", "catalog"))}


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
@pytest.mark.parametrize("role", INSIDE)
def test_no_bulk_action_touches_a_catalogs_page(world, role, action):
    where = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    target = {"chooser": world.subjects["above"].page}

    for relation in PAGES:
        page = world.subjects[relation].page
        answer = ask(world.clients[role], "POST", f"{where}?id={page}", target)
        assert not tables(answer), f"{action} of {relation}"
    everything = ask(world.clients[role], "POST", f"{where}?id=all&childOf={world.subjects['above'].page}", target)
    assert not tables(everything)


@pytest.mark.parametrize(
    "action", ["copy", "create_alias", "delete", "move", "publish", "revert_to_page_revision", "unpublish"]
)
@pytest.mark.parametrize("role", INSIDE)
def test_wagtails_own_api_acts_on_no_page(world, role, action):
    for relation in PAGES:
        subject = world.subjects[relation]
        form = {"revision_id": subject.revision, "destination_page_id": world.subjects["above"].page, "slug": "moi"}
        where = reverse("wagtailadmin_api:pages:action", args=[subject.page, action])
        with undone() as watch:
            response = world.clients[role].post(where, json.dumps(form), content_type="application/json")
        assert response.status_code == 404
        assert not [name for name in watch.written if name.startswith("wagtailcore_")]


@pytest.mark.parametrize("role", ["uploader", "agency_head", "technical_admin"])
def test_wagtails_own_api_lists_no_other_agencys_page(world, role):
    where = reverse("wagtailadmin_api:pages:listing")

    for query in ({}, {"fields": "*"}, {"for_explorer": 1}, {"search": "Văn phòng"}, {"child_of": 4}, {"order": "id"}):
        answer = ask(world.clients[role], "GET", where, query)
        listed = answer.response.json().get("items", [])
        assert world.subjects["other"].page not in {page["id"] for page in listed}


@pytest.mark.parametrize("fields", ["*", "catalog", "catalog(*)", "introduction", "_,catalog"])
def test_no_api_of_pages_shows_what_stands_in_a_draft(world, fields):
    for role in ("anonymous", "uploader", "technical_admin"):
        for relation in ("own", "other"):
            page = world.subjects[relation].page
            for where in (f"/api/pages/{page}/", "/api/pages/", f"/admin/api/main/pages/{page}/"):
                assert not leaks(ask(world.clients[role], "GET", where, {"fields": fields}), role)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("role", ["uploader", "agency_head", "technical_admin"])
def test_reports_and_their_exports_speak_of_no_other_agency(world, role, report):
    for query in ({}, {"export": "csv"}, {"export": "xlsx"}):
        answer = ask(world.clients[role], "GET", reverse(f"wagtailadmin_reports:{report}"), query)
        if answer.word == "ok":
            assert "Văn phòng UBND tỉnh".encode() not in answer.body
            assert not leaks(answer, role)


def test_nobody_makes_a_step_of_the_workflow_from_a_chooser(world):
    where = reverse("wagtailadmin_workflows:task_chooser_create") + "?create_model=catalog_pages.appraisaltask"
    steps = Task.objects.count()

    for role in INSIDE:
        for model in ("catalog_pages.appraisaltask", "catalog_pages.AppraisalTask", "wagtailcore.groupapprovaltask"):
            form = {"create-task-name": "Bước riêng", "create_model": model}
            world.clients[role].post(f"{where}&create_model={model}", form)

    assert Task.objects.count() == steps


@pytest.mark.parametrize("role", ["uploader", "agency_head"])
def test_a_workflow_step_of_another_agency_is_neither_seen_nor_taken(world, role):
    for relation in ("other_submitted", "other_appraised"):
        subject = world.subjects[relation]
        for action in ("approve", "reject"):
            arguments = [subject.page, action, subject.task_state]
            answer = ask(world.clients[role], "POST", reverse("wagtailadmin_pages:workflow_action", args=arguments))
            assert answer.word == "404"


@pytest.mark.parametrize("role", ["uploader", "agency_head", "editor", "approver"])
def test_the_step_of_one_page_is_not_taken_through_another(world, role):
    own, other = world.subjects["own"], world.subjects["other_appraised"]

    for action in ("approve", "reject"):
        where = reverse("wagtailadmin_pages:workflow_action", args=[own.page, action, other.task_state])
        answer = ask(world.clients[role], "POST", where, {"comment": "Trả lại"})
        assert not tables(answer)


@pytest.mark.parametrize("role", ["uploader", "agency_head"])
def test_a_revision_is_read_through_its_own_page_alone(world, role):
    own, other = world.subjects["own"], world.subjects["other"]

    for name in ("revisions_view", "revisions_revert"):
        where = reverse(f"wagtailadmin_pages:{name}", args=[own.page, other.revision])
        assert ask(world.clients[role], "GET", where).word == "404"
    where = f"/admin/pages/{own.page}/revisions/compare/{other.revision}...latest/"
    assert ask(world.clients[role], "GET", where).word == "404"


def test_the_choosers_name_pages_and_show_nothing_in_them(world):
    for role in INSIDE:
        for where in ("/admin/choose-page/", f"/admin/choose-page/{world.subjects['above'].page}/"):
            for query in ({}, {"page_type": "catalog_pages.agencycatalogpage"}, {"q": "Văn phòng"}):
                assert not leaks(ask(world.clients[role], "GET", where, query), role)


@pytest.mark.parametrize("role", ["anonymous", "nobody", "api_client"])
def test_wagtails_api_with_tokens_is_off(world, role):
    for where in ("/api/v3/", "/api/v3/pages/", "/wagtail-api/", "/admin/api/v3/pages/", "/api/v3/schema/"):
        answer = ask(world.clients[role], "GET", where)
        assert answer.word in ("404", "redirect", "login", "no")


def test_a_preview_is_not_kept_for_somebody_else(world):
    page = Page.objects.get(pk=world.subjects["own"].page)
    where = reverse("wagtailadmin_pages:view_draft", args=[page.pk])

    assert ask(world.clients["uploader"], "GET", where).response["Cache-Control"] == "no-store, private"
    assert ask(world.clients["anonymous"], "GET", where).word == "login"


@pytest.mark.parametrize("role", INSIDE)
def test_what_is_behind_the_log_in_is_kept_by_no_cache(world: World, role):
    for where in ("/admin/", "/admin/catalogs/", "/api/v1/items/", "/danh-muc/", "/danh-muc/tim-kiem/?q=bao"):
        assert "no-store" in ask(world.clients[role], "GET", where).response["Cache-Control"], where
