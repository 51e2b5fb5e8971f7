"""What agencies and lists do between the steps of a set: answers come late, items go, decisions are entered twice."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog_pages.change_sets import releasing
from cms.catalogs import actions as catalog_actions
from cms.catalogs.models import CatalogDecision
from cms.changesets import actions
from cms.changesets.errors import ReleaseStopped
from cms.changesets.models import Proposal
from cms.core.errors import NotAllowed, WrongState
from tests.factories import catalogs
from tests.integration.changesets.conftest import WORK
from tests.integration.changesets.test_sets import decided_set, facts, now_in, proposals  # noqa: F401

pytestmark = pytest.mark.django_db


def test_an_agency_answers_until_the_set_is_decided(people, decided, proposals):  # noqa: F811
    merge, answerer = proposals["merge"], people["agency_head"]
    change_set = actions.open_set(by=people["editor"], name="Bộ quý I")
    actions.gather(by=people["editor"], change_set=change_set, proposals=[merge])
    actions.close_set(by=people["editor"], change_set=change_set)
    actions.answer_proposal(by=answerer, proposal=merge, answer="disagrees", words="Hai việc khác nhau")
    actions.judge_proposal(by=people["approver"], proposal=merge, outcome="accepted")
    # Also when it was accepted, and when it waits for the decision: the outcome stays.
    actions.answer_proposal(by=answerer, proposal=merge, answer="agrees")
    actions.finish_appraisal(by=people["approver"], change_set=change_set)
    actions.answer_proposal(by=answerer, proposal=merge, answer="disagrees", words="Xem lại")
    kept = Proposal.objects.get(pk=merge.pk)
    assert (kept.answer, kept.answer_words, kept.outcome) == ("disagrees", "Xem lại", "accepted")
    releasing.decide_set(by=people["provincial_approver"], change_set=change_set, **facts())
    with pytest.raises(NotAllowed):
        actions.answer_proposal(by=answerer, proposal=merge, answer="agrees")
    assert Proposal.objects.get(pk=merge.pk).answer_words == "Xem lại"


def test_an_item_withdrawn_between_decision_and_release_stops_it_or_is_left_out(people, decided, proposals):  # noqa: F811
    first, second = (version.catalog for version in decided)
    day = timezone.localdate() + datetime.timedelta(days=2)
    change_set = decided_set(people, proposals, day=day)
    later = catalogs.make_version(people["uploader"], first.agency)
    gone = later.items.get(name=WORK)
    catalog_actions.remove_items(by=people["uploader"], version=later, items=[gone])
    catalogs.accept(catalogs.submit(later, people["uploader"]), people["editor"])
    catalogs.decide(later, people["provincial_approver"], timezone.localdate())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *_args: day)
        with pytest.raises(ReleaseStopped, match="không còn mục"):
            releasing.release_set(change_set=change_set)
        change_set.refresh_from_db()
        assert change_set.state == "decided" and proposals["change"].code in change_set.stopped_because
        assert second.versions.count() == 1
        releasing.release_set(change_set=change_set, is_partial=True)

    # The other list is released; what is left out says why, and nothing of the agency's own version is touched.
    assert set(now_in(first)) == {"Thẩm định dự toán", "Thẩm định quyết toán"}
    assert set(now_in(second)) == {WORK, "Trực tổng đài"}
    left = Proposal.objects.get(pk=proposals["change"].pk)
    assert "không còn mục" in left.left_because and left.contents["coefficient"] == "2"
    assert now_in(second)["Trực tổng đài"] == Decimal(2)


def test_a_set_is_decided_once(people, decided, proposals):  # noqa: F811
    change_set = decided_set(people, {"end": proposals["end"]})
    stale = type(change_set).objects.get(pk=change_set.pk)
    stale.state = "appraised"
    with pytest.raises(WrongState):
        releasing.decide_set(by=people["provincial_approver"], change_set=stale, **facts(number="100/QĐ-UBND"))
    kept = type(change_set).objects.get(pk=change_set.pk)
    assert (kept.state, kept.decision_id) == ("decided", change_set.decision_id)
    assert not CatalogDecision.objects.filter(number="100/QĐ-UBND").exists()
    releasing.release_set(change_set=change_set)
    with pytest.raises(WrongState):
        releasing.decide_set(by=people["provincial_approver"], change_set=stale, **facts(number="101/QĐ-UBND"))
