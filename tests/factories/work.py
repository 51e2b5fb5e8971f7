"""Work given out of a catalog, through the actions."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from cms.assignments import actions
from cms.assignments.models import WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.organisations.models import Posting
from cms.users.models import User


def work_values(item: CatalogItem, **changes: Any) -> actions.WorkValues:
    """Return four of the item, given and due today; what a test cares about is changed."""
    today = timezone.localdate()
    asked = {"item": item, "assigned": Decimal(4), "given_on": today, "due_on": today}
    return actions.WorkValues(**(asked | changes))


def give(by: User | None, posting: Posting, item: CatalogItem, **changes: Any) -> WorkAssignment:
    """Give the work to one officer."""
    return actions.give_work(by=by, postings=[posting], values=work_values(item, **changes))[0]


def finish(work: WorkAssignment, by: User, completed: int = 4) -> WorkAssignment:
    """Report the work as done today."""
    return actions.finish_work(by=by, work=work, completed=Decimal(completed), done_on=timezone.localdate())
