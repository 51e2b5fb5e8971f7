"""Proposals are found by a filter, and many of a set are accepted or refused in one act that loses none of them."""

import uuid

import pytest
from django.urls import reverse

from cms.audit.models import AuditEvent
from cms.changesets import actions
from cms.changesets.actions.appraising import MOST_AT_ONCE
from cms.changesets.errors import InvalidProposal
from cms.changesets.models import ChangeSet, Proposal
from cms.core.errors import DomainError, WrongState
from cms.users.enums import Role
from tests.factories.agencies import make_agency
from tests.factories.people import make_member
from tests.integration.changesets.conftest import WORK

pytestmark = pytest.mark.django_db
ALL = {"act": "judge", "which": "found"}


def make_rows(version, by, count=1, **fields):
    """Return proposals of new items, each with a name of its own."""
    start = Proposal.objects.count()
    fields = {"catalog": version.catalog, "kind": "new", "reason": "Việc mới", "by": by} | fields
    return Proposal.objects.bulk_create(
        Proposal(code=f"M.{start + number}", name=f"Việc mới {start + number:03}", identity=uuid.uuid4(), **fields)
        for number in range(count)
    )


@pytest.fixture
def closed(people, decided):
    """Return a set that is being appraised, with two proposals about each of two lists."""
    change_set = ChangeSet.objects.create(name="Bộ", by=people["editor"], state="closed", closed_by=people["editor"])
    for version in decided:
        make_rows(version, people["editor"], 2, change_set=change_set)
    return change_set


def here(change_set, query=""):
    return reverse("changesets:set", args=[change_set.pk]) + query


def outcomes(change_set):
    return list(change_set.proposals.order_by("pk").values_list("outcome", flat=True))


def names_on(page, *rows):
    text = page.content.decode()
    return [row.name in text for row in rows]


def test_lists_are_narrowed_by_each_thing_and_by_all_together(client_of, people, decided, closed):
    first, second = decided
    editor = people["editor"]
    (loose,) = make_rows(first, editor, answer="disagrees")
    item = second.items.get(name=WORK)
    (end,) = make_rows(second, editor, kind="end", change_set=closed, outcome="refused")
    Proposal.objects.filter(pk=end.pk).update(identity=item.identity)
    client, every = client_of(people["approver"]), reverse("changesets:proposals")
    agency = {"agency": second.catalog.agency.name.lower()}
    for query, shown in (
        ({}, [True, True]),
        (agency, [False, True]),
        ({"kind": "end"}, [False, True]),
        ({"kind": "new"}, [True, False]),
        ({"state": "none"}, [True, False]),
        ({"state": "closed"}, [False, True]),
        ({"outcome": "refused"}, [False, True]),
        ({"outcome": "none"}, [True, False]),
        ({"answer": "disagrees"}, [True, False]),
        ({"answer": "none"}, [False, True]),
        (agency | {"kind": "new", "state": "closed"}, [False, False]),
        ({"kind": "end", "state": "none"}, [False, False]),
        # What cannot be asked narrows nothing, and says nothing of others.
        ({"kind": "x"}, [True, True]),
        ({"agency": "%_'"}, [True, True]),
        ({"agency": "x' OR 1=1"}, [False, False]),
    ):
        assert names_on(client.get(every, query), loose, end) == shown, query
    assert "Không có đề nghị nào khớp bộ lọc" in client.get(every, {"agency": "khong-co"}).content.decode()
    assert names_on(client.get(here(closed), {"outcome": "none"} | agency), end) == [False]
    assert names_on(client.get(here(closed), {"outcome": "refused"} | agency), end) == [True]
    gather = reverse("changesets:gather", args=[actions.open_set(by=editor, name="Khác").pk])
    gatherer = client_of(editor)
    assert names_on(gatherer.get(gather, {"answer": "disagrees", "kind": "new"}), loose) == [True]
    assert names_on(gatherer.get(gather, agency), loose) == [False]


