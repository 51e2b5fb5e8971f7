"""A correction of a posting is a new fact with its reason: what was believed on a day about a day can be asked."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.organisations import actions
from cms.organisations.models import PostingFact
from tests.factories.officers import make_posting, values

pytestmark = pytest.mark.django_db
ABOUT = date(2026, 5, 1)


def backdate(fact, day):
    moment = timezone.make_aware(datetime(day.year, day.month, day.day, 23, 59))
    PostingFact.objects.filter(pk=fact.pk).update(recorded_at=moment)


@pytest.fixture
def corrected(people, province):
    """Return a posting written down as staff on 2 March, corrected to head on 5 June."""
    posting = make_posting(province.statistics)
    actions.edit_posting(by=people["uploader"], posting=posting, role="head", reason="Quyết định 7 ghi nhầm")
    second, first = PostingFact.objects.order_by("-pk")
    backdate(first, date(2026, 3, 2))
    backdate(second, date(2026, 6, 5))
    return posting


@pytest.mark.parametrize(
    ("believed", "roles"),
    [
        (date(2026, 3, 1), []), (date(2026, 3, 2), ["staff"]), (date(2026, 6, 4), ["staff"]),
        (date(2026, 6, 5), ["head"]),
    ],
)  # fmt: skip
def test_what_was_believed_on_a_day_about_a_day(corrected, believed, roles):
    found = PostingFact.objects.believed_on(believed).about(ABOUT)

    assert list(found.values_list("role", flat=True)) == roles
    assert not PostingFact.objects.believed_on(believed).about(date(2024, 1, 1)).exists()


def test_every_writing_is_a_fact_with_its_reason_and_writer(people, corrected, province):
    day = timezone.localdate()
    new = actions.transfer_posting(
        by=people["editor"], posting=corrected, to=values(province.commune, valid_from=day), reason="QĐ 12"
    )
    actions.end_posting(by=people["editor"], posting=new, last_day=day + timedelta(days=30), reason="QĐ 13")

    facts = PostingFact.objects.order_by("pk").values_list("role", "valid_to", "reason", "recorded_by__username")
    assert list(facts)[1:] == [
        ("head", None, "Quyết định 7 ghi nhầm", "uploader"),
        ("head", day - timedelta(days=1), "QĐ 12", "editor"),
        ("staff", None, "QĐ 12", "editor"),
        ("staff", day + timedelta(days=30), "QĐ 13", "editor"),
    ]


def test_the_officers_screen_shows_and_answers_it_within_row_scope(client, people, corrected, province):
    url = reverse("organisations:officer_edit", args=[corrected.officer_id])
    client.force_login(people["uploader"])

    asked = client.get(url, {"about": "01/05/2026", "believed": "04/06/2026"}).content.decode()
    client.force_login(people["other_uploader"])

    assert "Quyết định 7 ghi nhầm" in asked
    assert "<li>Chi cục Thống kê: Chuyên viên, Không giữ chức vụ, 01/01/2025 – …</li>" in asked
    assert not PostingFact.objects.visible_to(people["other_uploader"]).exists()
    assert client.get(url).status_code == 404


def test_a_correction_on_the_screen_needs_its_reason(client, people, corrected):
    client.force_login(people["uploader"])
    url = reverse("organisations:posting_edit", args=[corrected.pk])

    position = corrected.position_id
    client.post(url, {"position": position, "role": "deputy", "is_main": "on", "valid_from": "01/01/2025"})

    corrected.refresh_from_db()
    assert corrected.role == "head"
