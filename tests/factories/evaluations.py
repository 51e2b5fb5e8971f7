"""Many officers with a month's work and marks at once, past the acts one by one: for measurements and killings."""

import datetime
from decimal import Decimal

from django.utils import timezone

from cms.assignments.models import WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.evaluations import actions
from cms.evaluations.models import EvaluationAct, Period
from cms.organisations.models import Agency, Officer, Posting
from cms.users.models import User
from tests.factories.officers import make_position

MARKS = {"criteria": {"I.1": "5", "I.2": "5", "II.1": "2.5", "II.2": "2.5", "II.3": "2.5", "II.4": "2.5", "III": "7.5"}}


def staff_with_work(agency: Agency, count: int, item: CatalogItem, by: User, lines: int = 11) -> None:
    """Post so many officers at an agency, each with so many lines of confirmed work of this month."""
    today, position = timezone.localdate(), make_position()
    officers = Officer.objects.bulk_create(
        [
            Officer(code=f"{agency.code.upper()}-{n}", name=f"Công chức {n:04}", category="civil_servant")
            for n in range(count)
        ],
        batch_size=2_000,
    )  # fmt: skip
    postings = Posting.objects.bulk_create(
        [
            Posting(officer=officer, agency=agency, position=position, valid_from=datetime.date(2025, 1, 1))
            for officer in officers
        ],
        batch_size=2_000,
    )  # fmt: skip
    WorkAssignment.objects.bulk_create(
        [
            WorkAssignment(
                officer=posting.officer, posting=posting, agency=agency, item=item, item_identity=item.identity,
                code=item.code, name=item.name, coefficient=item.coefficient, assigned=Decimal(4), completed=Decimal(4),
                given_on=today, due_on=today, done_on=today, month=today.replace(day=1), state="confirmed",
                confirmed_by=by, confirmed_at=timezone.now(), late_occurrences=number % 2,
            )
            for posting in postings for number in range(lines)
        ],
        batch_size=2_000,
    )  # fmt: skip


def open_marked(agency: Agency, by: User) -> Period:
    """Open this month and mark everybody."""
    first_day = timezone.localdate().replace(day=1)
    period = actions.open_period(by=None, agency=agency, kind="month", first_day=first_day)
    EvaluationAct.objects.bulk_create(
        [
            EvaluationAct(evaluation=each, act="mark", marks=MARKS, done_by=by, done_at=timezone.now())
            for each in period.evaluations.all()
        ],
        batch_size=2_000,
    )  # fmt: skip
    return period
