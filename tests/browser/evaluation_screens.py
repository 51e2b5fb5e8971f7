"""The screens of a period that the browser tests look at: its list, its people, marks to give, a result to read."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from cms.assignments.actions import confirm_work
from cms.catalogs.models import CatalogItem
from cms.evaluations import actions
from cms.evaluations.models import Evaluation, Period
from cms.organisations.actions import edit_officer
from cms.organisations.models import Posting
from cms.users.models import User
from tests.factories import work
from tests.factories.frameworks import published
from tests.factories.officers import make_posting
from tests.factories.people import make_user

MARKS = {"criteria": {"I.1": "5", "I.2": "5", "II.1": "2.5", "II.2": "2.5", "II.3": "2.5", "II.4": "2.5", "III": "7.5"}}


def open_month(item: CatalogItem, clerk: User, head: User, officer: User) -> Period:
    """Open this month with one evaluation decided, one to be marked, and one of the officer's own to begin."""
    published(code="danh-gia-thang")
    division = officer.officer.postings.get(is_main=True).agency
    decided, waiting = make_posting(division), make_posting(division)
    account = make_user()
    edit_officer(by=None, officer=decided.officer, account=account)
    confirm_work(by=head, work=[work.finish(work.give(head, decided, item), account)])
    period = actions.open_period(
        by=clerk, agency=item.version.catalog.agency, kind="month", first_day=timezone.localdate().replace(day=1)
    )
    for posting in (decided, waiting):
        _settle(period, posting, officer)
    one = actions.mark(by=officer, evaluation=_of(period, decided), marks=MARKS, words="Chưa tự đánh giá")
    actions.decide(by=officer, evaluation=one)
    actions.find(by=clerk, evaluation=_of(period, waiting), code="disciplined", document="12/QĐ-KL")
    return period


def of_desk(period: Period) -> list[str]:
    """Return what the agency's clerk and head open of a period."""
    one = period.evaluations.order_by("pk").last()
    acts = ("excuse", "find")
    return [
        reverse("evaluations:period_list"), reverse("evaluations:open"),
        reverse("evaluations:period", args=[period.pk]), reverse("evaluations:propose_lock", args=[period.pk]),
        *(reverse("evaluations:evaluation", args=[found.pk]) for found in period.evaluations.all()),
        *(reverse(f"evaluations:{act}", args=[one.pk]) for act in acts),
    ]  # fmt: skip


def of_officer(account: User) -> list[str]:
    """Return the officer's own evaluations, and those that wait for the officer."""
    officer = account.officer
    own = Evaluation.objects.own(officer)
    waiting = Evaluation.objects.filter(evaluator=officer).exclude(officer=officer)
    return [
        *(reverse("personal:evaluation", args=[one.identity]) for one in own),
        *(reverse("personal:evaluate_one", args=[one.identity]) for one in waiting),
    ]


def _of(period: Period, posting: Posting) -> Evaluation:
    return period.evaluations.get(officer=posting.officer)


def _settle(period: Period, posting: Posting, officer: User) -> None:
    """Let the officer mark and decide, as tables of authority would say in a province that has issued one."""
    period.evaluations.filter(officer=posting.officer).update(evaluator=officer.officer, decider=officer.officer)
