"""Every open period is scored, agency by agency; what fails keeps nobody from theirs, and what was not ended waits."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from cms.evaluations import actions
from cms.evaluations.actions import scoring_runs
from cms.evaluations.errors import InvalidPeriod
from cms.evaluations.models import PeriodScoring, Result

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(house):
    for name in ("an", "binh"):
        house.done(name)
    return house.open()


def test_the_command_scores_what_is_open_and_says_how_far_it_is(period, capsys):
    call_command("score_periods")
    assert "còn 0 kỳ" in capsys.readouterr().out
    scored = Result.objects.in_period(period).count()
    assert scored == period.evaluations.counted().exclude(framework=None).count()
    assert not PeriodScoring.objects.waiting().exists()

    call_command("score_periods")
    assert Result.objects.count() == scored


def test_who_continues_asks_for_nothing_new(period, capsys):
    call_command("score_periods", "--continue")
    assert not Result.objects.exists()
    actions.ask_for_scoring_of_all()
    call_command("score_periods", "--continue")
    assert Result.objects.in_period(period).exists()


def test_a_run_that_breaks_off_leaves_the_period_waiting_and_whole(period, monkeypatch):
    def broken(period):
        scoring_runs_compute(period)
        raise KeyboardInterrupt

    scoring_runs_compute = scoring_runs.compute
    monkeypatch.setattr(scoring_runs, "compute", broken)
    actions.ask_for_scoring_of_all()
    with pytest.raises(KeyboardInterrupt):
        list(actions.score_waiting())
    assert not Result.objects.exists()
    assert PeriodScoring.objects.waiting().get().period == period

    monkeypatch.setattr(scoring_runs, "compute", scoring_runs_compute)
    assert [each.period for each in actions.score_waiting()] == [period]


def test_a_period_that_cannot_be_scored_says_why_and_is_not_tried_for_ever(period, monkeypatch, capsys):
    def refused(period):
        raise InvalidPeriod("Các công chức này phụ trách lẫn nhau: A, B.")

    monkeypatch.setattr(scoring_runs, "compute", refused)
    call_command("score_periods")
    assert "phụ trách lẫn nhau" in capsys.readouterr().out
    assert PeriodScoring.objects.get().failure.startswith("Các công chức này")
    assert not PeriodScoring.objects.waiting().exists()


def test_a_longer_period_waits_for_the_shorter_ones_that_it_is_made_of(period):
    quarter = type(period).objects.create(
        agency=period.agency, kind="quarter", first_day=period.first_day, last_day=period.last_day, made_of="month",
        opened_at=period.opened_at,
    )  # fmt: skip
    scoring_runs.ask_for_scoring([quarter.pk])
    scoring_runs.ask_for_scoring([period.pk])
    assert [each.period for each in PeriodScoring.objects.ready()] == [period]
    assert [each.period for each in actions.score_waiting()] == [period, quarter]


def test_a_large_period_is_scored_beside_the_request(period, monkeypatch, django_capture_on_commit_callbacks):
    assert actions.score_soon(period)
    monkeypatch.setattr(scoring_runs, "AT_ONCE", 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert not actions.score_soon(period)
    assert not PeriodScoring.objects.waiting().exists()
    assert PeriodScoring.objects.get().done_at


def test_the_desk_reads_that_a_period_waits_or_why_it_could_not_be_scored(house, period, client, monkeypatch):
    client.force_login(house.clerk, backend="cms.organisations.backends.MembershipBackend")
    page = reverse("evaluations:period", args=[period.pk])
    assert "đang được tính" not in client.get(page).content.decode()
    actions.ask_for_scoring_of_all()
    assert "Kết quả đang được tính" in client.get(page).content.decode()

    def refused(period):
        raise InvalidPeriod("Các công chức này phụ trách lẫn nhau: A, B.")

    monkeypatch.setattr(scoring_runs, "compute", refused)
    list(actions.score_waiting())
    assert "Chưa tính được kết quả: Các công chức này phụ trách lẫn nhau" in client.get(page).content.decode()
