"""The filled form as an officer will see it, or all that is missing before there can be one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.frameworks.conversion import definition_data
from cms.scoring import shipped
from cms.scoring.definition import write_definition
from cms.scoring.vocabulary import vocabulary_of
from tests.factories.frameworks import draft_of
from tests.integration.frameworks.posting import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    return client


def _preview(framework):
    return reverse("wagtailsnippets_frameworks_criteriaframework:preview_on_edit", args=[framework.pk])


def _shown(editor, framework, role):
    answer = editor.get(_preview(framework), {"mode": role})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("code", shipped.codes())
def test_every_shipped_form_is_shown_with_a_total(editor, code):
    framework = draft_of(code)

    for role, _label in framework.preview_modes:
        assert "Tổng điểm:" in _shown(editor, framework, role)


def test_each_role_sees_its_own_indicators(editor):
    framework = draft_of("nd335")

    assert "đoàn kết" not in _shown(editor, framework, "staff")
    assert "đoàn kết" in _shown(editor, framework, "head")


def test_what_stands_in_the_editor_is_shown_before_it_is_saved(editor):
    framework = draft_of("nd335")

    sent = editor.post(_preview(framework), posted(framework, name="Tên chưa lưu"))

    assert sent.json()["is_valid"]
    assert "Tên chưa lưu" in _shown(editor, framework, "staff")


def test_a_draft_that_makes_no_sense_shows_the_form_and_what_is_wrong(editor):
    framework = draft_of("nd335")
    editor.post(_preview(framework), posted(framework, **{"sections-0-value-max": "31"}))

    shown = _shown(editor, framework, "staff")

    assert "chỗ cần sửa" in shown
    assert "Tổng điểm:" not in shown


def test_a_draft_that_cannot_be_read_lists_what_is_missing(editor):
    framework = draft_of("nd335")
    framework.sections = [("criteria", {"code": "", "title": "", "max": None, "criteria": []})]
    framework.save_revision()

    shown = _shown(editor, framework, "head")

    assert "chỗ cần sửa" in shown
    assert definition_data(framework)["sections"][0]["code"] == ""


def test_the_form_says_what_is_asked_where_points_are_cut(editor):
    sections = write_definition(shipped.load("nd335"))["sections"]
    sections[0]["criteria"][0]["asks_when_cut"] = "nothing"
    framework = draft_of("nd335", sections=sections, marks={"asks_when_cut": {"value": "both", "citation": "Kế hoạch"}})

    shown = _shown(editor, framework, "staff")

    leaves = len(vocabulary_of(shipped.load("nd335")).criteria)
    silent = len(sections[0]["criteria"][0]["criteria"])
    assert shown.count("yêu cầu: nêu lý do và dẫn minh chứng") == leaves - silent
