"""An agency with a catalog that holds, an officer who works there, and those who give and confirm work."""

from dataclasses import dataclass

import pytest

from cms.assignments.models import WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.organisations.actions import edit_officer
from cms.organisations.models import Officer, Posting
from tests.factories.catalogs import make_approved
from tests.factories.officers import make_officer
from tests.factories.people import make_user
from tests.factories.work import finish, give, work_values


@dataclass
class Desk:
    """What a test of work starts from."""

    item: CatalogItem
    officer: Officer
    posting: Posting
    people: dict

    def values(self, **changes):
        return work_values(self.item, **changes)

    def give(self, **changes) -> WorkAssignment:
        """Give the officer four of the item, due today, as the head of the agency does."""
        return give(self.people["agency_head"], self.posting, self.item, **changes)

    def done(self, completed: int = 4, **changes) -> WorkAssignment:
        """Return work that the officer reported as done."""
        return finish(self.give(**changes), self.officer.account, completed)


@pytest.fixture
def desk(province, people, db):
    version = make_approved(people, province.statistics)
    officer = make_officer(province.statistics, code="CC-100", name="Công chức 0100")
    edit_officer(by=None, officer=officer, account=make_user("cc-100"))
    officer = Officer.objects.select_related("account").get(pk=officer.pk)
    return Desk(version.items.in_order()[0], officer, officer.postings.get(), people)
