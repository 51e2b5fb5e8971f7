"""Each agency concerned hears by e-mail of a proposal about its item, and of each step of the set that holds it."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from catalog_pages.change_sets import releasing
from cms.changesets import actions
from cms.changesets.errors import InvalidProposal
from cms.changesets.models import ChangeSet, Proposal
from cms.changesets.notifications import write_to_agencies
from cms.core.errors import NotAllowed, WrongState
from tests.integration.changesets.conftest import WORK
from tests.integration.changesets.test_sets import appraised, facts, proposals, standing_of

pytestmark = pytest.mark.django_db
__all__ = ["proposals"]


def sent_to(person):
    found = [message for message in mail.outbox if message.to == [person.email]]
    mail.outbox.clear()
    return found


@pytest.fixture
def kept(django_capture_on_commit_callbacks):
    """Return a context that ends as a transaction that is kept does, with what was to follow it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def proposed(people, by, version, name=WORK):
    item = standing_of(version.catalog, name)
    return actions.propose(
        by=people[by], catalog=version.catalog, kind="end", identity=item.identity, reason="Không còn làm"
    )


def test_an_agency_hears_what_others_propose_about_its_item(people, decided, kept):
    with kept():
        made = proposed(people, "editor", decided[0])
    (message,) = sent_to(people["uploader"])
    assert message.subject.startswith("Đề nghị cơ quan trả lời:") and WORK in message.subject
    assert "Lý do: Không còn làm" in message.body and reverse("changesets:proposal", args=[made.pk]) in message.body
    with kept():
        proposed(people, "uploader", decided[0], "Thẩm định dự toán")
    assert mail.outbox == []


def test_each_step_of_a_set_is_told_to_its_agencies_and_to_no_others(people, decided, kept):
    with kept():
        rows = {"end": proposed(people, "editor", decided[0])}
    mail.outbox.clear()
    day = timezone.localdate() + datetime.timedelta(days=1)
    by = people["provincial_approver"]
    with kept():
        change_set = appraised(people, rows, name="Bộ quý I")
    closed = mail.outbox[0]
    assert (closed.subject, WORK in closed.body) == ("Bộ thay đổi đang được thẩm định: Bộ quý I", True)
    assert people["other_uploader"].email not in {address for message in mail.outbox for address in message.to}
    mail.outbox.clear()
    with kept():
        change_set = releasing.decide_set(by=by, change_set=change_set, **facts(day))
    (message,) = sent_to(people["uploader"])
    assert "Đã có quyết định" in message.subject and "99/QĐ-UBND" in message.body and f"{day:%d/%m/%Y}" in message.body
    with kept():
        releasing.undo_decision(by=by, change_set=change_set, reason="Sai ngày")
    (message,) = sent_to(people["uploader"])
    assert "Đã hủy quyết định" in message.subject and "Sai ngày" in message.body
    with kept():
        change_set = releasing.decide_set(by=by, change_set=ChangeSet.objects.get(), **facts())
    mail.outbox.clear()
    with kept():
        releasing.release_set(change_set=change_set)
    subjects = [message.subject for message in sent_to(people["uploader"])]
    assert "Đã ban hành bộ thay đổi: Bộ quý I" in subjects


def test_what_is_not_released_tells_nothing(people, decided, proposals, kept, monkeypatch):
    change_set = appraised(people, proposals)
    change_set = releasing.decide_set(by=people["provincial_approver"], change_set=change_set, **facts())
    monkeypatch.setattr(releasing, "carry_into", lambda **given: 1 / 0)
    with kept(), pytest.raises(Exception, match="ngắt"):
        releasing.release_set(change_set=change_set)
    assert mail.outbox == []


def test_agencies_that_have_not_answered_are_reminded_once_a_day(people, decided, kept):
    with kept():
        rows = [
            proposed(people, "editor", decided[0]), proposed(people, "editor", decided[0], "Thẩm định dự toán"),
            proposed(people, "editor", decided[1]), proposed(people, "uploader", decided[0], "Thẩm định quyết toán"),
        ]  # fmt: skip
        change_set = actions.open_set(by=people["editor"], name="Bộ quý I")
        actions.gather(by=people["editor"], change_set=change_set, proposals=rows)
        actions.answer_proposal(by=people["other_uploader"], proposal=rows[2], answer="agrees")
        actions.answer_proposal(by=people["uploader"], proposal=rows[0], answer="agrees")
    mail.outbox.clear()
    assert set(Proposal.objects.unanswered()) == {rows[1]}
    with pytest.raises(NotAllowed):
        actions.remind_agencies(by=people["uploader"], change_set=change_set)
    with kept():
        assert actions.remind_agencies(by=people["editor"], change_set=change_set) == 1
    assert {address for message in mail.outbox for address in message.to} == {
        people["uploader"].email, people["agency_head"].email,
    }  # fmt: skip
    (message,) = sent_to(people["uploader"])
    assert "Thẩm định dự toán" in message.body and WORK not in message.body
    with pytest.raises(WrongState):
        actions.remind_agencies(by=people["editor"], change_set=change_set)
    ChangeSet.objects.update(reminded_at=timezone.now() - datetime.timedelta(days=2))
    actions.answer_proposal(by=people["uploader"], proposal=rows[1], answer="agrees")
    with pytest.raises(InvalidProposal):
        actions.remind_agencies(by=people["editor"], change_set=change_set)


def test_the_screen_reminds_where_somebody_has_not_answered(client_of, people, decided, kept):
    made = proposed(people, "editor", decided[0])
    change_set = actions.open_set(by=people["editor"], name="Bộ quý I")
    actions.gather(by=people["editor"], change_set=change_set, proposals=[made])
    client, here = client_of(people["editor"]), reverse("changesets:set", args=[change_set.pk])
    assert "Nhắc cơ quan chưa trả lời" in client.get(here).content.decode()
    with kept():
        assert "1 đề nghị chờ trả lời" in client.post(here, {"act": "remind"}, follow=True).content.decode()
    assert len(mail.outbox) == 2
    actions.answer_proposal(by=people["uploader"], proposal=made, answer="agrees")
    assert "Nhắc cơ quan chưa trả lời" not in client.get(here).content.decode()


def test_telling_a_hundred_proposals_asks_few_queries(people, decided, django_assert_max_num_queries):
    change_set = ChangeSet.objects.create(name="Bộ", by=people["editor"])
    item = standing_of(decided[0].catalog, WORK)
    for number in range(100):
        Proposal.objects.create(
            catalog=decided[0].catalog, change_set=change_set, kind="new", identity=f"{number:032x}", code=f"N{number}",
            name=item.name, reason="Lý do", by=people["editor"],
        )  # fmt: skip
    with django_assert_max_num_queries(9):
        write_to_agencies.call(change_set.pk, "closed", {})
