"""Moving a version on: confirmation first, the rules said in sentences."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.catalogs import actions
from cms.catalogs.enums import VersionState
from cms.catalogs.models import CatalogVersion
from tests.factories import catalogs

TODAY = timezone.localdate


def _state(version):
    return CatalogVersion.objects.get(pk=version.pk).state


def _refusal(response):
    return str(response.context["form"].non_field_errors())


def _edition(version):
    return {"edition": CatalogVersion.objects.get(pk=version.pk).edition}


def test_submitting_is_confirmed_and_needs_a_post(client_of, people, draft, url):
    client = client_of(people["uploader"])

    asked = client.get(url("submit", draft.pk))
    state_then = _state(draft)
    client.post(url("submit", draft.pk), _edition(draft))

    assert asked.status_code == 200
    assert (state_then, _state(draft)) == (VersionState.DRAFT, VersionState.SUBMITTED)


def test_blocking_findings_are_told_and_nothing_moves(client_of, people, draft, url):
    draft.items.filter(pk=draft.items.first().pk).update(coefficient=7)

    response = client_of(people["uploader"]).post(url("submit", draft.pk), _edition(draft))

    assert _state(draft) == VersionState.DRAFT
    assert draft.items.first().code in _refusal(response)


def test_a_version_changed_meanwhile_is_not_submitted(client_of, people, draft, url):
    seen = _edition(draft)
    actions.remove_items(by=people["agency_head"], version=draft, items=[draft.items.first()])

    response = client_of(people["uploader"]).post(url("submit", draft.pk), seen)

    assert _state(draft) == VersionState.DRAFT
    assert "đã thay đổi" in _refusal(response)


def test_a_return_needs_a_reason(client_of, people, submitted, url):
    client = client_of(people["editor"])

    without = client.post(url("return", submitted.pk), {**_edition(submitted), "reason": "  "})
    state_then = _state(submitted)
    client.post(url("return", submitted.pk), {**_edition(submitted), "reason": "Bổ sung đầu ra"})

    assert (without.status_code, state_then) == (200, VersionState.SUBMITTED)
    returned = CatalogVersion.objects.get(pk=submitted.pk)
    assert (returned.state, returned.return_reason) == (VersionState.RETURNED, "Bổ sung đầu ra")


def test_who_edited_cannot_accept_and_is_told_why(client_of, people, submitted, url, reported):
    items = [submitted.items.first()]
    actions.edit_items(by=people["editor"], version=submitted, items=items, changes={"note": "x"}, reason="Rõ hơn")

    response = client_of(people["editor"]).post(url("accept", submitted.pk), _edition(submitted))

    assert _state(submitted) == VersionState.SUBMITTED
    assert response.url == url("version", submitted.pk)
    assert reported(response)


def test_an_editor_who_did_not_edit_accepts(client_of, people, submitted, url):
    client_of(people["editor"]).post(url("accept", submitted.pk), _edition(submitted))

    assert _state(submitted) == VersionState.APPRAISED


@pytest.mark.parametrize("role", ["uploader", "agency_head", "provincial_approver"])
def test_others_do_not_accept(client_of, people, submitted, url, role):
    response = client_of(people[role]).post(url("accept", submitted.pk), _edition(submitted))

    assert response.status_code == 302
    assert _state(submitted) == VersionState.SUBMITTED


@pytest.mark.parametrize("missing", ["decision_number", "decision_date", "effective_from"])
def test_a_decision_needs_its_number_and_dates(client_of, people, province, url, missing):
    version = catalogs.make_appraised(people, province.statistics)
    data = {"decision_number": "12/QĐ-UBND", "decision_date": "05/06/2026", "effective_from": "05/06/2026"}
    data = {**_edition(version), **data, missing: ""}

    response = client_of(people["provincial_approver"]).post(url("decide", version.pk), data)

    assert response.status_code == 200
    assert missing in response.context["form"].errors
    assert _state(version) == VersionState.APPRAISED


def test_a_decision_is_read_day_first_and_publishes(client_of, people, province, url):
    version = catalogs.make_appraised(people, province.statistics)
    data = {"decision_number": "12/QĐ-UBND", "decision_date": "05/03/2026", "effective_from": "05/03/2026"}

    client_of(people["provincial_approver"]).post(url("decide", version.pk), {**_edition(version), **data})

    version = CatalogVersion.objects.get(pk=version.pk)
    assert version.decision_date == datetime.date(2026, 3, 5)
    assert (version.state, version.catalog.page.live) == (VersionState.APPROVED, True)


def _decision(version, effective_from, **more):
    days = {"decision_date": f"{timezone.localdate():%d/%m/%Y}", "effective_from": f"{effective_from:%d/%m/%Y}"}
    return {**_edition(version), "decision_number": "12/QĐ-UBND", **days, **more}


@pytest.fixture
def decide_next(client_of, people, approved, url):
    """Return what asks for the decision on the version after ``approved``, which holds, or sends it."""
    version = actions.start_version(by=people["uploader"], catalog=approved.catalog)
    catalogs.accept(catalogs.submit(version, people["uploader"]), people["editor"])
    client, address = client_of(people["provincial_approver"]), url("decide", version.pk)

    def ask(effective_from=None, **more):
        if effective_from is None:
            return client.get(address)
        return client.post(address, _decision(CatalogVersion.objects.get(pk=version.pk), effective_from, **more))

    return ask


def test_the_decision_says_beforehand_what_becomes_of_the_version_before(decide_next, approved):
    page = decide_next().content.decode()

    assert f"Phiên bản 1 đang có hiệu lực từ ngày {approved.effective_from:%d/%m/%Y}" in page
    assert "takes_past_days" in page


def test_a_day_that_leaves_the_version_before_none_is_refused_beside_the_field(decide_next, approved):
    response = decide_next(approved.effective_from)

    assert "Phiên bản 1 đã được quyết định" in response.context["form"].errors["effective_from"][0]
    assert CatalogVersion.objects.get(number=2).state == VersionState.APPRAISED


def test_days_that_are_over_are_not_taken_from_the_version_before_unless_that_is_meant(
    decide_next, approved, time_machine
):
    past = approved.effective_from + datetime.timedelta(days=2)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=5))

    response = decide_next(past)
    refused = CatalogVersion.objects.get(number=2).state
    decide_next(past, takes_past_days="on")

    assert "đánh dấu vào ô" in response.context["form"].errors["effective_from"][0]
    assert (refused, CatalogVersion.objects.get(number=2).state) == (VersionState.APPRAISED, VersionState.APPROVED)
    approved.refresh_from_db()
    assert approved.effective_to == past - datetime.timedelta(days=1)


def test_a_decision_behind_one_of_a_later_day_says_which_day_that_is(client_of, people, approved, url):
    later = timezone.localdate() + datetime.timedelta(days=30)
    second = actions.start_version(by=people["uploader"], catalog=approved.catalog)
    catalogs.accept(catalogs.submit(second, people["uploader"]), people["editor"])
    catalogs.decide(second, people["provincial_approver"], later)
    third = actions.start_version(by=people["uploader"], catalog=approved.catalog)
    catalogs.accept(catalogs.submit(third, people["uploader"]), people["editor"])
    client = client_of(people["provincial_approver"])

    page = client.get(url("decide", third.pk)).content.decode()
    refused = client.post(url("decide", third.pk), _decision(third, later - datetime.timedelta(days=10)))

    assert f"Phiên bản 2 đã được quyết định và có hiệu lực từ ngày {later:%d/%m/%Y}" in page
    assert "takes_past_days" not in page
    assert refused.context["form"].errors.keys() == {"effective_from"}
    assert _state(third) == VersionState.APPRAISED


def test_who_submitted_takes_it_back_and_nobody_else(client_of, people, submitted, url):
    client_of(people["agency_head"]).post(url("withdraw", submitted.pk), _edition(submitted))
    state_then = _state(submitted)
    client_of(people["uploader"]).post(url("withdraw", submitted.pk), _edition(submitted))

    assert (state_then, _state(submitted)) == (VersionState.SUBMITTED, VersionState.DRAFT)


def test_moves_without_a_csrf_token_are_refused(people, draft, url):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(people["uploader"], backend="cms.organisations.backends.MembershipBackend")

    assert client.post(url("submit", draft.pk), _edition(draft)).status_code == 403
    assert _state(draft) == VersionState.DRAFT


def test_an_agency_opens_its_catalog_and_not_anothers(client_of, people, province, url):
    client = client_of(people["uploader"])

    own = client.post(url("open", province.statistics.pk))
    foreign = client.post(url("open", province.office.pk))

    assert own.url == url("version", CatalogVersion.objects.get().pk)
    assert foreign.status_code == 404


@pytest.mark.parametrize("person", ["uploader", "editor"])
def test_opening_a_catalog_is_asked_first(client_of, people, province, url, person):
    asked = client_of(people[person]).get(url("open", province.statistics.pk))

    assert asked.status_code == 200
    assert province.statistics.name in asked.content.decode()
    assert ("Đây không phải cơ quan của bạn." in asked.content.decode()) == (person == "editor")
    assert not CatalogVersion.objects.exists()


def test_starting_a_version_is_asked_first(client_of, people, approved, url):
    asked = client_of(people["uploader"]).get(url("start", approved.catalog_id))

    assert asked.status_code == 200
    assert approved.catalog.versions.count() == 1


def test_a_catalog_that_is_worked_on_leads_to_its_version(client_of, people, draft, province, url):
    client = client_of(people["uploader"])

    assert client.get(url("open", province.statistics.pk)).url == url("version", draft.pk)
    assert client.get(url("start", draft.catalog_id)).url == url("version", draft.pk)


def test_a_draft_begun_by_mistake_is_taken_away(client_of, people, province, url, reported):
    client = client_of(people["editor"])
    client.post(url("open", province.statistics.pk))
    version = CatalogVersion.objects.get()
    discard = reverse("importers:discard", args=[version.pk])
    assert discard in client.get(url("version", version.pk)).content.decode()

    asked = client.get(discard)
    assert CatalogVersion.objects.filter(pk=version.pk).exists()
    answer = client.post(discard, _edition(version))

    assert "cùng 0 mục" in asked.content.decode()
    assert answer.url == url("catalog", version.catalog_id)
    assert reported(answer) == "Đã bỏ bản nháp."
    assert not CatalogVersion.objects.exists()


def test_a_draft_that_was_looked_at_is_not_offered_to_be_taken_away(client_of, people, submitted, url):
    catalogs.send_back(submitted, people["editor"])
    discard = reverse("importers:discard", args=[submitted.pk])
    client = client_of(people["uploader"])

    assert discard not in client.get(url("version", submitted.pk)).content.decode()
    client.post(discard, _edition(submitted))
    assert CatalogVersion.objects.filter(pk=submitted.pk).exists()


def test_a_draft_changed_meanwhile_is_not_taken_away(client_of, people, draft, reported):
    seen = _edition(draft)
    actions.remove_items(by=people["agency_head"], version=draft, items=[draft.items.first()])

    client_of(people["uploader"]).post(reverse("importers:discard", args=[draft.pk]), seen)

    assert CatalogVersion.objects.filter(pk=draft.pk).exists()


def test_the_next_version_starts_from_the_approved_one(client_of, people, approved, url):
    client_of(people["uploader"]).post(url("start", approved.catalog_id))

    started = approved.catalog.versions.get(number=2)
    assert (started.state, started.items.count()) == (VersionState.DRAFT, 3)


def test_details_are_saved_with_commas_and_frames_as_numbers(client_of, people, draft, url):
    data = {
        "standard_unit": "Soạn thảo", "standard_score": "7,5", "divisor": "7,5", "legal_basis": "", "year": "2026",
        "frame_1": "150", "frame_2": "250,5", "frame_3": "", "frame_4": "", "frame_5": "",
    }  # fmt: skip

    client_of(people["uploader"]).post(url("details", draft.pk), data)

    draft.refresh_from_db()
    assert (str(draft.divisor), draft.frames) == ("7.5000", {"1": "150", "2": "250.5"})


def test_a_gap_between_the_frames_is_refused(client_of, people, draft, url):
    data = {"standard_unit": "x", "standard_score": "5", "divisor": "5", "year": "2026", "frame_1": "1", "frame_3": "2"}

    response = client_of(people["uploader"]).post(url("details", draft.pk), data)

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_a_version_that_has_changed_is_not_accepted_and_may_still_be_returned(client_of, people, submitted, url):
    seen = _edition(submitted)
    CatalogVersion.objects.filter(pk=submitted.pk).update(edition=seen["edition"] + 1)

    refused = client_of(people["editor"]).post(url("accept", submitted.pk), seen)
    client_of(people["editor"]).post(url("return", submitted.pk), {**seen, "reason": "Bổ sung đầu ra"})

    assert "đã thay đổi" in _refusal(refused)
    assert CatalogVersion.objects.get(pk=submitted.pk).state == VersionState.RETURNED


def test_what_was_typed_of_a_decision_stays_when_the_version_has_changed(client_of, people, submitted, url):
    version = catalogs.accept(submitted, people["editor"])
    data = _decision(version, timezone.localdate())
    CatalogVersion.objects.filter(pk=version.pk).update(edition=data["edition"] + 1)

    answer = client_of(people["provincial_approver"]).post(url("decide", version.pk), data)

    assert answer.context["form"]["decision_number"].value() == "12/QĐ-UBND"
    assert CatalogVersion.objects.get(pk=version.pk).state == VersionState.APPRAISED
