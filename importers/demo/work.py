"""Work of one division of the demo in all its states: given by the head of its department, reported, confirmed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from cms.assignments import actions
from cms.assignments.enums import WorkState
from cms.assignments.models import WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.organisations.models import Agency, Posting
from cms.users.models import User
from importers.demo.personal import HEAD

DIVISION = "stc-ns"
# The one of the division who has an account and reports.
REPORTER = "cc-0295"
_ITEMS = 12
_AGO = datetime.timedelta(days=10)


def load() -> Iterator[str]:
    """Give the division its work, once; yield a line when there was none yet."""
    if WorkAssignment.objects.exclude(state=WorkState.CONFIRMED).exists():
        return
    division = Agency.objects.get(code=DIVISION)
    head, today = User.objects.get(username=HEAD), timezone.localdate()
    items = list(actions.items_on(division, today).in_order()[:_ITEMS])
    people = list(Posting.objects.on(today).filter(agency=division).select_related("officer", "agency"))
    for number, item in enumerate(items):
        actions.give_work(by=head, postings=people, values=_values(number, item, today))
    _report(User.objects.get(username=REPORTER), head, today)
    yield f"Nhiệm vụ của {division}: {WorkAssignment.objects.open().filter(agency=division).count()}"


def _values(number: int, item: CatalogItem, today: datetime.date) -> actions.WorkValues:
    """Let the first be due before today, the others day by day from today on; the item holds when it is given."""
    first_day = item.version.effective_from or today
    given_on = min(today, max(first_day, today - _AGO))
    due_on = max(given_on, today + datetime.timedelta(days=number - 3))
    return actions.WorkValues(
        item=item, assigned=Decimal(1 + number % 4), given_on=given_on, due_on=due_on, is_key=number % 5 == 0
    )


def _report(reporter: User, head: User, today: datetime.date) -> None:
    """Report on half of the reporter's work: two pieces confirmed, one returned, one waiting, one under way."""
    own = list(WorkAssignment.objects.filter(officer__account=reporter).open())[:5]
    done = [
        actions.finish_work(by=reporter, work=work, completed=work.assigned, done_on=today, result=f"Số {n}/BC-STC")
        for n, work in enumerate(own[:4], start=12)
    ]
    actions.confirm_work(by=head, work=done[:2])
    actions.return_work(by=head, work=done[2], reason="Bổ sung phụ lục số liệu quý")
    actions.report_work(by=reporter, work=own[4], completed=own[4].assigned / 2)
