"""An agency's page tells how it stood to its deadlines, and who answers."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from catalog_pages.models import AgencyCatalogPage
from cms.catalogs.models import CatalogRound
from tests.factories import catalogs
from tests.integration.public.conftest import STATISTICS, TwoVersions


@pytest.mark.parametrize(
    ("days", "words"),
    [(2, "sớm 2 ngày"), (0, "đúng ngày hết hạn"), (-1, "chậm 1 ngày")],
)
def test_the_first_version_of_a_round_tells_whether_it_was_in_time(
    people: Any, province: Any, days: int, words: str
) -> None:
    deadline = timezone.localdate() + datetime.timedelta(days=days)
    later = deadline + datetime.timedelta(days=30)
    round_ = CatalogRound.objects.create(
        year=2026, name="Đợt 2026", submit_by=deadline, appraise_by=later, approve_by=later, is_current=True
    )
    version = catalogs.make_approved(people, province.statistics)
    assert version.round == round_

    page = Client().get(STATISTICS).content.decode()

    today = timezone.localdate()
    assert f"{today:%d/%m/%Y}, {words} (hạn {deadline:%d/%m/%Y})" in page
    assert f"sớm {30 + days} ngày" in page
    english = Client().get(f"/en{STATISTICS}").content.decode()
    assert f"(deadline {deadline:%d/%m/%Y})" in english


def test_a_further_version_has_no_deadline(two_versions: TwoVersions) -> None:
    assert "hạn " not in Client().get(f"{STATISTICS}phien-ban/2/").content.decode().partition("<main")[2]


def test_who_answers_stands_at_the_page_and_over_the_api(two_versions: TwoVersions) -> None:
    page = AgencyCatalogPage.objects.get()
    page.contact, page.contact_en = "<p>Phòng Tổng hợp, 0232 382 0101</p>", "<p>General division</p>"
    page.save_revision().publish()

    shown, english = (Client().get(f"{language}{STATISTICS}").content.decode() for language in ("", "/en"))
    assert "Phòng Tổng hợp, 0232 382 0101" in shown and "General division" not in shown
    assert "General division" in english and "Phòng Tổng hợp" not in english
    told = Client().get(f"/api/pages/{page.pk}/").json()
    assert (told["contact"], told["contact_en"]) == (page.contact, page.contact_en)
