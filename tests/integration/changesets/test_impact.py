"""What a set touches is counted from running work and open evaluations, before anything is decided."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.assignments.models import WorkAssignment
from cms.changesets import actions
from cms.changesets.impact import Impact, impact_by_proposal, impact_of
from tests.factories import decided as results
from tests.factories import work as works
from tests.factories.frameworks import published
from tests.factories.officers import make_posting
from tests.integration.changesets.conftest import WORK

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(people, decided):
    item = decided[0].items.get(name=WORK)
    values = {"coefficient": Decimal(2), "score": Decimal(10)}
    return actions.propose(
        by=people["uploader"], catalog=decided[0].catalog, kind="change", identity=item.identity, reason="Lý do",
        values=values,
    )  # fmt: skip


def test_running_work_and_evaluations_that_are_not_locked_are_counted(
    people, province, decided, proposal, django_assert_num_queries
):
    month = timezone.localdate().replace(day=1)
    touched, other = decided[0].items.get(name=WORK), decided[0].items.exclude(name=WORK).first()
    posting, idle = make_posting(province.statistics), make_posting(province.statistics)
    running = works.give(people["agency_head"], posting, touched)
    withdrawn = works.give(people["agency_head"], posting, touched)
    WorkAssignment.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    works.give(people["agency_head"], idle, other)
    published()
    results.make_decided(province.statistics, posting, people["agency_head"], first_day=month)
    # A period of another month, in which none of the work counts.
    before = month - datetime.timedelta(days=1)
    results.make_decided(province.statistics, posting, people["agency_head"], first_day=before.replace(day=1))
    change_set = actions.open_set(by=people["editor"], name="Bộ")
    actions.gather(by=people["editor"], change_set=change_set, proposals=[proposal])

    assert impact_of(change_set) == Impact(work=1, evaluations=1, catalogs=1, items=1)
    with django_assert_num_queries(2):
        assert impact_by_proposal([proposal]) == {proposal.pk: Impact(work=1, evaluations=1)}
    assert running.item_identity == proposal.identity

    # What was refused touches nothing.
    actions.close_set(by=people["editor"], change_set=change_set)
    actions.judge_proposal(by=people["approver"], proposal=proposal, outcome="refused", reason="Chưa cần")
    assert impact_of(change_set) == Impact()
