"""An editor builds a framework by choosing and typing; what is not theirs is not there."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.frameworks.conversion import definition_data
from cms.frameworks.models import CriteriaFramework
from cms.scoring import shipped
from cms.scoring.canonical import canonical_bytes
from cms.scoring.definition import write_definition
from tests.factories.frameworks import draft_of, published
from tests.integration.frameworks.posting import posted

pytestmark = pytest.mark.django_db


def _url(name, *arguments):
    return reverse(f"wagtailsnippets_frameworks_criteriaframework:{name}", args=arguments)


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    return client


def _drafts(count):
    for number in range(count):
        draft_of("nd335", code=f"khung-{number}", name=f"Khung tiêu chí số {number}")


def test_the_list_finds_names_without_diacritics(editor):
    draft_of("nghe-an")
    draft_of("tay-ninh")

    found = editor.get(_url("list"), {"q": "nghe an"}).content.decode()

    assert "Nghệ An" in found
    assert "Tây Ninh" not in found


def test_the_list_shows_the_state_and_the_latest_version(editor):
    published("nd335")
    draft_of("tay-ninh")

    rows = {each.code: each for each in editor.get(_url("list")).context["object_list"]}

    assert (rows["nd335"].state, rows["nd335"].latest_version) == ("changed", 1)
    assert (rows["tay-ninh"].state, rows["tay-ninh"].latest_version) == ("draft", None)


def test_the_list_is_narrowed_by_state(editor):
    published("nd335")
    draft_of("tay-ninh")

    rows = editor.get(_url("list"), {"state": "draft"}).context["object_list"]

    assert [each.code for each in rows] == ["tay-ninh"]


def test_the_list_asks_no_more_for_more_frameworks(editor, django_assert_max_num_queries):
    _drafts(12)

    with django_assert_max_num_queries(16):
        assert "Khung tiêu chí số 11" in editor.get(_url("list")).content.decode()


def test_a_new_framework_begins_with_the_decree(editor):
    form = editor.get(_url("add")).context["form"]

    begun = form.instance
    decree = write_definition(shipped.load("nd335"))
    assert (begun.code, begun.name, begun.effective_from) == ("", "", None)
    data = definition_data(begun)
    assert [each["code"] for each in data["sections"]] == [each["code"] for each in decree["sections"]]
    assert data["work"] == decree["work"]


def test_a_new_framework_begins_with_what_was_chosen(editor):
    begun = editor.get(_url("add"), {"from": "truong-hoc"}).context["form"].instance

    kinds = [section.block_type for section in begun.sections]
    assert {"bonus", "deduction"} <= set(kinds)


def test_a_draft_may_be_saved_with_next_to_nothing(editor, people):
    empty = {f"{name}-count": "0" for name in ("basis", "sections", "rules", "classification")}

    answer = editor.post(_url("add"), empty | {"name": "Khung mới", "code": "khung-moi", "subject": "officer"})

    framework = CriteriaFramework.objects.get(code="khung-moi")
    assert answer.status_code == 302
    assert (framework.live, framework.created_by) == (False, people["editor"])
    assert not framework.versions.exists()


@pytest.mark.parametrize("code", ["mau-01", "nghe-an", "truong-hoc", "gia-lai-to-chuc"])
def test_saving_what_was_opened_changes_nothing(editor, code, django_assert_max_num_queries):
    framework = draft_of(code)
    before = canonical_bytes(definition_data(framework))

    with django_assert_max_num_queries(45):
        answer = editor.post(_url("edit", framework.pk), posted(framework))

    framework.refresh_from_db()
    assert answer.status_code == 302
    assert framework.revisions.count() == 2
    assert canonical_bytes(definition_data(framework.get_latest_revision_as_object())) == before


def test_opening_a_long_form_asks_little(editor, django_assert_max_num_queries):
    framework = draft_of("mau-01")

    with django_assert_max_num_queries(51):
        assert editor.get(_url("edit", framework.pk)).status_code == 200


def test_a_form_that_comes_without_its_blocks_saves_nothing(editor):
    framework = draft_of("nd335")
    whole = posted(framework)

    for missing in ("sections-count", "sections-1-value-indicators-0-type"):
        form = {name: value for name, value in whole.items() if name != missing}
        answer = editor.post(_url("edit", framework.pk), form, follow=True)
        assert "thiếu các khối nội dung" in answer.content.decode()

    assert framework.revisions.count() == 1


def test_a_number_that_is_none_is_told_at_its_field(editor):
    framework = draft_of("nd335")

    answer = editor.post(_url("edit", framework.pk), posted(framework, **{"sections-0-value-max": "ba mươi"}))

    assert answer.status_code == 200
    assert framework.revisions.count() == 1


def test_submitting_saves_the_draft_and_tells_every_problem_with_its_place(editor):
    framework = draft_of("nd335")
    indicator = framework.sections[1].value["indicators"][0].id
    changes = {"sections-1-value-indicators-0-value-code": "", "effective_from": ""}

    sent = posted(framework, **changes) | {"action-submit": "1"}
    answer = editor.post(_url("edit", framework.pk), sent, follow=True)

    assert f'href="#block-{indicator}-section"' in answer.content.decode()
    framework.refresh_from_db()
    assert framework.get_latest_revision_as_object().effective_from is None
    assert framework.workflow_states.count() == 0


def test_submitting_a_new_draft_that_was_not_tried_keeps_it_as_a_draft(editor):
    begun = editor.get(_url("add")).context["form"].instance
    begun.code, begun.name = "khung-moi", "Khung mới"

    sent = posted(begun, effective_from="01/01/2027") | {"action-submit": "1"}
    answer = editor.post(_url("add"), sent, follow=True)

    framework = CriteriaFramework.objects.get(code="khung-moi")
    assert [each.level_tag for each in answer.context["messages"]] == ["error", "success"]
    assert framework.workflow_states.count() == 0


def test_a_published_framework_keeps_its_code(editor):
    framework = published("nd335").framework

    editor.post(_url("edit", framework.pk), posted(framework, code="khac"))

    assert framework.get_latest_revision_as_object().code == "nd335"


def test_a_draft_of_another_agency_is_not_found(client, people, province):
    client.force_login(people["agency_head"], backend="cms.organisations.backends.MembershipBackend")
    other = draft_of("nd335", code="cua-van-phong")
    CriteriaFramework.objects.filter(pk=other.pk).update(agency=province.office)

    assert client.get(_url("edit", other.pk)).status_code == 404
    assert client.post(_url("edit", other.pk), posted(other)).status_code == 404
    assert "cua-van-phong" not in client.get(_url("list")).content.decode()


def test_drafts_are_compared_in_words(editor):
    framework = draft_of("nd335")
    first = framework.latest_revision
    editor.post(_url("edit", framework.pk), posted(framework, **{"rules-0-value-denominator-value": "completed"}))

    assert editor.get(_url("history", framework.pk)).status_code == 200
    compared = editor.get(_url("revisions_compare", framework.pk, first.pk, "latest")).content.decode()
    assert "chia cho số được giao" in compared
    assert "chia cho số đã hoàn thành" in compared
    assert f"{timezone.localtime(first.created_at):%H:%M %d/%m/%Y}" in compared


def test_approvers_read_what_they_will_judge(client, people):
    client.force_login(people["approver"], backend="cms.organisations.backends.MembershipBackend")
    framework = draft_of("nd335")

    for name in ("history", "preview_on_edit"):
        assert client.get(_url(name, framework.pk)).status_code == 200
    assert client.get(_url("edit", framework.pk)).status_code == 302
