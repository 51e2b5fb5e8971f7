"""An agency with a catalog that holds, an officer who works there, and those who give and confirm work."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.assignments import actions
from cms.assignments.models import WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.organisations.actions import edit_officer
from cms.organisations.models import Officer, Posting
from tests.factories.catalogs import make_approved
from tests.factories.officers import make_officer
from tests.factories.people import make_user


@dataclass
class Desk:
    """What a test of work starts from."""

    item: CatalogItem
    officer: Officer
    posting: Posting
    people: dict

    def values(self, **changes):
        today = timezone.localdate()
        asked = {"item": self.item, "assigned": Decimal(4), "given_on": today, "due_on": today}
        return actions.WorkValues(**(asked | changes))

    def give(self, **changes) -> WorkAssignment:
        """Give the officer four of the item, due today, as the head of the agency does."""
        return actions.give_work(by=self.people["agency_head"], postings=[self.posting], values=self.values(**changes))[
            0
        ]

    def done(self, completed: int = 4, **changes) -> WorkAssignment:
        """Return work that the officer reported as done."""
        work, today = self.give(**changes), timezone.localdate()
        return actions.finish_work(by=self.officer.account, work=work, completed=Decimal(completed), done_on=today)


@pytest.fixture
def desk(province, people, db):
    version = make_approved(people, province.statistics)
    officer = make_officer(province.statistics, code="CC-100", name="Công chức 0100")
    edit_officer(by=None, officer=officer, account=make_user("cc-100"))
    officer = Officer.objects.select_related("account").get(pk=officer.pk)
    return Desk(version.items.in_order()[0], officer, officer.postings.get(), people)
