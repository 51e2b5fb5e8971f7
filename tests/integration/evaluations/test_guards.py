"""What the database refuses by itself, and what lists and screens ask and show."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.assignments.models import WorkAssignment
from cms.core import triggers
from cms.evaluations import actions
from cms.evaluations.models import Evaluation, EvaluationAct, Period, Result
from cms.evaluations.scoring_inputs import Leading
from cms.evaluations.triggers import EVALUATION_TRIGGERS
from cms.organisations.models import OfficerRead, Posting
from tests.integration.evaluations.conftest import MARKS

pytestmark = pytest.mark.django_db
NAMES = ("an", "binh", "division", "chief")


@pytest.fixture
def locked(house):
    """A month that is locked, with everybody's work in it."""
    house.works = {name: house.done(name) for name in NAMES}
    period = house.open()
    house.finish_everybody()
    return house.lock(period)


def test_the_guards_are_in_force():
    assert triggers.missing(EVALUATION_TRIGGERS, connection) == []


def test_the_database_keeps_what_was_locked(house, locked):
    one = house.of("an")
    for refused in (
        lambda: Result.objects.filter(evaluation=one).update(total=100),
        lambda: Result.objects.filter(evaluation=one).delete(),
        lambda: Result.objects.create(
            evaluation=one, number=2, status="scored", computed_at=locked.locked_at, engine="2", content_hash="x"
        ),
        lambda: Evaluation.objects.filter(pk=one.pk).update(level="good"),
        lambda: EvaluationAct.objects.filter(evaluation=one).update(words=""),
        lambda: EvaluationAct.objects.create(evaluation=one, act="mark", done_by=house.head, done_at=locked.locked_at),
        lambda: Period.objects.filter(pk=locked.pk).update(locked_at=None),
        lambda: WorkAssignment.objects.filter(pk=house.works["an"].pk).update(completed=1),
        lambda: Evaluation.objects.filter(pk=one.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


def test_who_leads_whom_in_memory_is_who_leads_whom_in_the_database(house, province):
    deputy = house.people["binh"].postings.get()
    Posting.objects.filter(pk=deputy.pk).update(agency=province.statistics, role="deputy")
    deputy.refresh_from_db()
    deputy.fields_in_charge = [province.division.name]
    deputy.save()
    period = house.open()
    leading = Leading(period)

    for leader in ("binh", "division", "chief"):
        posting = house.people[leader].postings.get()
        found = set(Posting.objects.all().led_by(posting, period.last_day).values_list("officer", flat=True))
        pk = house.of(leader).pk
        assert {Evaluation.objects.get(pk=each).officer_id for each in leading.led[pk]} == found, leader


def test_scoring_two_costs_no_more_queries_than_one(house):
    house.done("an")
    period = house.open()
    actions.compute(period)

    def asked(names):
        keys = [house.of(name).pk for name in names]
        with CaptureQueriesContext(
            connection,
        ) as found:
            actions.compute(period, keys)
        return len(found)

    # Whoever is scored now need not be looked up among what is stored.
    assert asked(["an", "binh"]) <= asked(["an"])


class TestScreens:
    def test_the_officer_assesses_the_manager_marks_and_the_head_decides_in_the_browser(self, client, house):
        house.done("an")
        house.open()
        one = house.of("an")
        typed = {f"criteria.{code}": mark.replace(".", ",") for code, mark in MARKS["criteria"].items()}

        client.force_login(house.account("an"))
        url = reverse("personal:evaluation", args=[one.identity])
        assert "Bản tự đánh giá" in client.get(url).content.decode()
        refused = client.post(url, typed | {"criteria.I.1": "6"})
        assert refused.status_code == 422 and 'value="2,5"' in refused.content.decode()
        assert client.post(url, typed).status_code == 302

        client.force_login(house.account("division"))
        url = reverse("personal:evaluate_one", args=[one.identity])
        assert url in client.get(reverse("personal:evaluate")).content.decode()
        assert "ghi lý do" in client.post(url, typed | {"mark": ""}).content.decode()
        why = {"comments.III": "Một nhiệm vụ chưa có sản phẩm"}
        assert client.post(url, typed | why | {"mark": ""}).status_code == 302
        assert "97,50" in client.get(url).content.decode()

        client.force_login(house.account("chief"))
        client.post(reverse("personal:evaluate"), {"evaluation": [str(one.identity)]})
        assert Evaluation.objects.get(pk=one.pk).level == "excellent"

    def test_before_the_decision_the_officer_reads_no_marks(self, client, house):
        house.done("an")
        house.open()
        house.mark("an", words="Chưa đủ căn cứ cho mục III")
        client.force_login(house.account("an"))
        url = reverse("personal:evaluation", args=[house.of("an").identity])

        before = client.get(url).content.decode()
        house.decide("an")
        after = client.get(url).content.decode()

        assert "97,5" not in before and "Chưa đủ căn cứ" not in before
        assert "97,50" in after and "Chưa đủ căn cứ" in after

    def test_reading_anothers_result_is_told_to_the_officer(self, client, house):
        house.open()
        client.force_login(house.head)

        client.get(reverse("evaluations:evaluation", args=[house.of("an").pk]))

        assert OfficerRead.objects.filter(officer=house.people["an"], reader=house.head, what="result").exists()

    def test_the_period_is_opened_followed_and_locked_at_the_desk(self, client, house):
        for name in NAMES:
            house.done(name)
        client.force_login(house.clerk)
        day = f"{house.month:%d/%m/%Y}"
        client.post(reverse("evaluations:open"), {"agency": house.agency.pk, "kind": "month", "day": day})
        period = Period.objects.get()
        url = reverse("evaluations:period", args=[period.pk])
        assert "Đã quyết định 0 trên 4" in client.get(url).content.decode()
        refused = client.post(reverse("evaluations:propose_lock", args=[period.pk])).content.decode()
        assert "Chưa quyết định (4)" in refused
        house.finish_everybody()
        client.post(reverse("evaluations:propose_lock", args=[period.pk]))
        client.force_login(house.head)
        client.post(reverse("evaluations:lock", args=[period.pk]))

        assert Period.objects.get().is_locked
        assert "Kỳ đánh giá đã chốt" not in refused
        assert "97,5" in client.get(url).content.decode()