def test_lists_stand_in_pages_and_ask_the_same_for_any_number(
    client_of, people, decided, django_assert_max_num_queries
):
    change_set = ChangeSet.objects.create(name="Bộ", by=people["editor"])
    make_rows(decided[0], people["editor"], 60)
    make_rows(decided[0], people["editor"], 60, change_set=change_set)
    client = client_of(people["editor"])
    for address in (
        reverse("changesets:proposals"), reverse("changesets:gather", args=[change_set.pk]), here(change_set),
    ):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(30):
            page = client.get(address, {"kind": "new", "answer": "none", "agency": "thống kê"})
        assert len(page.context["table"].data) == 50
        assert "kind=new" in page.content.decode().split('rel="next"')[0].rsplit("<a", 1)[1]


def test_what_is_ticked_is_judged_alike_and_the_rest_stays(client_of, people, closed):
    one, two, three, _four = closed.proposals.order_by("pk")
    client = client_of(people["approver"])
    page = client.get(here(closed)).content.decode()
    assert page.count('name="proposal"') == 4 and "Thẩm định nhiều đề nghị cùng lúc" in page
    form = {"act": "judge", "which": "ticked", "proposal": [one.pk, three.pk], "outcome": "refused"}

    # Without a reason, an outcome or a tick nothing is done, and what was ticked stays ticked.
    for wrong in ({"reason": " "}, {"outcome": "perhaps"}, {"proposal": []}, {"proposal": ["x", "9" * 40, "²"]}):
        answer = client.post(here(closed), form | {"reason": "Trùng"} | wrong)
        assert answer.status_code == 200 and outcomes(closed) == [""] * 4
    answer = client.post(here(closed), form | {"reason": ""})
    assert "lý do" in answer.content.decode().lower() and answer.content.decode().count('judge-many" aria') == 4
    assert answer.content.decode().count(" checked>") >= 2

    answer = client.post(here(closed, "?kind=new"), form | {"reason": "Trùng việc"})
    assert (answer.status_code, answer.url) == (302, here(closed, "?kind=new"))
    assert outcomes(closed) == ["refused", "", "refused", ""]
    one.refresh_from_db()
    assert (one.outcome_reason, one.judged_by) == ("Trùng việc", people["approver"])
    assert AuditEvent.objects.done("proposal.judge").count() == 2


def test_all_that_the_filter_finds_is_judged_on_every_page(client_of, people, decided, closed):
    make_rows(decided[1], people["editor"], 60, change_set=closed)
    client, agency = client_of(people["approver"]), decided[1].catalog.agency
    unread = client.post(here(closed, "?kind=x"), ALL | {"outcome": "accepted"})
    assert "Không đọc được bộ lọc" in unread.content.decode() and not closed.proposals.accepted().exists()
    client.post(here(closed, f"?agency={agency.name}&kind=new"), ALL | {"outcome": "accepted"})
    accepted = closed.proposals.accepted()
    assert accepted.count() == 62 and set(accepted.values_list("catalog", flat=True)) == {decided[1].catalog_id}
    none = client.post(here(closed, f"?agency={agency.name}"), ALL | {"outcome": "refused", "reason": "Muộn"})
    assert "không tìm thấy đề nghị nào chờ" in none.content.decode() and accepted.count() == 62


def test_more_than_one_request_takes_is_refused_whole(client_of, people, decided, closed):
    make_rows(decided[1], people["editor"], MOST_AT_ONCE, change_set=closed)
    answer = client_of(people["approver"]).post(here(closed), ALL | {"outcome": "accepted"})
    assert "nhiều nhất 200 đề nghị" in answer.content.decode() and not closed.proposals.accepted().exists()


