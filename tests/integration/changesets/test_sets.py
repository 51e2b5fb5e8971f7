"""Proposals of many agencies go through three people to one decision, and become versions on its day, or not at all."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from catalog_pages.change_sets import releasing
from catalog_pages.joint_decisions import abandon_decision
from cms.audit.models import AuditEvent
from cms.catalogs import actions as catalog_actions
from cms.catalogs.errors import OwnWork
from cms.catalogs.models import CatalogDecision, CatalogVersion
from cms.changesets import actions
from cms.changesets.errors import InvalidProposal, ProposalOvertaken, ReleaseStopped
from cms.changesets.models import ChangeSet, Proposal
from cms.changesets.standing import standing_item
from cms.core.errors import DomainError, NotAllowed, WrongState
from cms.core.waiting import lines_for
from tests.factories import catalogs
from tests.factories.people import make_member
from tests.integration.changesets.conftest import WORK

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


def address(name, *args):
    return reverse(f"changesets:{name}", args=args)


def facts(day=None, number="99/QĐ-UBND"):
    return {
        "number": number, "decision_date": timezone.localdate(), "signer": "Chủ tịch UBND tỉnh",
        "effective_from": day or timezone.localdate(),
        "file": SimpleUploadedFile("quyet-dinh.pdf", PDF, "application/pdf"),
    }  # fmt: skip


@pytest.fixture
def proposals(people, decided):
    """Return proposals of an agency and of an editor: a coefficient, a merge, an end and a new item."""
    first, second = (version.catalog for version in decided)
    ours = standing_of(first, WORK)
    other = make_member("editor", people["editor"].memberships.first().agency, "second_editor")
    new = catalogs.item_values(77, "VP", name="Trực tổng đài", code="VP.77777")
    new |= {"coefficient": Decimal(2), "score": Decimal(10), "group": 1}
    return {
        "change": actions.propose(
            by=people["uploader"], catalog=first, kind="change", identity=ours.identity, reason="Theo định mức",
            values={"coefficient": Decimal(2), "score": Decimal(10)},
        ),
        "merge": actions.propose(
            by=other, catalog=first, kind="merge", identity=standing_of(first, "Thẩm định dự toán").identity,
            merged=standing_of(first, "Thẩm định quyết toán").identity, reason="Hai việc là một",
        ),
        "end": actions.propose(
            by=other, catalog=second, kind="end", identity=standing_of(second, "Tiếp công dân").identity,
            reason="Không còn làm",
        ),
        "new": actions.propose(by=other, catalog=second, kind="new", values=new, reason="Việc mới phát sinh"),
    }  # fmt: skip


def standing_of(catalog, name):
    return catalog.versions.frozen().order_by("-number").first().items.get(name=name)


def now_in(catalog):
    version = catalog.versions.frozen().order_by("-number").first()
    return {item.name: item.coefficient for item in version.items.all()}


def appraised(people, proposals, *refused, name="Bộ quý I"):
    change_set = actions.open_set(by=people["editor"], name=name)
    actions.gather(by=people["editor"], change_set=change_set, proposals=proposals.values())
    actions.close_set(by=people["editor"], change_set=change_set)
    for kind, proposal in proposals.items():
        outcome = "refused" if kind in refused else "accepted"
        actions.judge_proposal(by=people["approver"], proposal=proposal, outcome=outcome, reason="Chưa cần")
    return actions.finish_appraisal(by=people["approver"], change_set=change_set)


def decided_set(people, proposals, *refused, day=None, **more):
    change_set = appraised(people, proposals, *refused, **more)
    return releasing.decide_set(by=people["provincial_approver"], change_set=change_set, **facts(day))


def test_a_set_becomes_the_next_version_of_each_list_under_one_decision(people, decided, proposals):
    first, second = (version.catalog for version in decided)
    change_set = decided_set(people, proposals, "end")
    # Decided, and no list changed yet.
    assert [catalog.versions.count() for catalog in (first, second)] == [1, 1]

    released = releasing.release_set(change_set=change_set)

    released.decision.refresh_from_db()
    assert released.state == "released" and released.decision.state == "done"
    assert now_in(first) == {WORK: Decimal(2), "Thẩm định dự toán": Decimal(1)}
    # Refused in part: what was refused stays in its list.
    assert set(now_in(second)) == {WORK, "Tiếp công dân", "Trực tổng đài"}
    versions = CatalogVersion.objects.filter(number=2)
    assert {(version.decision_number, version.state) for version in versions} == {("99/QĐ-UBND", "approved")}
    made = versions.get(catalog=first)
    assert (made.submitted_by, made.appraised_by, made.decided_by) == (
        people["editor"], people["approver"], people["provincial_approver"],
    )  # fmt: skip
    # Whoever proposed it counts as a writer, and items keep their identity.
    assert people["uploader"] in made.writers.all()
    assert made.items.get(name=WORK).identity == decided[0].items.get(name=WORK).identity
    assert set(released.decision.parts.values_list("version", flat=True)) == set(versions.values_list("pk", flat=True))
    assert AuditEvent.objects.done("change_set.release").exists()
    with pytest.raises(WrongState):
        releasing.release_set(change_set=change_set)


def test_nobody_does_two_of_the_three_steps_nor_judges_their_own(people, decided, proposals):
    change_set = actions.open_set(by=people["editor"], name="Bộ quý I")
    actions.gather(by=people["editor"], change_set=change_set, proposals=proposals.values())
    with pytest.raises(WrongState):
        actions.judge_proposal(by=people["approver"], proposal=proposals["end"], outcome="accepted")
    actions.close_set(by=people["editor"], change_set=change_set)
    with pytest.raises(NotAllowed):
        actions.judge_proposal(by=proposals["end"].by, proposal=proposals["end"], outcome="accepted")
    with pytest.raises(DomainError, match="lý do"):
        actions.judge_proposal(by=people["approver"], proposal=proposals["end"], outcome="refused", reason=" ")
    with pytest.raises(WrongState):
        actions.finish_appraisal(by=people["approver"], change_set=change_set)
    for proposal in proposals.values():
        actions.judge_proposal(by=people["approver"], proposal=proposal, outcome="accepted")
    for person in (people["editor"], proposals["end"].by):
        with pytest.raises(OwnWork):
            actions.finish_appraisal(by=person, change_set=change_set)
    with pytest.raises(NotAllowed):
        actions.finish_appraisal(by=people["uploader"], change_set=change_set)
    actions.finish_appraisal(by=people["approver"], change_set=change_set)
    with pytest.raises(NotAllowed):
        releasing.decide_set(by=people["approver"], change_set=change_set, **facts())


def test_a_decision_is_undone_before_its_day_and_not_after(people, decided, proposals):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    change_set = decided_set(people, proposals, day=tomorrow)
    decision, by = change_set.decision, people["provincial_approver"]
    with pytest.raises(WrongState):
        releasing.release_set(change_set=change_set)
    with pytest.raises(DomainError, match="lý do"):
        releasing.undo_decision(by=by, change_set=change_set, reason=" ")
    # The decision itself is not given up behind the set's back.
    with pytest.raises(DomainError):
        abandon_decision(by=by, decision=decision)
    releasing.undo_decision(by=by, change_set=change_set, reason="Sai ngày hiệu lực")
    change_set.refresh_from_db()
    assert (change_set.state, change_set.decision, change_set.stopped_because) == (
        "appraised", None, "Sai ngày hiệu lực",
    )  # fmt: skip
    assert CatalogDecision.objects.get(pk=decision.pk).state == "abandoned"
    assert AuditEvent.objects.done("change_set.undo").get().reason == "Sai ngày hiệu lực"
    # The number is free, nothing that was accepted is lost.
    change_set = releasing.decide_set(by=by, change_set=change_set, **facts())
    with pytest.raises(WrongState):
        releasing.undo_decision(by=by, change_set=change_set, reason="Muộn rồi")
    assert releasing.release_set(change_set=change_set).state == "released"


def test_the_database_keeps_what_was_decided(people, decided, proposals):
    change_set = decided_set(people, proposals)
    proposal = proposals["change"]
    changes = (
        lambda: ChangeSet.objects.filter(pk=change_set.pk).update(name="Khác"),
        lambda: ChangeSet.objects.filter(pk=change_set.pk).update(state="open"),
        lambda: ChangeSet.objects.filter(pk=change_set.pk).delete(),
        lambda: Proposal.objects.filter(pk=proposal.pk).update(contents={"coefficient": "9"}),
        lambda: Proposal.objects.filter(pk=proposal.pk).update(change_set=None),
        lambda: Proposal.objects.filter(pk=proposal.pk).delete(),
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(NotAllowed):
        actions.answer_proposal(by=people["agency_head"], proposal=proposal, answer="agrees")
    releasing.release_set(change_set=change_set)
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(left_because="Sau này")


def test_an_item_that_was_ended_or_changed_meanwhile_cannot_be_accepted_and_loses_nothing(people, decided, proposals):
    first = decided[0].catalog
    change_set = actions.open_set(by=people["editor"], name="Bộ quý I")
    actions.gather(by=people["editor"], change_set=change_set, proposals=proposals.values())
    actions.close_set(by=people["editor"], change_set=change_set)
    # The agency's own next version ends one item and changes another.
    later = catalogs.make_version(people["uploader"], decided[0].catalog.agency)
    gone = later.items.get(name="Thẩm định quyết toán")
    catalog_actions.remove_items(by=people["uploader"], version=later, items=[gone])
    edited = later.items.get(name=WORK)
    changes = {"coefficient": Decimal(3), "score": Decimal(15)}
    catalog_actions.edit_items(by=people["uploader"], version=later, items=[edited], changes=changes)
    catalogs.accept(catalogs.submit(later, people["uploader"]), people["editor"])
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    catalogs.decide(later, people["provincial_approver"], tomorrow)

    for kind, word in (("merge", "không còn"), ("change", "đã được sửa")):
        with pytest.raises(ProposalOvertaken, match=word):
            actions.judge_proposal(by=people["approver"], proposal=proposals[kind], outcome="accepted")
        kept = Proposal.objects.get(pk=proposals[kind].pk)
        assert (kept.outcome, kept.change_set) == ("", change_set)
        actions.judge_proposal(by=people["approver"], proposal=kept, outcome="refused", reason="Đã khác")
    # What was refused may be proposed anew against what the list says now.
    again = actions.propose_again(by=people["editor"], proposal=proposals["change"], reason="Vẫn cần")
    assert (again.former["coefficient"], again.contents["coefficient"]) == (3, 2)
    with pytest.raises(InvalidProposal):
        actions.propose_again(by=people["editor"], proposal=proposals["merge"], reason="Vẫn cần")
    assert standing_item(first, edited.identity).coefficient == 3


def test_two_sets_about_one_item_do_not_both_accept_it(people, decided, proposals):
    decided_set(people, {"change": proposals["change"]})
    again = actions.propose(
        by=people["uploader"], catalog=decided[0].catalog, kind="end", identity=proposals["change"].identity,
        reason="Bỏ hẳn",
    )  # fmt: skip
    other = actions.open_set(by=people["editor"], name="Bộ khác")
    actions.gather(by=people["editor"], change_set=other, proposals=[again])
    twice = actions.propose(
        by=people["uploader"], catalog=decided[0].catalog, kind="end", identity=proposals["change"].identity,
        reason="Bỏ lần nữa",
    )  # fmt: skip
    # One set holds one proposal about an item.
    with pytest.raises(InvalidProposal):
        actions.gather(by=people["editor"], change_set=other, proposals=[twice])
    actions.close_set(by=people["editor"], change_set=other)
    with pytest.raises(ProposalOvertaken, match="Bộ quý I"):
        actions.judge_proposal(by=people["approver"], proposal=again, outcome="accepted")
    assert Proposal.objects.get(pk=again.pk).change_set == other


def test_an_open_draft_of_the_agency_stops_the_release_until_a_part_is_released(people, decided, proposals):
    first, second = (version.catalog for version in decided)
    change_set = decided_set(people, proposals)
    draft = catalogs.make_version(people["uploader"], first.agency)
    changes = {"coefficient": Decimal(4), "score": Decimal(20)}
    item = draft.items.get(name=WORK)
    catalog_actions.edit_items(by=people["uploader"], version=draft, items=[item], changes=changes)

    with pytest.raises(ReleaseStopped, match="cũng sửa mục này"):
        releasing.release_set(change_set=change_set)
    change_set.refresh_from_db()
    assert change_set.state == "decided" and "cũng sửa mục này" in change_set.stopped_because
    assert second.versions.count() == 1

    releasing.release_set(change_set=change_set, is_partial=True)
    # The draft is as the agency wrote it, the other list is released, what was left out says why and may come again.
    draft.refresh_from_db()
    assert (draft.state, draft.items.get(name=WORK).coefficient) == ("draft", 4)
    assert set(now_in(second)) == {WORK, "Trực tổng đài"} and now_in(first)[WORK] == 1
    left = Proposal.objects.exclude(left_because="")
    assert set(left) == {proposals["change"], proposals["merge"]}
    assert actions.propose_again(by=people["editor"], proposal=proposals["change"], reason="Đợt sau").pk


def test_what_breaks_off_half_way_changes_nothing_and_can_be_released_again(people, decided, proposals, monkeypatch):
    change_set = decided_set(people, proposals)
    carried = []

    def break_off(**given):
        carried.append(given)
        if len(carried) == 2:
            raise RuntimeError("the process is gone")
        return carry_into(**given)

    carry_into = releasing.carry_into
    monkeypatch.setattr(releasing, "carry_into", break_off)
    with pytest.raises(ReleaseStopped):
        releasing.release_set(change_set=change_set)
    change_set.refresh_from_db()
    assert len(carried) == 2 and CatalogVersion.objects.count() == 2
    assert (change_set.state, change_set.decision.state) == ("decided", "prepared")
    assert "bị ngắt" in change_set.stopped_because

    monkeypatch.undo()
    assert releasing.release_due() == []
    change_set.refresh_from_db()
    assert change_set.state == "released" and change_set.stopped_because == ""


def test_a_merge_is_undone_after_three_later_decisions(people, decided, proposals):
    first = decided[0].catalog
    day = timezone.localdate()
    merge = proposals["merge"]
    change_set = decided_set(people, {"merge": merge})
    with pytest.raises(InvalidProposal):
        actions.propose_parting(by=people["editor"], merge=merge, reason="Chưa ban hành")
    releasing.release_set(change_set=change_set)
    for number in (1, 2, 3):
        later = catalogs.make_version(people["uploader"], first.agency)
        item = later.items.get(name=WORK)
        changes = {"coefficient": Decimal(number + 1), "score": Decimal(5 * (number + 1))}
        catalog_actions.edit_items(by=people["uploader"], version=later, items=[item], changes=changes)
        catalogs.accept(catalogs.submit(later, people["uploader"]), people["editor"])
        catalogs.decide(later, people["provincial_approver"], day + datetime.timedelta(days=number))
    before = [version.content_hash for version in first.versions.order_by("number")]

    parting = actions.propose_parting(by=people["uploader"], merge=Proposal.objects.get(pk=merge.pk), reason="Hai việc")
    again = appraised(people, {"new": parting}, name="Tách lại")
    again = releasing.decide_set(
        by=people["provincial_approver"], change_set=again,
        **facts(day + datetime.timedelta(days=4), "100/QĐ-UBND"),
    )  # fmt: skip
    CatalogDecision.objects.filter(pk=again.decision_id).update(effective_from=day)
    with pytest.raises(DomainError):
        releasing.release_set(change_set=again)
    CatalogDecision.objects.filter(pk=again.decision_id).update(effective_from=day + datetime.timedelta(days=4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *_args: day + datetime.timedelta(days=4))
        releasing.release_set(change_set=ChangeSet.objects.get(pk=again.pk))
    back = standing_item(first, merge.merged)
    assert back.name == "Thẩm định quyết toán" and now_in(first)[WORK] == 4
    assert [version.content_hash for version in first.versions.order_by("number")][:5] == before
    with pytest.raises(InvalidProposal):
        actions.propose_parting(by=people["uploader"], merge=Proposal.objects.get(pk=merge.pk), reason="Lần nữa")


@pytest.mark.parametrize("kind", ["change", "merge", "end", "new"])
def test_nothing_that_cannot_be_is_proposed(people, decided, kind):
    catalog = decided[0].catalog
    ours = standing_of(catalog, WORK)
    bad = {
        "change": {"identity": ours.identity, "values": {"coefficient": ours.coefficient}},
        "merge": {"identity": ours.identity, "merged": ours.identity},
        "end": {"identity": standing_of(decided[1].catalog, WORK).identity},
        "new": {"values": catalogs.item_values(1, code=ours.code)},
    }
    with pytest.raises(DomainError):
        actions.propose(by=people["uploader"], catalog=catalog, kind=kind, reason="Lý do", **bad[kind])
    with pytest.raises(NotAllowed):
        actions.propose(by=people["other_uploader"], catalog=catalog, kind=kind, reason="Lý do", **bad[kind])
    assert not Proposal.objects.exists()


def waiting(person):
    """Return what the first screen says waits for somebody beside their lists, by the screen that it leads to."""
    return {line.url.partition("?")[0]: line.number for line in lines_for(person)}


def test_the_first_screen_counts_what_waits_for_each(people, decided, proposals, client_of, monkeypatch):
    proposal_list, set_list = address("proposals"), address("sets")
    # Others proposed two things about the office's list, one about the statistics office's.
    assert waiting(people["other_uploader"]) == {proposal_list: "2"}
    assert waiting(people["uploader"]) == {proposal_list: "1"}
    assert waiting(people["approver"]) == waiting(people["technical_admin"]) == {}
    change_set = actions.open_set(by=people["editor"], name="Bộ quý I")
    actions.gather(by=people["editor"], change_set=change_set, proposals=proposals.values())
    actions.close_set(by=people["editor"], change_set=change_set)
    assert waiting(people["approver"]) == {set_list: "4"}
    # One's own proposals are for somebody else to appraise.
    assert waiting(proposals["end"].by) == {set_list: "1"}
    monkeypatch.setattr("cms.core.waiting.MOST_COUNTED", 3)
    assert waiting(people["approver"]) == {set_list: "3+"}
    for proposal in proposals.values():
        actions.judge_proposal(by=people["approver"], proposal=proposal, outcome="accepted")
    actions.finish_appraisal(by=people["approver"], change_set=change_set)
    assert waiting(people["approver"]) == {}
    assert waiting(people["provincial_approver"]) == {set_list: "1"}
    shown = client_of(people["provincial_approver"]).get("/admin/").content.decode()
    assert "<b>1</b> bộ thay đổi chờ quyết định" in shown
