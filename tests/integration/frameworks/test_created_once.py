"""A form whose answer was lost goes on with the framework that it made."""

import pytest
from django.test import Client

from cms.frameworks.models import CriteriaFramework
from tests.factories.frameworks import draft_of
from tests.integration.frameworks.posting import posted

pytestmark = pytest.mark.django_db

ADD = "/admin/frameworks/add/"
TOKEN = {"creation_token": "ab" * 16}
JSON = {"accept": "application/json"}


@pytest.fixture
def form(province):
    """Return what a form of a new framework sends."""
    framework = draft_of()
    sent = posted(framework, name="Khung mới", code="khung-moi")
    framework.delete()
    return sent


@pytest.fixture
def editor(people):
    """Return the editor's browser."""
    client = Client()
    client.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")
    return client


def test_a_second_creation_by_the_same_form_saves_what_the_first_made(editor, form):
    first = editor.post(ADD, form | TOKEN, headers=JSON).json()
    second = editor.post(ADD, form | TOKEN | {"name": "Khung mới, sửa"}, headers=JSON).json()
    assert first["success"] and second["success"]
    assert (second["url"], second["hydrate_url"]) == (first["url"], first["hydrate_url"])
    assert CriteriaFramework.objects.get().get_latest_revision_as_object().name == "Khung mới, sửa"


def test_a_form_of_its_own_makes_its_own(editor, form):
    editor.post(ADD, form | TOKEN, headers=JSON)
    answer = editor.post(ADD, form | {"creation_token": "cd" * 16}, headers=JSON)
    assert answer.status_code == 400
    editor.post(ADD, form | {"creation_token": "cd" * 16, "code": "khung-khac"}, headers=JSON)
    assert CriteriaFramework.objects.count() == 2


def test_what_was_made_and_deleted_is_made_anew(editor, form):
    editor.post(ADD, form | TOKEN, headers=JSON)
    CriteriaFramework.objects.get().delete()
    answer = editor.post(ADD, form | TOKEN, headers=JSON).json()
    assert answer["success"], answer
    assert CriteriaFramework.objects.count() == 1