def test_those_that_cannot_be_are_each_named_with_why(client_of, people, decided, closed):
    """Stale, judged meanwhile, one's own, of another set: the rest is judged all the same."""
    ended, judged, own, fine = closed.proposals.order_by("pk")
    Proposal.objects.filter(pk=ended.pk).update(kind="end")
    actions.judge_proposal(by=people["approver"], proposal=judged, outcome="refused", reason="Đã xem")
    second = make_member(Role.EDITOR, people["editor"].memberships.first().agency, "second_editor")
    Proposal.objects.filter(pk=own.pk).update(by=second)
    another = ChangeSet.objects.create(name="Bộ khác", by=people["editor"], state="closed")
    (elsewhere,) = make_rows(decided[0], people["editor"], change_set=another)
    chosen = [ended, judged, own, fine, elsewhere]
    form = {"act": "judge", "which": "ticked", "outcome": "accepted", "proposal": [row.pk for row in chosen] + [999999]}

    page = client_of(second).post(here(closed), form).content.decode()

    left = page.split("giữ nguyên như cũ")[1].split("</ul>")[0]
    lines = {row.code: line for row in chosen for line in left.split("<li>") if f"{row.code} " in line}
    assert set(lines) == {ended.code, judged.code, own.code, elsewhere.code}
    assert "không còn mục" in lines[ended.code] and "đề nghị không được" not in lines[judged.code]
    assert "Đã có người thẩm định" in lines[judged.code] and "người khác phải thẩm định" in lines[own.code]
    assert "không nằm trong bộ" in lines[elsewhere.code]
    assert "Đã thẩm định 1 đề nghị" in page and "không còn ở đó" in page
    assert outcomes(closed) == ["", "refused", "", "accepted"] and outcomes(another) == [""]
    judged.refresh_from_db()
    assert judged.outcome_reason == "Đã xem"


def test_nobody_judges_many_of_a_set_that_is_not_theirs_or_not_closed(client_of, people, province, decided, closed):
    form = ALL | {"outcome": "accepted"}
    party = make_agency(province.root, name="Ban Tổ chức Tỉnh ủy", block="party")
    stranger = make_member(Role.EDITOR, party, "party", scope_block="party")
    assert client_of(stranger).post(here(closed), form).status_code == 404
    assert client_of(people["uploader"]).post(here(closed), form).status_code == 302
    decider = client_of(people["provincial_approver"])
    assert "judge-many" not in decider.get(here(closed)).content.decode()
    assert "Vai trò" in decider.post(here(closed), form).content.decode()
    assert outcomes(closed) == [""] * 4
    rows = list(closed.proposals.all())
    with pytest.raises(InvalidProposal):
        actions.judge_many(by=people["approver"], change_set=closed, proposals=[], outcome="accepted")
    with pytest.raises(DomainError, match="lý do"):
        actions.judge_many(by=people["approver"], change_set=closed, proposals=rows, outcome="refused", reason=" ")
    ChangeSet.objects.filter(pk=closed.pk).update(state="open")
    with pytest.raises(WrongState):
        actions.judge_many(by=people["approver"], change_set=closed, proposals=rows, outcome="accepted")
    assert outcomes(closed) == [""] * 4


def test_steps_stand_there_only_for_those_who_may_do_them(client_of, people, closed):
    own, other = (client_of(people[role]).get for role in ("editor", "approver"))
    # The editor proposed everything and closed the set.
    assert "judge-many" not in own(here(closed)).content.decode()
    assert "judge-many" in other(here(closed)).content.decode()
    passing = 'value="finish"'
    assert passing not in other(here(closed)).content.decode()
    closed.proposals.update(outcome="accepted", judged_by=people["approver"])
    page = other(here(closed)).content.decode()
    assert passing in page and "judge-many" not in page
    assert passing not in own(here(closed)).content.decode()
    # Whoever appraises reads what is proposed beside the form.
    judging = other(reverse("changesets:judge", args=[closed.proposals.first().pk])).content.decode()
    assert "Người đề nghị" in judging and "Bộ · Đang thẩm định" in judging
