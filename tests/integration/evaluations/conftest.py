"""A department with a head, a division with a head and two officers, their work of a month, and those who keep it."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.assignments import actions as work_actions
from cms.assignments.models import WorkAssignment
from cms.catalogs.models import CatalogItem
from cms.evaluations import actions
from cms.evaluations.models import Evaluation, Period
from cms.frameworks.models import FrameworkVersion
from cms.organisations.actions import edit_officer, issue_authority_table, load_shipped_authority
from cms.organisations.models import Agency, Officer
from cms.users.enums import Role
from cms.users.models import User
from tests.factories.catalogs import make_approved
from tests.factories.frameworks import published
from tests.factories.officers import make_officer
from tests.factories.people import make_member, make_user
from tests.factories.work import finish, give

# All of the common criteria of the decree's default, at their maxima but one.
MARKS = {"criteria": {"I.1": "5", "I.2": "5", "II.1": "2.5", "II.2": "2.5", "II.3": "2.5", "II.4": "2.5", "III": "7.5"}}
LEADERS = MARKS | {"indicators": {"đ": "100", "e": "100"}}


@dataclass
class House:
    """What a test of evaluations starts from; ``people`` are the officers by what they are."""

    agency: Agency
    item: CatalogItem
    framework: FrameworkVersion
    clerk: User
    head: User
    people: dict[str, Officer] = field(default_factory=dict)

    @property
    def month(self) -> datetime.date:
        return timezone.localdate().replace(day=1)

    def done(self, name: str, *, assigned: int = 4, completed: int = 4, **faults) -> WorkAssignment:
        """Return confirmed work of this month."""
        officer = self.people[name]
        work = give(self.clerk, officer.postings.get(), self.item, assigned=Decimal(assigned))
        work = finish(work, officer.account, completed)
        return work_actions.confirm_work(by=self.head, work=[work], **faults)[0]

    def open(self, kind: str = "month", first_day: datetime.date | None = None) -> Period:
        return actions.open_period(by=self.clerk, agency=self.agency, kind=kind, first_day=first_day or self.month)

    def of(self, name: str, period: Period | None = None) -> Evaluation:
        found = Evaluation.objects.filter(officer=self.people[name])
        return (found.filter(period=period) if period else found).latest("pk")

    def account(self, name: str) -> User:
        """Return the account anew: access is read once per user object."""
        return User.objects.get(officer=self.people[name])

    def mark(self, name: str, marks=None, words: str = "Chưa tự đánh giá") -> Evaluation:
        one = self.of(name)
        by = User.objects.get(officer=one.evaluator)
        return actions.mark(by=by, evaluation=one, marks=marks or self.marks_of(name), words=words)

    def decide(self, name: str, **said) -> Evaluation:
        one = self.of(name)
        return actions.decide(by=User.objects.get(officer=one.decider), evaluation=one, **said)

    def marks_of(self, name: str):
        return MARKS if self.people[name].postings.get().role == "staff" else LEADERS

    def finish_everybody(self) -> None:
        """Mark and decide all, those who are led first."""
        for name in ("an", "binh", "division", "chief"):
            self.mark(name)
            self.decide(name)

    def lock(self, period: Period) -> Period:
        period = actions.propose_lock(by=self.clerk, period=period)
        return actions.lock_period(by=self.head, period=period)


@pytest.fixture
def house(province, people, db) -> House:
    version = make_approved(people, province.statistics)
    table = load_shipped_authority(by=None)
    issue_authority_table(by=None, table=table, effective_from=datetime.date(2025, 1, 1), decision_number="1/QĐ")
    made = House(
        agency=province.statistics, item=version.items.in_order()[0], framework=published(),
        clerk=people["uploader"], head=people["agency_head"],
    )  # fmt: skip
    posts = {
        "chair": (province.root, "head"), "chief": (province.statistics, "head"),
        "division": (province.division, "head"), "an": (province.division, "staff"),
        "binh": (province.division, "staff"),
    }  # fmt: skip
    for number, (name, (agency, role)) in enumerate(posts.items(), 1):
        officer = make_officer(agency, code=f"CC-{500 + number}", name=f"Công chức {500 + number:04}", role=role)
        edit_officer(by=None, officer=officer, account=make_user(name))
        made.people[name] = Officer.objects.select_related("account").get(pk=officer.pk)
    return made


@pytest.fixture
def second_head(house) -> User:
    """Another account that heads the agency on the platform."""
    return make_member(Role.AGENCY_HEAD, house.agency, "second_head")
