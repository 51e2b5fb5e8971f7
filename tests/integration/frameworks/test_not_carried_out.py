"""What no program carries out yet is marked wherever a framework is read or written."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from cms.users.models import User
from tests.factories.frameworks import draft_of, published

pytestmark = pytest.mark.django_db
MARK = "hệ thống chưa thực hiện"


def test_the_public_page_marks_it_beside_the_rule_and_nothing_else(client: Client) -> None:
    published("nd335")

    page = client.get("/khung-tieu-chi/nd335/1/").text

    rows = re.findall(r"<tr role=\"row\"><th[^>]*>(.*?)</th><td role=\"cell\">(.*?)</td>", page, re.DOTALL)
    marked = {label for label, text in rows if MARK in text}
    assert len(marked) == page.count(MARK) == 2
    carried_out = {"Kỳ theo dõi", "Mẫu số của chất lượng và tiến độ", "Việc đột xuất", "Cho điểm đ, e"}
    assert carried_out <= {label for label, _text in rows} - marked


def test_the_editor_marks_it_below_the_field(people: dict[str, User]) -> None:
    editor = Client()
    editor.force_login(people["editor"], backend="cms.organisations.backends.MembershipBackend")

    page = editor.get(reverse("wagtailsnippets_frameworks_criteriaframework:edit", args=[draft_of("nd335").pk])).text

    # The blocks are JSON for the editor's script.
    assert page.count(json.dumps(MARK)[1:-1]) == 2
